import fc from 'fast-check';
import type { Owner } from '../../../src/adapters/slack/views/owner.ts';
import type { ActResult, Answers } from '../../../src/app/use-cases.ts';
import { alertStates, resolveReasons } from '../../../src/core/alerts/alert.ts';
import type { CardAlert, CardContent } from '../../../src/core/alerts/card.ts';
import type { CardLine, Message } from '../../../src/core/delivery.ts';
import type { Evidence } from '../../../src/core/detectors/detector.ts';
import { notifiable } from '../../../src/core/journey/journey-map.ts';
import type {
  AccountSummary,
  CommitteeRow,
  DealSummary,
  JourneySummary,
  ListSummary,
  Match,
  TrackStep,
  WhySummary,
} from '../../../src/core/summary.ts';
import { amount, at, isoDay, nullableAt, nullableDay, nullableText, severity, slackId, text, url, uuid, whole } from './hostile-text.ts';

/** Summaries, cards and messages made of them. */

const evidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc.record({ label: text, at }),
  fc.record({ label: text, day: isoDay }),
  fc.record({ label: text, count: whole }),
  fc.record({ label: text, count: whole, limit: whole }),
  fc.record({ label: text, text }),
);
const resolution: fc.Arbitrary<CardAlert['resolution']> = fc.oneof(
  fc.constant(null),
  fc.record({ at, how: fc.constantFrom('cleared' as const, 'ended' as const), text }),
  fc.record({ at, how: fc.constant('by-hand' as const), by: slackId, reason: fc.constantFrom(...resolveReasons), note: nullableText }),
);
const alertWith = (words: fc.Arbitrary<string>): fc.Arbitrary<CardAlert> =>
  fc.record({
    id: uuid,
    rule: words,
    severity,
    state: fc.constantFrom(...alertStates),
    headline: words,
    since: at,
    dueAt: at,
    expected: words,
    people: fc.array(fc.record({ name: words, title: nullableText }), { maxLength: 8 }),
    evidence: fc.array(evidence, { maxLength: 12 }),
    nextStep: words,
    acknowledged: fc.option(fc.record({ by: slackId, at }), { nil: null }),
    assigned: fc.record({ to: slackId, by: slackId, at }),
    snoozedUntil: fc.option(fc.oneof(at, fc.constant('stage-change' as const)), { nil: null }),
    resolution,
    episode: fc.integer({ min: 1, max: 130 }),
    told: fc.array(
      fc.record({
        step: fc.constantFrom(null, 0, 1),
        at,
        channel: words,
        notify: fc.subarray([...notifiable]),
        emails: fc.array(words, { maxLength: 6 }),
      }),
      { maxLength: 6 },
    ),
  });
const alert = alertWith(text);
const longAlert = alertWith(fc.constant('&'.repeat(2000))).map((made) => ({ ...made, state: 'open' as const, resolution: null }));
const alerts = fc.array(alert, { maxLength: 100, size: 'large' });

const cardContent: fc.Arbitrary<CardContent> = fc.record({
  journeyId: uuid.map((id) => `deal:${id}`),
  kind: fc.constantFrom('deal', 'account'),
  state: fc.constantFrom('active', 'clear'),
  name: text,
  url,
  account: fc.option(fc.record({ id: text, name: text, url }), { nil: null }),
  amount,
  ownerEmail: nullableText,
  notifyOwner: fc.boolean(),
  mapLabel: text,
  stage: fc.option(fc.record({ label: text, enteredAt: at }), { nil: null }),
  nextStep: fc.option(fc.record({ title: text, due: nullableDay }), { nil: null }),
  closeDate: nullableDay,
  outcome: fc.constantFrom('open', 'won', 'lost', 'deleted'),
  mutedUntil: nullableAt,
  alerts,
});

