import type { OfficeTime } from './office-time.ts';
import type { Random } from './random.ts';
import type { WireBody, WireSignal } from './wire-signal.ts';

/** What the demo company's CRM writes down, signal by signal. */
export type Ledger = {
  readonly office: OfficeTime;
  readonly random: Random;
  /** `about` names what it is of and makes the signal's id readable: `acme-17`. */
  say(about: string, at: number, body: WireBody): void;
  /** Oldest first. */
  signals(): WireSignal[];
};

export function createLedger(given: { office: OfficeTime; random: Random }): Ledger {
  const said: WireSignal[] = [];
  const counts = new Map<string, number>();
  return {
    ...given,
    say(about, at, body) {
      const count = (counts.get(about) ?? 0) + 1;
      counts.set(about, count);
      said.push({ id: `${about}-${count}`, occurredAt: new Date(at).toISOString(), ...body });
    },
    signals: () => said.toSorted((one, other) => one.occurredAt.localeCompare(other.occurredAt)),
  };
}

/** `R&D <Pilot>` → `r-d-pilot`: for ids and addresses. */
export const slug = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
