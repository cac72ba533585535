import type { Change } from '../change.ts';
import type { Finding } from '../detectors/detector.ts';
import { detectStaleFeed, type HeardFeed, staleFeed } from '../detectors/stale-feed.ts';
import type { JourneyConfig } from '../journey/journey-map.ts';
import type { Source } from '../journey/signal.ts';
import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import type { Card, CardContent } from './card.ts';
import { cardAlert, worstFirst } from './card-content.ts';
import { noteSteps, wokenBy } from './note-steps.ts';
import { reconcile } from './reconcile.ts';
import { routeChannels } from './route.ts';
import { say } from './say.ts';

export type DecideFeedInput = {
  feed: HeardFeed;
  name: string;
  alerts: Alert[];
  cards: Card[];
  config: JourneyConfig;
  now: EpochMs;
  newId(): string;
};

export const feedId = (source: Source): string => `feed:${source}`;

/** The rule about feeds: one alert a CRM, told in the admin channel (or the first of the routes), never one a journey. */
export function decideFeed({ feed, name, alerts, cards, config, now, newId }: DecideFeedInput): { changes: Change[]; stale: boolean } {
  const answer = detectStaleFeed(feed, config.feed, config.calendar, now);
  const findings: Finding[] = answer.findings.map((finding) => ({ rule: staleFeed.name, severity: staleFeed.severity, ...finding }));
  const channel = config.adminChannel ?? routeChannels(config.routes)[0];
  const id = feedId(feed.source);
  const reconciled = reconcile({
    journey: { id, accountId: null, dealId: null, stage: null },
    alerts,
    findings,
    inhibitedBy: () => null,
    routesOf: () => (channel === undefined ? [] : [{ channel, notifyOwner: false }]),
    escalationOf: () => null,
    undecided: () => false,
    endOf: () => ({ how: 'cleared', text: `${name} sends again` }),
    now,
  });
  const said = say({
    about: { id, name, ownerEmail: null },
    alerts: reconciled.alerts,
    cards,
    muted: false,
    history: false,
    snoozeOver: wokenBy(reconciled.steps),
    contentOf: (_channel, shown) => feedContent(id, name, shown),
    cardAlert: (alert) => cardAlert(alert, null),
    mentionsOf: () => [],
    config,
    now,
    newId,
  });
  const noted = noteSteps({ about: id, before: alerts, after: said.alerts, steps: reconciled.steps, now, newId });
  return { changes: [...said.changes, ...noted], stale: findings.length > 0 };
}

function feedContent(id: string, name: string, alerts: Alert[]): CardContent {
  const [newest] = [...alerts].sort((a, b) => b.episode - a.episode);
  const shown = alerts.filter((alert) => alert.state !== 'resolved' || alert === newest);
  return {
    journeyId: id,
    kind: 'feed',
    state: shown.some((alert) => alert.state !== 'resolved') ? 'active' : 'clear',
    name,
    url: null,
    account: null,
    amount: null,
    ownerEmail: null,
    notifyOwner: false,
    mapLabel: '',
    stage: null,
    nextStep: null,
    closeDate: null,
    outcome: 'open',
    mutedUntil: null,
    alerts: shown.sort(worstFirst).map((alert) => cardAlert(alert, null)),
  };
}