const owner: fc.Arbitrary<Owner> = fc.record({
  email: nullableText,
  notify: fc.boolean(),
  slackId: fc.option(slackId, { nil: null }),
  others: fc.array(
    fc.record({
      label: text,
      people: fc.array(fc.record({ email: text, slackId: fc.option(slackId, { nil: null }) }), { maxLength: 10 }),
      more: fc.nat(),
    }),
    { maxLength: 2 },
  ),
});

const line: fc.Arbitrary<CardLine> = fc.record({ journeyId: text, name: text, url, accountName: nullableText, headline: text, since: at, amount });
const lines = fc.array(line, { maxLength: 30, size: 'large' });

type Kind<K extends Message['kind']> = Extract<Message, { kind: K }>;
const reply: fc.Arbitrary<Kind<'reply'>> = fc.record({
  kind: fc.constant('reply'),
  cardId: text,
  reason: fc.constantFrom('new', 'repeat', 'snooze-over', 'escalated', 'assigned'),
  assigned: fc.record({ to: slackId, by: slackId, at }),
  broadcast: fc.boolean(),
  notifyOwner: fc.boolean(),
  ownerEmail: nullableText,
  journeyName: text,
  alerts,
  escalatedAt: at,
  instead: fc.oneof(fc.record({ of: text }), fc.record({ unreached: fc.array(text, { maxLength: 5 }) })),
  cardIn: text,
});
const overflow: fc.Arbitrary<Kind<'overflow'>> = fc.record({ kind: fc.constant('overflow'), day: isoDay, cards: lines, total: whole });
const importSummary: fc.Arbitrary<Kind<'import-summary'>> = fc.record({
  kind: fc.constant('import-summary'),
  journeys: whole,
  byRule: fc.array(fc.record({ rule: text, headline: text, count: whole }), { maxLength: 30 }),
  worst: lines,
});
const notice: fc.Arbitrary<Kind<'notice'>> = fc.record({
  kind: fc.constant('notice'),
  severity,
  title: text,
  lines: fc.array(text, { maxLength: 80, size: 'large' }),
  code: fc.array(text, { maxLength: 80, size: 'large' }),
});
const home: fc.Arbitrary<Awaited<ReturnType<Answers['home']>>> = fc.record({
  mine: lines,
  mineTotal: whole,
  openTotal: whole,
  quiet: fc.record({ muted: whole, held: whole }),
});

const step: fc.Arbitrary<TrackStep> = fc.record({
  key: text,
  label: text,
  state: fc.constantFrom('done', 'current', 'skipped', 'unseen', 'ahead'),
  enteredAt: nullableAt,
  workingDays: fc.option(whole, { nil: null }),
  expected: nullableText,
  overdue: fc.boolean(),
});
const journey: fc.Arbitrary<JourneySummary> = fc.record({
  journeyId: text.map((id) => `deal:${id}`),
  kind: fc.constantFrom('deal', 'account'),
  name: text,
  url,
  mapLabel: text,
  outcome: fc.constantFrom('open', 'won', 'lost', 'deleted'),
  stageLabel: nullableText,
  amount,
  ownerEmail: nullableText,
  closeDate: nullableDay,
  nextStep: fc.option(fc.record({ title: text, due: nullableDay }), { nil: null }),
  track: fc.array(step, { maxLength: 25 }),
  missingRoles: fc.array(text, { maxLength: 20 }),
  alerts,
});
const committee: fc.Arbitrary<CommitteeRow[]> = fc.array(
  fc.record({
    personId: text,
    name: text,
    title: nullableText,
    roles: fc.array(
      fc.oneof(
        fc.record({ key: text, label: text, origin: fc.constantFrom('crm' as const, 'assigned' as const), from: text }),
        fc.record({ key: text, label: text, origin: fc.constant('title' as const) }),
        fc.record({ key: text, label: text, origin: fc.constant('slack' as const), by: text, at }),
      ),
      { maxLength: 4 },
    ),
    lastHeardAt: nullableAt,
    lastReachedAt: nullableAt,
    ownStages: fc.array(text, { minLength: 1, maxLength: 4 }),
  }),
  { maxLength: 120, size: 'large' },
);
const touchpoints: fc.Arbitrary<AccountSummary['touchpoints']> = fc.array(
  fc.record({
    at,
    type: text,
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    personName: nullableText,
    asset: nullableText,
    sentiment: fc.option(fc.integer({ min: -2, max: 2 }), { nil: null }),
  }),
  { maxLength: 30 },
);
const account: fc.Arbitrary<AccountSummary> = fc.record({
  account: fc.record({ id: text, name: text, domain: nullableText, url, ownerEmail: nullableText }),
  mute: fc.option(fc.record({ accountId: text, until: nullableAt, reason: text, by: slackId, at }), { nil: null }),
  journeys: fc.array(journey, { maxLength: 9 }),
  committee,
  touchpoints,
});
const deal: fc.Arbitrary<DealSummary> = fc.record({ accountName: nullableText, accountId: nullableText, journey, committee, touchpoints });

