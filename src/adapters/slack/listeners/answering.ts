import { randomUUID } from 'node:crypto';
import type { RespondFn } from '@slack/bolt';
import { messageOf } from '../../../app/errors.ts';
import type { Logger } from '../../../app/ports.ts';
import type { Show } from '../pictures/show.ts';
import type { View, ViewBlock } from '../views/blocks.ts';
import { failureView } from '../views/said.ts';

/** Makes an answer and gives it to the one who asked; null: nothing to say. */
export type Answering = (respond: RespondFn, what: string, make: () => Promise<View<ViewBlock> | null>, place?: 'new' | 'replace') => Promise<void>;

/** When a use case fails, the person gets a reference, and the log the error under it. */
export function createAnswering(logger: Logger, show: Pick<Show, 'atOnce'>): Answering {
  return async (respond, what, make, place = 'new') => {
    const say = async (said: View<ViewBlock>, replace: boolean): Promise<void> => {
      let isFirst = true;
      try {
        await show.atOnce(said, async ({ text, blocks }) => {
          await respond({ text, blocks, response_type: 'ephemeral', replace_original: replace && isFirst });
          isFirst = false;
        });
      } catch (error) {
        // The response_url is over after thirty minutes or five uses; nobody is waiting any more.
        logger.warn({ what, error: messageOf(error) }, 'cannot answer in Slack');
      }
    };
    let said: View<ViewBlock> | null;
    try {
      said = await make();
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      logger.error({ what, reference, err: error }, 'a Slack request failed');
      return say(failureView(reference), false);
    }
    if (said !== null) await say(said, place === 'replace');
  };
}
