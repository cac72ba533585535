import type { AlertSubject } from '../../../src/app/use-cases.ts';
import type { AccountPeople } from '../../../src/core/account-people.ts';
import type { Card, CardAlert, CardContent } from '../../../src/core/alerts/card.ts';
import type { CardLine } from '../../../src/core/delivery.ts';
import type { Count } from '../../../src/core/digest/counts.ts';
import type { Digest } from '../../../src/core/digest/digest.ts';
import type { DigestDetail } from '../../../src/core/digest/digest-detail.ts';
import { type StageFigures, stageFigures } from '../../../src/core/insight/stage-metrics.ts';
import type { LoggedStay } from '../../../src/core/insight/stay-log.ts';
import { wilson } from '../../../src/core/insight/wilson.ts';
import type { ReviewSummary } from '../../../src/core/review.ts';
import type { Suggestion } from '../../../src/core/suggestion.ts';
import type { AccountSummary, JourneySummary, MetricsSummary, WhySummary } from '../../../src/core/summary.ts';
import { dayMs } from '../../../src/core/time.ts';

/** Mon 23 Nov 2026, 09:00 in Berlin. */
export const now = Date.parse('2026-11-23T08:00:00Z');
export const daysAgo = (days: number): number => now - days * dayMs;

export const stalledAlert = (changes: Partial<CardAlert> = {}): CardAlert => ({
  id: 'al-1',
  rule: 'stalled',
  severity: 'warning',
  state: 'open',
  headline: 'Stalled in Decision',
  since: daysAgo(28),
  dueAt: daysAgo(7),
  expected: 'leaves Decision within 15 working days',
  people: [{ name: 'Priya Nair', title: 'CFO' }],
  evidence: [
    { label: 'In Decision since', at: daysAgo(28) },
    { label: 'Next step', text: 'none' },
  ],
  nextStep: 'Ask Priya Nair what is needed to leave Decision, and agree on a dated next step',
  acknowledged: null,
  snoozedUntil: null,
  resolution: null,
  episode: 1,
  ...changes,
});

export const missingRoleAlert = (changes: Partial<CardAlert> = {}): CardAlert =>
  stalledAlert({
    id: 'al-2',
    rule: 'missing-role',
    severity: 'critical',
    headline: 'No economic buyer on the buying committee',
    expected: 'economic buyer known within 20 working days of reaching Decision',
    people: [],
    evidence: [{ label: 'People known', count: 3 }],
    nextStep: 'Ask Tom Berg who signs off the budget',
    ...changes,
  });

export const cardContent = (changes: Partial<CardContent> = {}): CardContent => ({
  journeyId: 'deal:d-1',
  kind: 'deal',
  state: 'active',
  name: 'Acme rollout',
  url: 'https://crm.example/d-1',
  account: { id: 'a-1', name: 'Acme GmbH', url: 'https://crm.example/a-1' },
  amount: { value: 48_000, currency: 'EUR' },
  ownerEmail: 'dana@us.example',
  notifyOwner: false,
  mapLabel: 'New business',
  stage: { label: 'Decision', enteredAt: daysAgo(28) },
  nextStep: null,
  closeDate: '2026-12-15',
  outcome: 'open',
  mutedUntil: null,
  alerts: [stalledAlert()],
  ...changes,
});

export const card = (content: CardContent = cardContent(), channel = '#deal-alerts'): Card => ({
  id: `${content.journeyId}|${channel}`,
  journeyId: content.journeyId,
  channel,
  content,
  fingerprint: 'f-1',
  posted: null,
  hold: null,
  saidAt: null,
});

export const line = (changes: Partial<CardLine> = {}): CardLine => ({
  journeyId: 'deal:d-1',
  name: 'Acme rollout',
  url: 'https://crm.example/d-1',
  accountName: 'Acme GmbH',
  headline: 'Stalled in Decision',
  since: daysAgo(28),
  amount: { value: 48_000, currency: 'EUR' },
  ...changes,
});

export const journeySummary = (changes: Partial<JourneySummary> = {}): JourneySummary => ({
  journeyId: 'deal:d-1',
  kind: 'deal',
  name: 'Acme rollout',
  url: 'https://crm.example/d-1',
  mapLabel: 'New business',
  outcome: 'open',
  stageLabel: 'Decision',
  amount: { value: 48_000, currency: 'EUR' },
  ownerEmail: 'dana@us.example',
  closeDate: '2026-12-15',
  nextStep: { title: 'Security review', due: '2026-12-02' },
  track: [
    { key: 'awareness', label: 'Awareness', state: 'done', enteredAt: daysAgo(60), workingDays: 3, expected: null, overdue: false },
    { key: 'consideration', label: 'Consideration', state: 'done', enteredAt: daysAgo(56), workingDays: 18, expected: null, overdue: false },
    { key: 'decision', label: 'Decision', state: 'current', enteredAt: daysAgo(28), workingDays: 20, expected: '15 working days', overdue: true },
    { key: 'implementation', label: 'Implementation', state: 'ahead', enteredAt: null, workingDays: null, expected: null, overdue: false },
  ],
  missingRoles: ['Economic buyer'],
  alerts: [missingRoleAlert(), stalledAlert()],
  ...changes,
});