const why: fc.Arbitrary<WhySummary> = fc.record({
  journeyId: text,
  name: text,
  stageLabel: nullableText,
  lines: fc.array(
    fc.record({
      rule: text,
      title: text,
      state: fc.constantFrom('off' as const, 'clear' as const, 'found' as const, 'undecided' as const),
      explain: text,
      recheckAt: nullableAt,
    }),
    { maxLength: 40 },
  ),
  held: fc.array(fc.record({ headline: text, reason: text, until: nullableAt }), { maxLength: 20 }),
  alerts,
  recheckAt: nullableAt,
  evaluatedAt: nullableAt,
  channels: fc.array(text, { maxLength: 10 }),
  audit: fc.array(fc.record({ at, who: slackId, what: text, why: nullableText }), { maxLength: 20 }),
  chains: fc.array(
    fc.record({
      headline: text,
      state: fc.constantFrom('goes-on' as const, 'waits' as const, 'stopped' as const, 'done' as const),
      by: nullableText,
      steps: fc.array(
        fc.record({
          wait: text,
          channel: text,
          notify: fc.subarray([...notifiable]),
          emails: fc.array(text, { maxLength: 12 }),
          state: fc.constantFrom('said' as const, 'passed-over' as const, 'next' as const, 'later' as const),
          at: nullableAt,
        }),
        { maxLength: 10 },
      ),
    }),
    { maxLength: 8 },
  ),
});

const list: fc.Arbitrary<ListSummary> = fc.record({
  title: text,
  lines: fc.array(
    fc
      .tuple(
        line,
        fc.record({
          stageLabel: nullableText,
          ownerEmail: nullableText,
          rules: fc.array(text, { maxLength: 5 }),
          alertCount: whole,
          also: fc.array(text, { maxLength: 2 }),
        }),
      )
      .map(([base, more]) => ({ ...base, ...more })),
    { maxLength: 50, size: 'large' },
  ),
  total: whole,
  page: fc.integer({ min: 1, max: 50 }),
  pages: fc.integer({ min: 1, max: 50 }),
  filter: text,
});

const matches: fc.Arbitrary<Match[]> = fc.array(
  fc.record({ kind: fc.constantFrom('account' as const, 'deal' as const), id: text, name: text, detail: nullableText }),
  {
    maxLength: 40,
    size: 'large',
  },
);

const actResult: fc.Arbitrary<ActResult> = fc.oneof(
  fc.record({ kind: fc.constantFrom('done', 'stale', 'refused'), message: text }),
  fc.record({ kind: fc.constant('done' as const), message: text, when: fc.record({ words: fc.constantFrom('until', 'due'), at }) }),
  fc.record({ kind: fc.constant('stale' as const), message: text, by: nullableText }),
);

export const hostile = {
  text,
  nullableText,
  longAlert,
  cardContent,
  owner,
  reply,
  overflow,
  importSummary,
  notice,
  home,
  account,
  deal,
  why,
  line,
  list,
  matches,
  actResult,
};
