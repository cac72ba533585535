import { z } from 'zod';
import type { Calendar } from '../calendar.ts';
import { type Duration, durationSchema, everyInWords } from '../duration.ts';
import { type Source, sourceNames } from '../journey/signal.ts';
import type { EpochMs } from '../time.ts';
import { type Answer, nothing } from './detector.ts';

/** A feed is one CRM's way in. `lastReceivedAt` is null for one that has never sent anything; `away`: when the bot itself was last not running. */
export type HeardFeed = { source: Source; lastReceivedAt: EpochMs | null; away?: { from: EpochMs; to: EpochMs } | null };

export const staleFeedParams = z.strictObject({
  staleAfter: durationSchema.prefault('2bd').describe('A CRM that was sending and has sent nothing for this long is stale'),
});

/** What is fixed of the rule. It speaks of no journey, and so stands beside the list of those that do. */
export const staleFeed = {
  name: 'stale-feed',
  title: 'CRM has gone quiet',
  severity: 'critical',
  holdsBack: 'its CRM has gone quiet, so silence means nothing',
} as const;

/**
 * A CRM that was sending has sent nothing for `staleAfter`. What never sent is not a feed yet, and a CSV file is an import
 * and no feed. While it holds, the rules of silence have nothing to go by on any journey of that source.
 */
export function detectStaleFeed(feed: HeardFeed, { staleAfter }: { staleAfter: Duration }, calendar: Calendar, now: EpochMs): Answer {
  const { source, lastReceivedAt, away = null } = feed;
  if (lastReceivedAt === null || source === 'csv') return nothing;
  const dueAt = calendar.add(lastReceivedAt, staleAfter);
  if (now < dueAt) return { findings: [], recheckAt: dueAt };
  const missed = away !== null && away.to > lastReceivedAt ? away : null;
  return {
    findings: [
      {
        subject: `feed:${source}`,
        since: lastReceivedAt,
        dueAt,
        headline: `Nothing comes in from ${sourceNames[source]}`,
        expected: `a signal at least ${everyInWords(staleAfter)}`,
        people: [],
        evidence: [
          { label: 'Last signal', at: lastReceivedAt },
          ...(missed === null
            ? []
            : [
                { label: 'The bot itself was not running from', at: missed.from },
                { label: 'until', at: missed.to },
              ]),
        ],
        nextStep: missed === null ? webhookStep(source) : ownStep(source),
      },
    ],
    recheckAt: null,
  };
}

/** Whether silence on this feed's journeys means nothing for now. */
export const feedIsStale = (feed: HeardFeed, params: { staleAfter: Duration }, calendar: Calendar, now: EpochMs): boolean =>
  detectStaleFeed(feed, params, calendar, now).findings.length > 0;

const webhookStep = (source: Source): string =>
  `Check the webhook of ${sourceNames[source]}: until signals come in, alerts about silence are held back`;

/** What was sent to a bot that did not run is lost, and says nothing against the webhook. */
const ownStep = (source: Source): string =>
  `The bot itself was not running for a part of that time. ${source === 'signals' ? 'Send again what happened meanwhile' : 'Import what it missed'}; check the webhook of ${sourceNames[source]} if nothing comes in from now on, either`;
