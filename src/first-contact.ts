import { explainSchedule } from './config/explain/explain-calendar.ts';
import { explainMatch } from './config/explain/explain-routes.ts';
import { type Change, newDelivery } from './core/change.ts';
import type { JourneyConfig, RouteNode } from './core/journey/journey-map.ts';
import { type Subscription, weeklyInWords } from './core/subscription.ts';
import type { EpochMs } from './core/time.ts';

type Arrival = { channel: string; channelId: string; subscriptions: readonly Subscription[] };

/** Said once in a channel that the bot has come into. `channel`: as journey.yml writes it, or its id where that does not name it. */
export const firstContact = (config: JourneyConfig, arrival: Arrival, now: EpochMs): Change =>
  newDelivery({
    id: `welcome:${arrival.channelId}`,
    channel: arrival.channel,
    message: { kind: 'welcome', lines: welcomeLines(config, arrival) },
    now,
  });

/** Three lines: what comes here, what does not, and how to change it. `subscriptions`: all there are. */
export function welcomeLines(config: JourneyConfig, { channel, channelId, subscriptions }: Arrival): string[] {
  const { budget, quiet } = config.alerts;
  const alerts = alertsTo(config, channel);
  const byFile = [...alerts, ...otherContents(config, channel)];
  const asked = subscriptions.filter((one) => one.channel === channelId).map(subscriptionInWords);
  if (byFile.length + asked.length === 0)
    return [
      'I am journey. Nothing comes here by itself: journey.yml sends no alerts and no digest to this channel.',
      'I do not read what you write, and answers to /journey are seen by whoever asked alone.',
      'To have alerts or a digest here, name this channel under routes or digests in journey.yml, or type /journey subscribe; to look something up, /journey help.',
    ];
  const hours = quiet === null ? '' : `, nothing new between ${quiet.from} and ${quiet.to}${quiet.offDays ? ' or on days off' : ''}`;
  const places = [
    ...(byFile.length === 0 ? [] : ['journey.yml says what comes here (routes, digests, alerts)']),
    ...(asked.length === 0 ? [] : ['/journey subscribe changes or ends a digest for whoever asked for it']),
    ...(alerts.length === 0 ? [] : ['/journey mute NAME 5bd silences one account']),
  ];
  return [
    `I am journey. Here I post ${inWords([...byFile, ...asked])}.`,
    alerts.length === 0
      ? 'Nothing else comes here by itself. I do not read what you write, and answers to /journey are seen by whoever asked alone.'
      : `One message a deal or account, edited as things change and green when all is well: at most ${budget} new a day${hours}. I do not read what you write.`,
    `Too much, too little? ${[...places, '/journey help shows the rest'].join(', ')}.`,
  ];
}

const alertsTo = ({ routes }: JourneyConfig, channel: string): string[] => {
  const alerts = routesTo(routes, channel);
  return [
    ...(alerts.length === 0 ? [] : [alertsInWords(alerts)]),
    ...(escalatesTo(routes, channel) ? ['alerts that nobody took in time elsewhere'] : []),
  ];
};

function otherContents({ digests, adminChannel }: JourneyConfig, channel: string): string[] {
  return [
    ...digests
      .filter((digest) => digest.channel === channel)
      .map(({ schedule, match }) => {
        const about = explainMatch(match);
        return `the digest${about === '' ? '' : ` of ${about}`} (${explainSchedule(schedule)})`;
      }),
    ...(adminChannel === channel
      ? ['what whoever runs me should know: mistakes in journey.yml, channels that I cannot post in, values that the map does not know']
      : []),
  ];
}

const subscriptionInWords = (subscription: Subscription): string =>
  `a digest that somebody asked for (${weeklyInWords(subscription)}${subscription.filter === '' ? '' : `, only ${subscription.filter}`})`;

/** The conditions under which alerts go to a channel, each in words; empty: all of them. */
function routesTo(routes: readonly RouteNode[], channel: string, parent: string | null = null, above: readonly string[] = []): string[] {
  return routes.flatMap((route) => {
    const here = route.channel ?? parent;
    const match = explainMatch(route.match);
    const conditions = match === '' ? above : [...above, match];
    // What goes on below to the same channel is a part of it.
    const own = here === channel && parent !== channel ? [conditions.join(', ')] : [];
    return [...own, ...routesTo(route.routes, channel, here, conditions)];
  });
}

const escalatesTo = (routes: readonly RouteNode[], channel: string): boolean =>
  routes.some(({ escalate, routes: children }) => (escalate ?? []).some((step) => step.channel === channel) || escalatesTo(children, channel));

function alertsInWords(conditions: readonly string[]): string {
  const named = [...new Set(conditions)];
  const all = 'alerts about deals and accounts that differ from your journey map';
  return named.includes('') ? all : `${all} (${named.slice(0, conditionsNamed).join('; ')}${named.length > conditionsNamed ? '; …' : ''})`;
}

const conditionsNamed = 3;

const inWords = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`);
