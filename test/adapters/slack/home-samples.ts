import type { FeedHealth, HomeAccount, HomeAlert, HomeHealth, HomePage, HomeSummary } from '../../../src/app/home-summary.ts';
import { daysAgo, stalledAlert } from './samples.ts';

export const onePage = <Row>(...rows: Row[]): HomePage<Row> => ({ rows, total: rows.length, page: 1, pages: 1 });

export const homeAlert = (changes: Partial<HomeAlert> = {}): HomeAlert => ({
  alert: stalledAlert({ people: [] }),
  journeyId: 'deal:d-1',
  accountId: 'a-1',
  name: 'Acme rollout',
  url: 'https://crm.example/d-1',
  ...changes,
});

export const homeAccount = (changes: Partial<HomeAccount> = {}): HomeAccount => ({
  accountId: 'a-1',
  journeyId: 'deal:d-1',
  name: 'Acme GmbH',
  stages: ['Decision'],
  alerts: 2,
  worst: { severity: 'critical', headline: 'No economic buyer on the buying committee', since: daysAgo(9) },
  isTaken: false,
  isMuted: false,
  isHeld: false,
  ...changes,
});

export const feedHealth = (changes: Partial<FeedHealth> = {}): FeedHealth => ({
  source: 'hubspot',
  lastReceivedAt: daysAgo(0.1),
  isStale: false,
  comparedAt: daysAgo(0.3),
  pending: 0,
  dead: 0,
  unknown: 0,
  ...changes,
});

export const homeHealth = (changes: Partial<HomeHealth> = {}): HomeHealth => ({
  store: true,
  inbox: { pending: 0, dead: 0, oldestReceivedAt: null },
  outbox: { pending: 0, failed: 0 },
  feeds: [feedHealth()],
  ...changes,
});

export const homeSummary = (changes: Partial<HomeSummary> = {}): HomeSummary => ({
  email: 'dana@us.example',
  alerts: onePage(homeAlert()),
  accounts: onePage(homeAccount(), homeAccount({ accountId: 'a-2', name: 'Birch AG', alerts: 0, worst: null })),
  subscriptions: [],
  health: null,
  ...changes,
});
