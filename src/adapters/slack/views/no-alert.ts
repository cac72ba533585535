import type { JourneySummary } from '../../../core/summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import { bold, type Mrkdwn, md } from './escape.ts';
import { clearMark, count, day } from './words.ts';

type Held = Pick<JourneySummary, 'held' | 'resolvedByHand' | 'settling' | 'offMap'>;

/** Alerts that something holds back, such as a CRM that has gone silent: nobody knows whether they are still true. */
export const heldBack = (journeys: readonly Held[]): number => journeys.reduce((sum, { held = 0 }) => sum + held, 0);

/** Of journeys without an open alert, in a line. */
export function noAlertLine(journeys: readonly Held[]): Mrkdwn {
  const held = heldBack(journeys);
  if (isSettling(journeys)) return settlingLine;
  if (held > 0) return md`⏸️ ${bold('No open alert,')} but ${count(held, 'alert')} held back: /journey why says why.`;
  if (isOffMap(journeys))
    return md`❔ ${bold('No open alert,')} but the CRM has a stage that is not on the journey map: rules about stages say nothing.`;
  const byHand = journeys.reduce((sum, { resolvedByHand = 0 }) => sum + resolvedByHand, 0);
  return byHand === 0
    ? md`${clearMark} ${bold('All clear:')} nothing differs from the map.`
    : md`${clearMark} ${bold('All clear:')} nothing needs doing. ${count(byHand, 'alert was resolved by hand and is', 'alerts were resolved by hand and are')} still true: /journey why says which.`;
}

/** Of how many journeys nothing is told, and why; empty: of none. */
export const quietWords = ({ muted, held }: { muted: number; held: number }): Mrkdwn[] => [
  ...(muted === 0 ? [] : [md`${count(muted, 'journey is', 'journeys are')} muted`]),
  ...(held === 0 ? [] : [md`alerts on ${count(held, 'journey')} are held back until a silent CRM sends again`]),
];

/** A CRM that has gone silent. */
export const silentFeedLine = ({ source, lastReceivedAt }: { source: string; lastReceivedAt: EpochMs | null }): Mrkdwn =>
  md`⚠️ ${source} ${lastReceivedAt === null ? md`has sent nothing yet` : day(lastReceivedAt, 'has sent nothing since ')}: silence there means nothing.`;

/** While history comes in, of which nothing is judged yet. */
export const isSettling = (journeys: readonly Held[]): boolean => journeys.some(({ settling }) => settling);

/** In a stage that the map does not know nothing says that all is well. */
export const isOffMap = (journeys: readonly Held[]): boolean => journeys.some(({ offMap }) => offMap);

export const settlingLine: Mrkdwn = md`⏳ ${bold('Not judged yet:')} history is still coming in.`;

/** Before the first journey came in: that nothing is wrong is not known, either. */
export const nothingKnownLine: Mrkdwn = md`ℹ️ ${bold('I know of no journey yet.')} Whoever runs me can import the past from the CRM, and connect its webhooks: docs/setup.md says how.`;

/** Of one journey, beneath its picture. */
export function noGapWords({ held = 0, resolvedByHand = 0, settling, offMap }: Held): string {
  if (settling) return 'Not judged yet';
  if (held > 0) return `No open alert, but ${count(held, 'alert')} held back`;
  if (offMap) return 'No open alert, but its stage is not on the map';
  if (resolvedByHand > 0) return `Nothing to do: ${count(resolvedByHand, 'alert')} resolved by hand`;
  return 'Nothing differs from the map';
}

/** The same in a few words, without a mark. */
export const noAlertWords = (journeys: readonly Held[]): string => {
  const held = heldBack(journeys);
  if (isSettling(journeys)) return 'not judged yet';
  if (held > 0) return `no open alert, ${held} held back`;
  return isOffMap(journeys) ? 'no open alert, stage not on the map' : 'all clear';
};
