import type { App } from '@slack/bolt';
import { messageOf } from '../../app/errors.ts';
import type { Logger } from '../../app/ports.ts';
import type { EpochMs } from '../../core/time.ts';
import { whatOf } from './listeners/deeds.ts';
import { isAnsweredByAck, rateLimitedMinute, typeOf } from './listeners/request.ts';

type ProcessEvent = App['processEvent'];

type OddRequestOptions = {
  logger: Logger;
  /** Slack sends the workspace's events no more for a while: this minute (null: it does not say which) is one of which some are lost. */
  onRateLimited: (minute: EpochMs | null) => void;
};

/**
 * What Slack has signed and Bolt cannot take is acknowledged, and logged: left unanswered (404 after three seconds) or answered 500 it comes again, and an app that answers
 * too few of its events with 200 gets none any more. That is `app_rate_limited` (docs.slack.dev/reference/events/app_rate_limited), types that nobody here knows, and
 * requests that lack what all of their type have, such as a click of nobody.
 */
export function takingOddRequests(processEvent: ProcessEvent, { logger, onRateLimited }: OddRequestOptions): ProcessEvent {
  return async (event) => {
    const { body } = event;
    const type = typeOf(body)?.slice(0, 100) ?? 'none';
    if (type === 'app_rate_limited') {
      await event.ack();
      return onRateLimited(rateLimitedMinute(body));
    }
    let isAcknowledged = false;
    const ack: typeof event.ack = (answer) => {
      isAcknowledged = true;
      return event.ack(answer);
    };
    try {
      await processEvent({ ...event, ack });
      // Whatever Bolt knows the type of is acknowledged before anything else, or by whoever answers in its acknowledgement.
      if (isAcknowledged || isAnsweredByAck(body)) return;
      logger.warn({ type }, 'Slack sent something of a type that is not known here: nothing was done');
    } catch (error) {
      logger.warn({ type, what: whatOf(body), error: messageOf(error) }, 'a request of Slack lacks what all of its type have: nothing was done');
    }
    if (!isAcknowledged) await event.ack();
  };
}
