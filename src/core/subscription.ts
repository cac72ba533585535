import type { Weekday } from './calendar.ts';
import type { DigestDefinition, RouteMatch } from './journey/journey-map.ts';
import type { EpochMs } from './time.ts';
import type { Weekly } from './weekly.ts';

/** A weekly digest that somebody has asked for in Slack. `by`: a Slack user id. */
export type Subscription = Weekly & {
  id: string;
  by: string;
  /** A channel's id; null: to whoever asked, as a direct message. */
  channel: string | null;
  /** The IANA zone of the times on its wall. */
  timezone: string;
  /** As typed, to be shown and changed. */
  filter: string;
  match: RouteMatch;
  createdAt: EpochMs;
};

/** The digest that it makes: the same one after it was changed, so that none is sent twice. */
export function digestOfSubscription({ id, by, channel, weekday, time, timezone, match, createdAt }: Subscription): DigestDefinition {
  const [hour, minute] = time.split(':').map(Number);
  const schedule = `${minute ?? 0} ${hour ?? 0} * * ${weekday}`;
  return {
    id: `subscription:${id}`,
    channel: channel ?? by,
    schedule,
    timezone,
    match,
    subscribed: { by, since: createdAt, weekly: { weekday, time } },
  };
}

const dayNames: Record<Weekday, string> = {
  mon: 'Mondays',
  tue: 'Tuesdays',
  wed: 'Wednesdays',
  thu: 'Thursdays',
  fri: 'Fridays',
  sat: 'Saturdays',
  sun: 'Sundays',
};

/** `Mondays at 09:00 (Europe/Berlin)` */
export const weeklyInWords = ({ weekday, time, timezone }: Weekly & { timezone: string }): string => `${dayNames[weekday]} at ${time} (${timezone})`;
