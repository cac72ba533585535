import type { Card, CardAlert, CardContent } from '../../../src/core/alerts/card.ts';
import type { CardLine } from '../../../src/core/delivery.ts';
import type { Digest } from '../../../src/core/digest.ts';
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
      roles: [{ label: 'Champion', origin: 'crm' }],
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
    { rule: 'close-date', state: 'off', explain: 'The close date is past, or was pushed.', recheckAt: null },
    { rule: 'no-activity', state: 'clear', explain: 'no touchpoint for 10 working days', recheckAt: now + 2 * dayMs },
    { rule: 'stalled', state: 'found', explain: 'in a stage longer than 15 working days', recheckAt: null },
  ],
  held: [{ headline: 'Champion silent', reason: 'no-activity says it already', until: null }],
  alerts: [stalledAlert()],
  recheckAt: now + 2 * dayMs,
  evaluatedAt: now,
  channels: ['#deal-alerts'],
  audit: [{ at: daysAgo(1), who: 'U0DANA', what: 'acknowledged', why: 'calling her' }],
  ...changes,
});

export const digest = (changes: Partial<Digest> = {}): Digest => ({
  from: daysAgo(7),
  to: now,
  timezone: 'Europe/Berlin',
  scope: 'map new-business',
  open: { journeys: 9, alerts: 12 },
  muted: 0,
  moved: [{ name: 'Birch renewal', url: null, from: 'Consideration', to: 'Decision', at: daysAgo(2) }],
  won: [
    { name: 'Cedar pilot', url: 'https://crm.example/d-3', amount: { value: 30_000, currency: 'EUR' } },
    { name: 'Dune', url: null, amount: { value: 50_000, currency: 'EUR' } },
  ],
  lost: [{ name: 'Elm', url: null, amount: null }],
  attention: [{ rule: 'stalled', headline: 'Stalled', count: 5, worst: [line()] }],
  openedInPeriod: 5,
  clearedInPeriod: 7,
  resolvedByHandInPeriod: 2,
  notUsefulByRule: [{ rule: 'no-activity', count: 3 }],
  feeds: [{ source: 'hubspot', lastReceivedAt: daysAgo(0.1), stale: false }],
  ...changes,
});

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
  timezone: 'Europe/Berlin',
  done: null,
  dueAt: now + 30 * 86_400_000,
  unusedStages: [{ map: 'New business', stage: 'Awareness' }],
  rates: [
    { rule: 'stalled', title: 'Stalled', alerts: 41, rate: { kind: 'known', ...wilson(9, 41) } },
    { rule: 'missing-role', title: 'Missing role', alerts: 12, rate: { kind: 'few', n: 12, needed: 20 } },
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
