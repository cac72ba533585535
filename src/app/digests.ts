import { newDelivery } from '../core/change.ts';
import { feedIsStale } from '../core/detectors/stale-feed.ts';
import { type Digest, digestOf } from '../core/digest.ts';
import type { DigestDefinition, JourneyConfig } from '../core/journey/journey-map.ts';
import { sourceTitle } from '../core/journey/signal.ts';
import { dayMs, type EpochMs, hourMs } from '../core/time.ts';
import type { AlertLives } from './alert-lives.ts';
import type { Clock, Store } from './ports.ts';
import { missedBetween } from './reconcile-state.ts';
import { createStageMoves } from './stage-moves.ts';
import type { Answers } from './use-cases.ts';

/** When a digest is due: node-cron's reading of its schedule. */
export type Schedule = {
  /** The newest scheduled instant that is not after `now`; null: none within the last days. */
  lastBefore(definition: DigestDefinition, now: EpochMs): Promise<EpochMs | null>;
  /** The next one, by this machine's clock: node-cron knows no other. */
  next(definition: DigestDefinition): EpochMs | null;
};

type DigestDependencies = {
  store: Store;
  schedule: Schedule;
  alertLives: AlertLives;
  config(): JourneyConfig;
  clock: Clock;
  breathe(): Promise<void>;
};

export type PreviewDigest = Answers['digestNow'];

/** Sent later than this after its hour, a digest says so. */
const lateAfterMs = hourMs;
/** A digest that was missed longer ago than this is not sent any more: the next one is nearer. */
const forgottenAfterMs = 3 * dayMs;
const longestPeriodMs = 8 * dayMs;
const weekMs = 7 * dayMs;
const knownKey = 'digests-known';

/**
 * Sends each digest once a scheduled instant, whatever restarts: what was sent is noted in the same commit as the message. If the bot was
 * down at the hour, it comes late and says so. A digest that was due before the bot first knew of it is not owed.
 */
export function createDigests({ store, schedule, alertLives, config, clock, breathe }: DigestDependencies): {
  sendDue(): Promise<void>;
  preview: PreviewDigest;
} {
  const stageMoves = createStageMoves({ store, config, breathe });
  return { sendDue, preview };

  /** One that fails holds up none of the others. */
  async function sendDue(): Promise<void> {
    const failed: unknown[] = [];
    const known = await knownSince();
    for (const definition of config().digests)
      await sendIfDue(definition, known.get(definition.id) ?? clock.now()).catch((error: unknown) => failed.push(error));
    if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed, `${failed.length} digests could not be sent`);
  }

  async function sendIfDue(definition: DigestDefinition, knownAt: EpochMs): Promise<void> {
    const now = clock.now();
    const last = await store.digestLastSent(definition.id);
    const after = last?.scheduledFor ?? knownAt;
    const scheduledFor = await schedule.lastBefore(definition, now);
    if (scheduledFor === null || scheduledFor <= after || now - scheduledFor > forgottenAfterMs) return;
    const from = Math.max(last?.at ?? scheduledFor - weekMs, now - longestPeriodMs);
    const digest = await digestFor(definition, from, now);
    await store.commit([
      { kind: 'digest.sent', digestId: definition.id, scheduledFor, at: now },
      newDelivery({
        id: `digest:${definition.id}:${scheduledFor}`,
        channel: definition.channel,
        message: { kind: 'digest', digestId: definition.id, digest, late: now - scheduledFor > lateAfterMs },
        now,
      }),
    ]);
  }

  /** When the bot first knew of each digest: what was due before that is not owed. One that journey.yml names no more is forgotten. */
  async function knownSince(): Promise<Map<string, EpochMs>> {
    const now = clock.now();
    const before = (await store.meta(knownKey)) ?? '[]';
    const stored = new Map(JSON.parse(before) as [string, EpochMs][]);
    const known = config().digests.map(({ id }): [string, EpochMs] => [id, stored.get(id) ?? now]);
    const after = JSON.stringify(known);
    if (after !== before) await store.commit([{ kind: 'meta.put', key: knownKey, value: after }]);
    return new Map(known);
  }

  async function digestFor(about: Pick<DigestDefinition, 'match' | 'timezone'>, from: EpochMs, to: EpochMs): Promise<Digest> {
    const feeds: Digest['feeds'] = [];
    for (const feed of await store.feeds()) {
      const missed = await missedBetween(store, feed.source, from, to);
      feeds.push({
        source: feed.source,
        lastReceivedAt: feed.lastReceivedAt,
        stale: feedIsStale(feed, config().feed, config().calendar, to),
        ...(Object.keys(missed).length === 0 ? {} : { fetched: { crm: sourceTitle(feed.source), byKind: missed } }),
      });
    }
    const facts = await store.digestFacts(from, to);
    return digestOf(
      { ...facts, stageMoves: await stageMoves(facts.journeys, from), lives: await alertLives() },
      feeds,
      { from, to },
      about,
      config(),
    );
  }

  async function preview(channel: { id: string; name: string | null }) {
    const now = clock.now();
    const named = new Set([channel.id, `#${channel.name ?? ''}`]);
    const here = config().digests.filter((definition) => named.has(definition.channel));
    const about = here[0] ?? { match: {}, timezone: config().timezone };
    return {
      digest: await digestFor(about, now - weekMs, now),
      scheduled: here.map((definition) => ({
        channel: definition.channel,
        schedule: definition.schedule,
        timezone: definition.timezone,
        nextAt: schedule.next(definition),
      })),
    };
  }
}
