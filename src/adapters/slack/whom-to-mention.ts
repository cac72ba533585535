import { DeliveryError, messageOf } from '../../app/errors.ts';
import type { RenderedFor } from '../../app/notifier.ts';
import type { Clock, Logger } from '../../app/ports.ts';
import { createSeldom } from '../../app/seldom.ts';
import { mentionedAtMost } from '../../core/alerts/whom.ts';
import { type EpochMs, minuteMs } from '../../core/time.ts';
import { isTokenFailure, toDeliveryError } from './delivery-failure.ts';
import type { People } from './people.ts';
import { ownerOf } from './render-message.ts';
import type { Others, Owner } from './views/owner.ts';
import { slackErrorCode } from './web-client.ts';

type WhomToMentionOptions = { people: Pick<People, 'idByEmail'>; clock: Clock; logger: Logger };

/**
 * Whom a message mentions. `since`: when a message was made that is to be posted; null: it is an edit, which notifies nobody. A mention is what a post is
 * for, and an edit cannot make up for it: a Slack that cannot say who somebody is just now is asked again later, for a while.
 */
export type WhomToMention = (message: RenderedFor, since: EpochMs | null) => Promise<Owner>;

/** From then on a message goes out without a mention rather than not at all. */
const patienceMs = 10 * minuteMs;

export function createWhomToMention({ people, clock, logger }: WhomToMentionOptions): WhomToMention {
  const seldom = createSeldom(clock, minuteMs);

  return async (message, since) => {
    const { email, notify, mentions } = ownerOf(message);
    const others: Others[] = [];
    for (const { label, emails } of mentions) {
      const found: Others['people'] = [];
      for (const address of emails.slice(0, mentionedAtMost)) found.push({ email: address, slackId: await idOf(address, since) });
      others.push({ label, people: found, more: emails.length - found.length });
    }
    return { email, notify, slackId: notify && email !== null ? await idOf(email, since) : null, others };
  };

  async function idOf(email: string, since: EpochMs | null): Promise<string | null | undefined> {
    try {
      return await people.idByEmail(email);
    } catch (error) {
      const code = slackErrorCode(error);
      const { failure } = toDeliveryError(error);
      const mayPass = !isTokenFailure(code) && (failure.kind === 'retry' || failure.kind === 'ambiguous');
      if (mayPass && since !== null && clock.now() - since < patienceMs)
        throw new DeliveryError(`Slack does not say who is to be mentioned: ${messageOf(error)}`, {
          kind: 'retry',
          retryAfterMs: failure.kind === 'retry' ? failure.retryAfterMs : null,
        });
      const more = seldom(String(code));
      if (more !== null) logger.warn({ code, ...more }, 'cannot look an owner up in Slack');
      return undefined;
    }
  }
}
