import { newDelivery } from '../core/change.ts';
import { feedIsStale } from '../core/detectors/stale-feed.ts';
import { type Digest, digestOf } from '../core/digest.ts';
import type { DigestDefinition, JourneyConfig } from '../core/journey/journey-map.ts';
import { dayMs, type EpochMs, hourMs } from '../core/time.ts';
import type { Clock, Store } from './ports.ts';
import type { Answers } from './use-cases.ts';

/** When a digest is due: node-cron's reading of its schedule. */
export type Schedule = {
  /** The newest scheduled instant that is not after `now`; null: none within the last days. */
  lastBefore(definition: DigestDefinition, now: EpochMs): Promise<EpochMs | null>;
  nextAfter(definition: DigestDefinition, now: EpochMs): EpochMs | null;
};

type DigestDependencies = { store: Store; schedule: Schedule; config(): JourneyConfig; clock: Clock };

export type PreviewDigest = Answers['digestNow'];

/** Sent later than this after its hour, a digest says so. */
const lateAfterMs = hourMs;
/** A digest that was missed longer ago than this is not sent any more: the next one is nearer. */
const forgottenAfterMs = 3 * dayMs;
const longestPeriodMs = 8 * dayMs;
const weekMs = 7 * dayMs;

/**
 * Sends each digest once a scheduled instant, whatever restarts: what was sent is noted in the same commit as the message. If the bot was
 * down at the hour, it comes late and says so. A digest that was due before the bot first knew of it is not owed.
 */
export function createDigests({ store, schedule, config, clock }: DigestDependencies): { sendDue(): Promise<void>; preview: PreviewDigest } {
  return { sendDue, preview };

  async function sendDue(): Promise<void> {
    const now = clock.now();
    for (const definition of config().digests) {
      const last = await store.digestLastSent(definition.id);
      const after = last?.scheduledFor ?? (await knownSince(definition));
      const scheduledFor = await schedule.lastBefore(definition, now);
      if (scheduledFor === null || scheduledFor <= after || now - scheduledFor > forgottenAfterMs) continue;
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
  }

  /** When the bot first knew of a digest: what was due before that is not owed. */
  async function knownSince(definition: DigestDefinition): Promise<EpochMs> {
    const key = `digest-known:${definition.id}`;
    const known = await store.meta(key);
    if (known !== null) return Number(known);
    const now = clock.now();
    await store.commit([{ kind: 'meta.put', key, value: String(now) }]);
    return now;
  }

  async function digestFor(about: Pick<DigestDefinition, 'match' | 'timezone'>, from: EpochMs, to: EpochMs): Promise<Digest> {
    const feeds = (await store.feeds()).map((feed) => ({
      source: feed.source,
      lastReceivedAt: feed.lastReceivedAt,
      stale: feedIsStale(feed, config().feed, config().calendar, to),
    }));
    return digestOf(await store.digestFacts(from, to), feeds, { from, to }, about, config());
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
        nextAt: schedule.nextAfter(definition, now),
      })),
    };
  }
}
