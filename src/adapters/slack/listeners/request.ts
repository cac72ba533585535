import type { EpochMs } from '../../../core/time.ts';

/** What every request of Slack has somewhere: read without trusting its shape. */

const field = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Who it comes from; null: nobody, as of an event about a channel. */
export function userIdOf(body: unknown): string | null {
  const { user } = eventOf(body);
  return text(field(body, 'user_id')) ?? text(field(field(body, 'user'), 'id')) ?? text(user) ?? text(field(user, 'id'));
}

/** Where the asker is; null: in a form, or on the Home tab. */
export const channelIdOf = (body: unknown): string | null =>
  text(field(body, 'channel_id')) ??
  text(field(field(body, 'channel'), 'id')) ??
  text(field(field(body, 'container'), 'channel_id')) ??
  text(eventOf(body).channel);

/** A link that was pasted where people of another organisation read along. */
export const isSharedOutside = (body: unknown): boolean => field(body, 'is_ext_shared_channel') === true;

/** `block_actions`, `view_submission`, `event_callback`, …; a slash command has none. */
export const typeOf = (body: unknown): string | null => text(field(body, 'type'));

/** Requests whose acknowledgement carries the answer: their listeners give it. */
export const isAnsweredByAck = (body: unknown): boolean => ['view_submission', 'block_suggestion'].includes(typeOf(body) ?? '');

/** Of `app_rate_limited`: the minute, told in seconds, in which Slack began to keep events from us. */
export function rateLimitedMinute(body: unknown): EpochMs | null {
  const seconds = field(body, 'minute_rate_limited');
  return typeof seconds === 'number' && seconds >= 0 && seconds < 1e12 ? seconds * 1000 : null;
}

export function eventOf(body: unknown): { type?: unknown; user?: unknown; channel?: unknown } {
  const event = field(body, 'event');
  return typeof event === 'object' && event !== null ? event : {};
}

/** Opens one form, within three seconds. */
export const triggerIdOf = (body: unknown): string | null => text(field(body, 'trigger_id'));

/** The form or Home tab that it comes from, and what that carries along; all null: it comes from neither. */
export function viewOf(body: unknown): Record<'type' | 'id' | 'hash' | 'metadata', string | null> {
  const view = field(body, 'view');
  return {
    type: text(field(view, 'type')),
    id: text(field(view, 'id')),
    hash: text(field(view, 'hash')),
    metadata: text(field(view, 'private_metadata')),
  };
}

/** All that was typed behind `/journey`; null: no command. */
export const commandTextOf = (body: unknown): string | null => (text(field(body, 'command')) === null ? null : (text(field(body, 'text')) ?? ''));

/** Of a click or a choice in a menu. */
export function actionIdOf(body: unknown): string | null {
  const actions = field(body, 'actions');
  return text(field(Array.isArray(actions) ? actions[0] : undefined, 'action_id')) ?? text(field(body, 'action_id'));
}

/** What was chosen in a menu of a message. */
export function chosenOf(body: unknown): string | null {
  const actions = field(body, 'actions');
  return text(field(field(Array.isArray(actions) ? actions[0] : undefined, 'selected_option'), 'value'));
}

/** Of a form, or of a shortcut. */
export const callbackIdOf = (body: unknown): string | null => text(field(field(body, 'view'), 'callback_id')) ?? text(field(body, 'callback_id'));

/** The same for a request that Slack sends again, over HTTP or after a broken socket. */
export function onceKey(body: unknown): string | null {
  const id = field(body, 'event_id') ?? field(body, 'trigger_id');
  // With what it is about, so that an id that is no good for telling requests apart loses none.
  return typeof id === 'string'
    ? JSON.stringify([id, userIdOf(body), field(body, 'text'), field(body, 'actions'), field(field(body, 'view'), 'id')])
    : null;
}

/** Where it was asked: a channel's id, or in words. */
export function whereOf(body: unknown): string {
  const { type } = viewOf(body);
  if (type === 'home' || eventOf(body).type === 'app_home_opened') return 'Home';
  return channelIdOf(body) ?? (type === 'modal' ? 'a form' : 'no channel');
}
