import type { CommitteeRow } from '../../../core/summary.ts';
import { dayMs, type EpochMs } from '../../../core/time.ts';
import { count, elapsed } from '../views/words.ts';

/** One role of the buying committee: how many people have it, and when any of them was last heard. */
export type RoleSeat = { label: string; state: 'heard' | 'quiet' | 'never' | 'missing' | 'none'; words: string };

const quietAfterDays = 30;

/** What nobody has first, then roles by who was heard longest ago; people without a role last, as one. */
export function rolesOf(committee: readonly CommitteeRow[], missing: readonly string[], now: EpochMs): RoleSeat[] {
  const byRole = new Map<string, CommitteeRow[]>();
  for (const row of committee) for (const { label } of row.roles) byRole.set(label, [...(byRole.get(label) ?? []), row]);
  const held = [...byRole].map(([label, rows]) => ({ heardAt: lastHeard(rows), seat: seatOf(label, rows, now) }));
  const without = committee.filter(({ roles }) => roles.length === 0);
  return [
    ...missing.map((label): RoleSeat => ({ label, state: 'missing', words: 'nobody yet' })),
    ...held.sort((a, b) => (a.heardAt ?? 0) - (b.heardAt ?? 0)).map(({ seat }) => seat),
    ...(without.length === 0 ? [] : [{ ...seatOf('No role set', without, now), state: 'none' as const }]),
  ];
}

function seatOf(label: string, rows: readonly CommitteeRow[], now: EpochMs): RoleSeat {
  const at = lastHeard(rows);
  const many = rows.length === 1 ? '' : `${count(rows.length, 'person', 'people')}, `;
  if (at === null) return { label, state: 'never', words: `${many}never heard` };
  const when = now - at < dayMs ? 'today' : elapsed(at, now);
  return { label, state: now - at > quietAfterDays * dayMs ? 'quiet' : 'heard', words: many === '' ? `heard ${when}` : `${many}${when}` };
}

const lastHeard = (rows: readonly CommitteeRow[]): EpochMs | null =>
  rows.reduce<EpochMs | null>((last, { lastHeardAt: at }) => (at !== null && (last === null || at > last) ? at : last), null);