export const accountSummary = (changes: Partial<AccountSummary> = {}): AccountSummary => ({
  account: { id: 'a-1', name: 'Acme GmbH', domain: 'acme.example', url: 'https://crm.example/a-1', ownerEmail: 'dana@us.example' },
  mute: null,
  journeys: [journeySummary()],
  committee: [
    { personId: 'p-2', name: 'Tom Berg', title: null, roles: [], lastHeardAt: null, lastReachedAt: null },
    {
      personId: 'p-1',
      name: 'Priya Nair',
      title: 'CFO',
      roles: [{ key: 'champion', label: 'Champion', origin: 'crm', from: 'HubSpot' }],
      lastHeardAt: daysAgo(12),
      lastReachedAt: daysAgo(3),
    },
  ],
  touchpoints: [{ at: daysAgo(3), type: 'pricing_viewed', direction: 'inbound', personName: 'Priya Nair', asset: 'pricing', sentiment: 1 }],
  ...changes,
});

export const whySummary = (changes: Partial<WhySummary> = {}): WhySummary => ({
  journeyId: 'deal:d-1',
  name: 'Acme rollout',
  stageLabel: 'Decision',
  lines: [
    { rule: 'close-date', title: 'Close date past or pushed', state: 'off', explain: 'The close date is past, or was pushed.', recheckAt: null },
    { rule: 'no-activity', title: 'No activity', state: 'clear', explain: 'no touchpoint for 10 working days', recheckAt: now + 2 * dayMs },
    { rule: 'stalled', title: 'Stalled', state: 'found', explain: 'in a stage longer than 15 working days', recheckAt: null },
  ],
  held: [{ headline: 'Champion silent', reason: '“No activity” says it already', until: null }],
  alerts: [stalledAlert()],
  recheckAt: now + 2 * dayMs,
  evaluatedAt: now,
  channels: ['#deal-alerts'],
  audit: [{ at: daysAgo(1), who: 'U0DANA', what: 'acknowledged', why: 'calling her' }],
  ...changes,
});

const countOf = (now: number, before: number | null = null, usual: number | null = null): Count => ({ now, before, usual });

export const digest = (changes: Partial<Digest> = {}): Digest => ({
  from: daysAgo(7),
  to: now,
  timezone: 'Europe/Berlin',
  scope: 'map new-business',
  stray: [],
  open: { journeys: 9, alerts: 12 },
  muted: 0,
  held: 0,
  first: [line()],
  counts: {
    moved: countOf(14, 11, 12),
    won: countOf(2, 3, 2),
    lost: countOf(1, 1, 1),
    late: countOf(2, 0, 1),
    opened: countOf(11, 8, 9),
    stalled: countOf(7, 5, 5),
    missing: countOf(4, 4, 3),
    silent: countOf(3, 5, 4),
  },
  wonAmounts: [
    { value: 80_000, currency: 'EUR' },
    { value: 5_000, currency: 'USD' },
  ],
  lostAmounts: [],
  fates: { told: 11, acted: 4, cleared: 3, ignored: 1, 'not-useful': 1, fresh: 2 },
  friction: { map: 'New business', slowest: { stage: 'Decision', days: 22, n: 32 }, leakiest: { stage: 'Decision', dropped: 22, n: 32 } },
  feeds: [{ source: 'hubspot', lastReceivedAt: daysAgo(0.1), stale: false }],
  ...changes,
});

/** What follows in the thread of that digest. */
export const digestDetails = (): DigestDetail[] => [
  {
    kind: 'moves',
    moved: { total: 14, shown: [{ journeyId: 'deal:d-2', name: 'Birch renewal', url: null, from: 'Consideration', to: 'Decision', at: daysAgo(2) }] },
    won: {
      total: 1,
      shown: [{ journeyId: 'deal:d-3', name: 'Cedar pilot', url: 'https://crm.example/d-3', amount: { value: 30_000, currency: 'EUR' } }],
    },
    lost: { total: 1, shown: [{ journeyId: 'deal:d-4', name: 'Elm', url: null, amount: null }] },
  },
  { kind: 'attention', rules: [{ rule: 'stalled', title: 'Stalled', count: 7, worst: [line()] }], more: 0 },
  {
    kind: 'people',
    missing: { total: 1, shown: [line({ headline: 'No economic buyer on the buying committee' })] },
    silent: { total: 1, shown: [line({ headline: 'Priya Nair, champion, has gone silent' })] },
    late: { total: 1, shown: [{ ...line({ headline: 'Priya Nair is waiting for an answer' }), dueAt: daysAgo(3), answeredAt: daysAgo(1) }] },
  },
  {
    kind: 'alerts',
    rules: [{ rule: 'stalled', title: 'Stalled', counts: { told: 11, acted: 4, cleared: 3, ignored: 1, 'not-useful': 1, fresh: 2 } }],
  },
  { kind: 'metrics', metrics: metricsSummary() },
];

