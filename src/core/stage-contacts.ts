import type { Journey } from './journey/journey.ts';
import { remembered, type Touchpoint } from './journey/record.ts';
import { foldName, isCalled, remembersAll } from './journey/stage-signs.ts';
import type { AccountSummary, TrackStep } from './summary.ts';
import type { EpochMs } from './time.ts';

type Moments = NonNullable<TrackStep['moments']>;
type Visit = { enteredAt: EpochMs; leftAt: EpochMs | null };

/** How often they and we acted while the journey was in a stage; over all visits that are given. */
export function contactsDuring(visits: readonly Visit[], touchpoints: readonly Touchpoint[]): NonNullable<TrackStep['contacts']> {
  const during = touchpoints.filter(({ at }) => visits.some(({ enteredAt, leftAt }) => at >= enteredAt && (leftAt === null || at < leftAt)));
  const inbound = during.filter(({ direction }) => direction === 'inbound').length;
  const outbound = during.filter(({ direction }) => direction === 'outbound').length;
  return { inbound, outbound };
}

/**
 * What became of a stage's moments of truth. It went as the newest touchpoint says that says how it went, as the rule about these has it. One that is not known,
 * because older touchpoints may have been forgotten, is left away.
 */
export function momentsOf(journey: Pick<Journey, 'touchpoints' | 'lastOf'>, moments: readonly string[], reached: boolean): Moments {
  return [...new Set(moments)].flatMap((moment): Moments => {
    const names = new Set([foldName(moment)]);
    const found = journey.touchpoints.filter((touchpoint) => isCalled(touchpoint, names));
    const label = capital(moment.replaceAll('_', ' '));
    if (found.length > 0) return [{ label, state: (found.find(({ sentiment }) => sentiment !== null)?.sentiment ?? 0) < 0 ? 'badly' : 'well' }];
    if (!reached) return [{ label, state: 'ahead' as const }];
    return remembersAll(journey) ? [{ label, state: 'missing' as const }] : [];
  });
}

/** When they and we acted, over all journeys of an account, oldest first. */
export function contactsOf(journeys: readonly Pick<Journey, 'touchpoints'>[]): NonNullable<AccountSummary['contacts']> {
  const all = new Map(journeys.flatMap(({ touchpoints }) => touchpoints.map((touchpoint) => [touchpoint.id, touchpoint] as const)));
  return [...all.values()]
    .sort((a, b) => a.at - b.at)
    .slice(-remembered.happenings)
    .map(({ at, direction, sentiment }) => ({ at, direction, sentiment }));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
