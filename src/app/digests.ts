import type { Visitor } from '../core/access.ts';
import { type Change, newDelivery } from '../core/change.ts';
import { feedIsStale } from '../core/detectors/stale-feed.ts';
import { type About, type Digest, type DigestPeriod, digestOf } from '../core/digest/digest.ts';
import type { DigestDetail } from '../core/digest/digest-detail.ts';
import type { DigestDefinition, JourneyConfig } from '../core/journey/journey-map.ts';
import { sourceTitle } from '../core/journey/signal.ts';
import { dayMs, type EpochMs, hourMs } from '../core/time.ts';
import { wallTime } from '../core/wall-time.ts';
import { lastWeekly } from '../core/weekly.ts';
import type { AlertLives } from './alert-lives.ts';
import { createDigestFacts } from './digest-facts.ts';
import { readFilters } from './filters.ts';
import type { Clock, Store } from './ports.ts';
import { missedBetween } from './reconcile-state.ts';
import type { Answers } from './use-cases.ts';

/** When a digest is due: node-cron's reading of its schedule. */
export type Schedule = {
  /** The newest scheduled instant that is not after `now`; null: none within the last days. */
  lastBefore(definition: DigestDefinition, now: EpochMs): Promise<EpochMs | null>;
  /** The next one after `now`; null: none that is near. */
  next(definition: DigestDefinition, now: EpochMs): EpochMs | null;
};

type DigestDependencies = {
  store: Store;
  schedule: Schedule;
  alertLives: AlertLives;
  metrics: Answers['metrics'];
  subscriptions: SubscribedDigests;
  /** Resolves when every journey that is due has been looked at: after a sleep, the store knows only what was true before it. */
  evaluateDue(): Promise<unknown>;
  config(): JourneyConfig;
  clock: Clock;
  breathe(): Promise<void>;
};

/** Digests that people have subscribed to. */
export type SubscribedDigests = {
  definitions(): Promise<DigestDefinition[]>;
  /** Whether somebody may still be told of customers; whoever may not has no subscriptions any more. Rejects when Slack cannot be asked. */
  mayHave(userId: string): Promise<boolean>;
};

export type PreviewDigest = Answers['digestNow'];

/** Sent later than this after its hour, a digest says so. */
const lateAfterMs = hourMs;
/** A digest that was missed longer ago than this is not sent any more: the next one is nearer. */
const forgottenAfterMs = 3 * dayMs;
const longestPeriodMs = 8 * dayMs;
const weekMs = 7 * dayMs;
/** Whoever moves a subscription to a later hour gets no second digest of an hour's news. */
const subscribedAgainMs = dayMs;
/** How far the clocks of the world are from UTC. */
const [westernmostMs, easternmostMs] = [-12 * hourMs, 14 * hourMs];
const knownKey = 'digests-known';

/**
 * Sends each digest once a scheduled instant, whatever restarts: what was sent is noted in the same commit as the message and what follows in its thread. If the
 * bot was down at the hour, it comes late and says so. A digest that was due before the bot first knew of it is not owed.
 */
