import { signalSchema } from '../../../src/adapters/crm/signals/signal-schema.ts';
import type { Finding } from '../../../src/core/detectors/detector.ts';
import { runDetectors } from '../../../src/core/detectors/run-detectors.ts';
import { applySignal, type RecordsAtHand } from '../../../src/core/journey/apply-signal.ts';
import { accountJourneys, dealJourney } from '../../../src/core/journey/assemble-journey.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import type { AccountRecord, DealRecord, JourneyRecord, PersonRecord } from '../../../src/core/journey/record.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import type { WireSignal } from '../../../src/sandbox/company/wire-signal.ts';

export type Assessed = { journey: Journey; findings: Finding[] };

/** Takes signals in as the bot's door does, and asks every rule about every journey that is open: no store, no Slack. */
export function assessCompany(wire: readonly WireSignal[], config: JourneyConfig, now: number): Assessed[] {
  const records = recordsOf(wire.map(readSignal));
  const people = records.filter((record): record is PersonRecord => record.kind === 'person');
  const accounts = new Map(records.filter((record): record is AccountRecord => record.kind === 'account').map((account) => [account.id, account]));
  const around = (accountId: string | null | undefined) => ({
    account: accounts.get(accountId ?? '') ?? null,
    people: people.filter((person) => person.accountId?.value === accountId),
  });
  const deals = records.filter((record): record is DealRecord => record.kind === 'deal');
  const journeys = [
    ...deals.map((deal) => dealJourney(deal, around(deal.accountId?.value), config)).filter((journey) => journey !== null),
    ...[...accounts.keys()].flatMap((id) => accountJourneys(around(id), config)),
  ];
  return journeys
    .filter((journey) => journey.outcome.state === 'open')
    .map((journey) => {
      const map = config.maps.find(({ key }) => key === journey.mapKey);
      if (map === undefined) throw new Error(`no map ${journey.mapKey}`);
      return { journey, findings: runDetectors(journey, { map, roles: config.roles, calendar: config.calendar, now }).findings };
    });
}

/** @throws ZodError for what the signals endpoint would refuse */
export const readSignal = (wire: WireSignal): Signal => ({ source: 'signals', ...signalSchema.parse(wire) }) as Signal;

function recordsOf(signals: readonly Signal[]): JourneyRecord[] {
  const known = new Map<string, JourneyRecord>();
  const atHand: RecordsAtHand = { resolve: (_kind, id) => id, get: (kind, id) => known.get(`${kind}:${id}`), all: () => known.values() };
  for (const signal of signals) for (const record of applySignal(atHand, signal).records) known.set(`${record.kind}:${record.id}`, record);
  return [...known.values()];
}