/** So many journeys of which some moved on and some were dropped, each after as many working days as its number; the rest is still there. */
export const someFigures = (movedOn: number, dropped: number, open = 0): StageFigures =>
  stageFigures(
    Array.from(
      { length: movedOn + dropped + open },
      (_, index): LoggedStay => ({
        enteredAt: daysAgo(60),
        days: index + 1,
        ended: index < movedOn + dropped,
        first: true,
        longest: true,
        fate: index < movedOn ? 'moved-on' : index < movedOn + dropped ? 'dropped' : 'open',
        won: false,
        closed: false,
        segments: [],
      }),
    ),
    10,
  );

export const metricsSummary = (changes: Partial<MetricsSummary> = {}): MetricsSummary => ({
  mapKey: 'new-business',
  mapLabel: 'New business',
  segment: null,
  period: { from: daysAgo(92), to: now, label: 'the last three months' },
  before: { from: daysAgo(184), to: daysAgo(92), label: 'the quarter before' },
  timezone: 'Europe/Berlin',
  at: now,
  fewest: 10,
  stages: [
    { stage: 'awareness', label: 'Awareness', now: someFigures(18, 2), before: someFigures(19, 1) },
    { stage: 'decision', label: 'Decision', now: someFigures(10, 22, 9), before: someFigures(30, 8) },
    { stage: 'implementation', label: 'Implementation', now: someFigures(3, 0, 1), before: someFigures(0, 0) },
  ],
  otherMaps: ['customers'],
  segments: ['enterprise'],
  ...changes,
});

export const aSuggestion = (changes: Partial<Suggestion> = {}): Suggestion => ({
  rule: 'stalled',
  title: 'Stalled',
  rate: wilson(9, 41),
  change: {
    map: { key: 'new-business', label: 'New business' },
    stage: { key: 'decision', label: 'Decision' },
    segment: null,
    parameter: 'after',
    from: '15bd',
    to: '20bd',
    ignored: 24,
    spared: 17,
    actedOn: 6,
    actedOnSpared: 1,
  },
  ...changes,
});

export const reviewSummary = (changes: Partial<ReviewSummary> = {}): ReviewSummary => ({
  at: now,
  done: null,
  dueAt: now + 30 * 86_400_000,
  unusedStages: [{ map: 'New business', stage: 'Awareness' }],
  rates: [
    { rule: 'stalled', title: 'Stalled', alerts: 41, rate: { kind: 'known', ...wilson(9, 41) } },
    { rule: 'missing-role', title: 'Somebody missing on the buying committee', alerts: 12, rate: { kind: 'few', n: 12, needed: 20 } },
  ],
  suggestion: aSuggestion(),
  friction: [
    { map: 'New business', slowest: { stage: 'Decision', days: 22, n: 32 }, leakiest: { stage: 'Decision', dropped: 22, n: 32 } },
    { map: 'Customers', slowest: null, leakiest: null },
  ],
  unconfirmed: {
    stages: [{ map: 'Customers', stage: 'Advocacy' }],
    roles: ['Legal'],
    rolesByTitle: ['Economic buyer'],
    segments: ['enterprise'],
    rules: ['Renewal due'],
  },
  ...changes,
});

export const accountPeople = (traits: Partial<AccountPeople> = {}): AccountPeople => ({
  account: { id: 'a-1', name: 'Acme GmbH' },
  deals: [{ id: 'd-1', name: 'Acme rollout' }],
  people: [
    {
      id: 'p-1',
      name: 'Marta Ruiz',
      title: 'Head of Sales',
      roles: [{ key: 'champion', label: 'Champion', origin: 'crm', from: 'HubSpot' }],
      suggested: [],
    },
    {
      id: 'p-2',
      name: 'Priya Nair',
      title: 'CFO',
      roles: [{ key: 'economic_buyer', label: 'Economic buyer', origin: 'title' }],
      suggested: [{ role: 'economic_buyer', label: 'Economic buyer', why: 'title “CFO” suggests economic buyer' }],
    },
  ],
  roles: [
    { key: 'economic_buyer', label: 'Economic buyer' },
    { key: 'champion', label: 'Champion' },
  ],
  touchpointTypes: ['call', 'meeting', 'email', 'security_review'],
  ...traits,
});

export const alertSubject = (traits: Partial<AlertSubject> = {}): AlertSubject => ({
  alertId: 'al-1',
  headline: 'No economic buyer on the buying committee',
  journeyName: 'Acme rollout',
  accountId: 'a-1',
  dealId: 'd-1',
  role: 'economic_buyer',
  personId: null,
  assignedTo: null,
  standing: 'open:::',
  ...traits,
});
