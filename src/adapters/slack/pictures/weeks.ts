import type { AccountSummary } from '../../../core/summary.ts';
import { dayMs, type EpochMs } from '../../../core/time.ts';

/** Seven days of an account: how often they and we acted, and the mood of that, −2 to +2, where anybody said one. The last one ends with today. */
export type Week = { from: EpochMs; inbound: number; outbound: number; mood: number | null };

const weekMs = 7 * dayMs;
const fewest = 8;
const most = 26;

/** Oldest first: as far back as there is something, within half a year. None where nothing ever was. */
export function weeksOf(contacts: NonNullable<AccountSummary['contacts']>, now: EpochMs): Week[] {
  // Whole days of UTC, so that a picture stays the same for a day where nothing happens.
  const end = Math.ceil(now / dayMs) * dayMs;
  const past = contacts.filter(({ at }) => at <= now && at > end - most * weekMs);
  const first = past[0];
  if (first === undefined) return [];
  const length = Math.min(most, Math.max(fewest, Math.ceil((end - first.at) / weekMs + 0.01)));
  return Array.from({ length }, (_, index) => {
    const to = end - (length - 1 - index) * weekMs;
    const during = past.filter(({ at }) => at > to - weekMs && at <= to);
    const inbound = during.filter(({ direction }) => direction === 'inbound').length;
    const outbound = during.filter(({ direction }) => direction === 'outbound').length;
    const moods = during.flatMap(({ sentiment }) => (sentiment === null ? [] : [sentiment]));
    const mood = moods.length === 0 ? null : moods.reduce((sum, each) => sum + each, 0) / moods.length;
    return { from: to - weekMs, inbound, outbound, mood };
  });
}
