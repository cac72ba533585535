import fc from 'fast-check';
import type { DigestNow } from '../../../src/app/use-cases.ts';
import { weekdays } from '../../../src/core/calendar.ts';
import type { Count } from '../../../src/core/digest/counts.ts';
import type { Digest } from '../../../src/core/digest/digest.ts';
import type { DigestDetail } from '../../../src/core/digest/digest-detail.ts';
import type { FateCounts } from '../../../src/core/digest/fates.ts';
import type { PathExtra, PathStage, PathSummary } from '../../../src/core/journey-path.ts';
import type { Subscription } from '../../../src/core/subscription.ts';
import { hostileMetrics } from './hostile-metrics.ts';
import { hostileSuggestion } from './hostile-review.ts';
import { amount, at, nullableAt, slackId, text, url, uuid, whole } from './hostile-text.ts';
import { hostile } from './hostile-values.ts';

/** Digests and what belongs to them, as bad as they come. */

const count: fc.Arbitrary<Count> = fc.record({ now: whole, before: fc.option(whole, { nil: null }), usual: fc.option(whole, { nil: null }) });
const fates: fc.Arbitrary<FateCounts> = fc.record({ told: whole, acted: whole, cleared: whole, ignored: whole, 'not-useful': whole, fresh: whole });
const sums = fc.array(fc.record({ value: fc.nat(), currency: fc.option(text, { nil: null }) }), { maxLength: 12 });
const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC');

const digest: fc.Arbitrary<Digest> = fc.record({
  from: at,
  to: at,
  timezone: zones,
  scope: text,
  stray: fc.array(text, { maxLength: 12 }),
  open: fc.record({ journeys: whole, alerts: whole }),
  muted: fc.nat(),
  held: fc.nat(),
  first: fc.array(hostile.line, { maxLength: 3 }),
  counts: fc.record({ moved: count, won: count, lost: count, late: count, opened: count, stalled: count, missing: count, silent: count }),
  wonAmounts: sums,
  lostAmounts: sums,
  fates,
  friction: fc.record({ map: text, slowest: fc.record({ stage: text, days: whole, n: whole }), leakiest: fc.constant(null) }),
  noisiest: hostileSuggestion,
  feeds: fc.array(
    fc.record(
      {
        source: text,
        lastReceivedAt: nullableAt,
        stale: fc.boolean(),
        fetched: fc.record({ crm: text, byKind: fc.dictionary(text, whole, { maxKeys: 8 }) }),
      },
      { requiredKeys: ['source', 'lastReceivedAt', 'stale'] },
    ),
    { maxLength: 8 },
  ),
});

const listed = <Item>(item: fc.Arbitrary<Item>) => fc.record({ total: whole, shown: fc.array(item, { maxLength: 12, size: 'large' }) });
const closed = fc.record({ journeyId: text, name: text, url, amount });

const detail: fc.Arbitrary<DigestDetail> = fc.oneof(
  fc.record({
    kind: fc.constant('moves' as const),
    moved: listed(fc.record({ journeyId: text, name: text, url, from: text, to: text, at })),
    won: listed(closed),
    lost: listed(closed),
  }),
  fc.record({
    kind: fc.constant('attention' as const),
    rules: fc.array(fc.record({ rule: text, title: text, count: whole, worst: fc.array(hostile.line, { maxLength: 3 }) }), { maxLength: 8 }),
    more: fc.nat(),
  }),
  fc.record({
    kind: fc.constant('people' as const),
    missing: listed(hostile.line),
    silent: listed(hostile.line),
    late: listed(fc.tuple(hostile.line, at, at).map(([line, dueAt, answeredAt]) => ({ ...line, dueAt, answeredAt }))),
  }),
  fc.record({
    kind: fc.constant('alerts' as const),
    rules: fc.array(fc.record({ rule: text, title: text, counts: fates }), { maxLength: 20 }),
    noisiest: hostileSuggestion,
  }),
  hostileMetrics.map((metrics) => ({ kind: 'metrics' as const, metrics })),
);

const digestNow: fc.Arbitrary<Extract<DigestNow, { ok: true }>> = fc.record({
  ok: fc.constant(true as const),
  digest,
  details: fc.uniqueArray(detail, { maxLength: 5, selector: ({ kind }) => kind }),
  scheduled: fc.array(fc.record({ channel: text, schedule: text, timezone: text, nextAt: nullableAt }), { maxLength: 8 }),
});

const stage: fc.Arbitrary<PathStage> = fc.record({
  label: text,
  verdict: fc.constantFrom('matched', 'late', 'missing', 'unseen', 'ahead'),
  isCurrent: fc.boolean(),
  required: fc.boolean(),
  enteredAt: nullableAt,
  days: fc.option(whole, { nil: null }),
  expected: fc.option(text, { nil: null }),
  loops: whole,
  lacks: fc.array(text, { maxLength: 20 }),
});
const extra: fc.Arbitrary<PathExtra> = fc.oneof(
  fc.record({ what: fc.constant('back' as const), from: text, to: text, at, allowed: fc.boolean() }),
  fc.record({ what: fc.constant('unknown' as const), stage: text, at, days: whole }),
);
const path: fc.Arbitrary<PathSummary> = fc.record({
  journeyId: text,
  kind: fc.constantFrom('deal', 'account'),
  name: text,
  url,
  mapLabel: text,
  outcome: fc.constantFrom('open', 'won', 'lost', 'deleted'),
  stages: fc.array(stage, { maxLength: 40, size: 'large' }),
  extra: fc.array(extra, { maxLength: 40, size: 'large' }),
});

const subscription: fc.Arbitrary<Subscription> = fc.record({
  id: uuid,
  by: slackId,
  channel: fc.option(fc.constantFrom('C0GENERAL', '<#C1|x>'), { nil: null }),
  weekday: fc.constantFrom(...weekdays),
  time: fc.constantFrom('09:00', '23:59'),
  timezone: zones,
  filter: text,
  match: fc.constant({}),
  createdAt: at,
});

export const hostileDigest = { digest, detail, digestNow, path, subscriptions: fc.array(subscription, { maxLength: 5 }) };
