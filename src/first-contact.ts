import { explainSchedule } from './config/explain/explain-calendar.ts';
import { explainMatch } from './config/explain/explain-routes.ts';
import { type Change, newDelivery } from './core/change.ts';
import type { JourneyConfig, RouteNode } from './core/journey/journey-map.ts';
import type { EpochMs } from './core/time.ts';

/** Said once in a channel that the bot has come into. `channel`: as journey.yml writes it, or its id where that does not name it. */
export const firstContact = (config: JourneyConfig, channel: string, channelId: string, now: EpochMs): Change =>
  newDelivery({ id: `welcome:${channelId}`, channel, message: { kind: 'welcome', lines: welcomeLines(config, channel) }, now });

/** Three lines: what comes here, what does not, and how to change it. */
export function welcomeLines(config: JourneyConfig, channel: string): string[] {
  const { budget, quiet } = config.alerts;
  const what = contentsOf(config, channel);
  if (what.length === 0)
    return [
      'I am journey. Nothing comes here by itself: journey.yml sends no alerts and no digest to this channel.',
      'I do not read what you write, and answers to /journey are seen by whoever asked alone.',
      'To have alerts or a digest here, name this channel under routes or digests in journey.yml; to look something up, type /journey help.',
    ];
  const hours = quiet === null ? '' : `, nothing new between ${quiet.from} and ${quiet.to}${quiet.offDays ? ' or on days off' : ''}`;
  return [
    `I am journey. Here I post ${inWords(what)}.`,
    `One message a deal or account, edited as things change and green when all is well: at most ${budget} new a day${hours}. I do not read what you write.`,
    'Too much, too little? journey.yml says what comes here (routes, digests, alerts); /journey mute NAME 5bd silences one account, /journey help shows the rest.',
  ];
}

function contentsOf({ routes, digests, adminChannel }: JourneyConfig, channel: string): string[] {
  const alerts = routesTo(routes, channel);
  return [
    ...(alerts.length === 0 ? [] : [alertsInWords(alerts)]),
    ...(escalatesTo(routes, channel) ? ['alerts that nobody took in time elsewhere'] : []),
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

/** The conditions under which alerts go to a channel, each in words; empty: all of them. */
function routesTo(routes: readonly RouteNode[], channel: string, parent: string | null = null, above: readonly string[] = []): string[] {
  return routes.flatMap((route) => {
    const here = route.channel ?? parent;
    const match = explainMatch(route.match);
    const conditions = match === '' ? above : [...above, match];
    const own = here === channel && (parent !== channel || match !== '') ? [conditions.join(', ')] : [];
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