export function createDigests({ store, schedule, alertLives, metrics, subscriptions, evaluateDue, config, clock, breathe }: DigestDependencies): {
  sendDue(): Promise<void>;
  preview: PreviewDigest;
} {
  const factsOf = createDigestFacts({ store, alertLives, metrics, config, breathe });
  return { sendDue, preview };

  /** One that fails holds up none of the others. */
  async function sendDue(): Promise<void> {
    const failed: unknown[] = [];
    const { digests } = config();
    const known = await knownSince(digests);
    for (const definition of [...digests, ...(await subscriptions.definitions())])
      await sendIfDue(definition, known.get(knownAs(definition)) ?? clock.now()).catch((error: unknown) => failed.push(error));
    if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed, `${failed.length} digests could not be sent`);
  }

  async function sendIfDue(definition: DigestDefinition, firstKnown: EpochMs): Promise<void> {
    const now = clock.now();
    const noted = await store.digestLastSent(definition.id);
    // Noted by a clock that was far ahead: it must not keep the digest silent until then.
    const wrong = noted !== null && noted.scheduledFor > now + longestPeriodMs ? noted : null;
    const last = wrong === null ? noted : null;
    const { subscribed: own } = definition;
    const scheduledFor = own === undefined ? await schedule.lastBefore(definition, now) : lastWeekly(own.weekly, definition.timezone, now);
    const knownAt = own === undefined ? firstKnown : own.since > now ? 0 : own.since;
    const before = own === undefined ? Math.max(last?.scheduledFor ?? 0, knownAt) : (last?.scheduledFor ?? knownAt);
    if (scheduledFor === null || scheduledFor > now || scheduledFor <= before || now - scheduledFor > forgottenAfterMs) return;
    if (own !== undefined && last !== null && scheduledFor - last.scheduledFor < subscribedAgainMs) return;
    if (own === undefined && last !== null && (await wasSentByAnother(definition, last.scheduledFor, scheduledFor))) return;
    if (own !== undefined && !(await subscriptions.mayHave(own.by))) return;
    await evaluateDue();
    const since = last !== null && last.at < now ? last.at : scheduledFor - weekMs;
    const { digest, details } = await digestFor(definition, { from: Math.max(since, now - longestPeriodMs), to: now });
    await store.commit([
      {
        kind: 'digest.sent',
        digestId: definition.id,
        scheduledFor,
        at: now,
        ...(wrong === null ? {} : { instead: wrong.scheduledFor }),
      },
      ...messages(definition, `digest:${definition.id}:${scheduledFor}`, digest, details, { late: now - scheduledFor > lateAfterMs, now }),
    ]);
  }

  /** Of one whose schedule or zone has been changed: whether it was sent that day, or at the same time on the wall in another zone. */
  async function wasSentByAnother(definition: DigestDefinition, sentFor: EpochMs, scheduledFor: EpochMs): Promise<boolean> {
    const due = wallTime(scheduledFor, definition.timezone);
    const offset = due - sentFor;
    const isThatTime = offset >= westernmostMs && offset <= easternmostMs;
    const isThatDay = Math.floor(due / dayMs) === Math.floor(wallTime(sentFor, definition.timezone) / dayMs);
    return (isThatTime || isThatDay) && (await schedule.lastBefore(definition, sentFor)) !== sentFor;
  }

  /** When the bot first knew of each digest and its schedule, by a clock that may have been ahead: what was due before that is not owed. One that is there no more is forgotten. */
  async function knownSince(definitions: readonly DigestDefinition[]): Promise<Map<string, EpochMs>> {
    const now = clock.now();
    const before = (await store.meta(knownKey)) ?? '[]';
    const stored = new Map(JSON.parse(before) as [string, EpochMs][]);
    const known = definitions.map(knownAs).map((key): [string, EpochMs] => [key, Math.min(stored.get(key) ?? now, now)]);
    const after = JSON.stringify(known);
    if (after !== before) await store.commit([{ kind: 'meta.put', key: knownKey, value: after }]);
    return new Map(known);
  }

  async function digestFor(about: About, period: DigestPeriod) {
    const feeds: Digest['feeds'] = [];
    for (const feed of await store.feeds()) {
      const missed = await missedBetween(store, feed.source, period.from, period.to);
      feeds.push({
        source: sourceTitle(feed.source),
        lastReceivedAt: feed.lastReceivedAt,
        stale: feedIsStale(feed, config().feed, config().calendar, period.to),
        ...(Object.keys(missed).length === 0 ? {} : { fetched: { crm: sourceTitle(feed.source), byKind: missed } }),
      });
    }
    return digestOf(await factsOf(period, about.match), feeds, period, about, config());
  }

  async function preview(channel: { id: string; name: string | null }, filter: string, asker: Visitor) {
    const read = await readFilters(filter, { asker, config: config(), owners: () => store.owners() });
    if (!read.ok) return read;
    const now = clock.now();
    const named = new Set([channel.id, `#${channel.name ?? ''}`]);
    const here = filter === '' ? config().digests.filter((definition) => named.has(definition.channel)) : [];
    const about: About = here[0] ?? { match: read.match, timezone: config().timezone };
    return {
      ok: true as const,
      ...(await digestFor(about, { from: now - weekMs, to: now })),
      scheduled: here.map((definition) => ({
        channel: definition.channel,
        schedule: definition.schedule,
        timezone: definition.timezone,
        nextAt: schedule.next(definition, now),
      })),
    };
  }
}

/** By its schedule, too: an hour that a changed schedule names, and that was over by then, is not owed. */
const knownAs = ({ id, schedule }: DigestDefinition): string => `${id} ${schedule}`;

/** A digest and what follows in its thread: one after the other, for a channel's deliveries keep their order. */
function messages(
  { id: digestId, channel, timezone, subscribed }: DigestDefinition,
  id: string,
  digest: Digest,
  details: readonly DigestDetail[],
  { late, now }: { late: boolean; now: EpochMs },
): Change[] {
  const main = {
    kind: 'digest' as const,
    digestId,
    digest,
    late,
    details: details.length,
    ...(subscribed === undefined ? {} : { by: subscribed.by }),
  };
  return [
    newDelivery({ id, channel, message: main, now }),
    ...details.map((detail) =>
      newDelivery({ id: `${id}:${detail.kind}`, channel, message: { kind: 'digest-part', digestId, parentId: id, timezone, detail }, now }),
    ),
  ];
}
