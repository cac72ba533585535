import { randomUUID } from 'node:crypto';
import type { RespondFn } from '@slack/bolt';
import { messageOf } from '../../../app/errors.ts';
import type { Logger } from '../../../app/ports.ts';
import type { Show } from '../pictures/show.ts';
import type { View, ViewBlock } from '../views/blocks.ts';
import { failureView } from '../views/said.ts';
import type { Click } from './click.ts';

/** Makes an answer and gives it to the one who asked: beside what was clicked in, or else where the click came from. Null: nothing to say. */
export type Answering = (
  to: RespondFn | Click,
  what: string,
  make: () => Promise<View<ViewBlock> | null>,
  place?: 'new' | 'replace',
) => Promise<void>;

type AnsweringOptions = {
  show: Pick<Show, 'atOnce'>;
  /** To a click on the Home tab or in a form. */
  sayThere: (click: Click, said: View<ViewBlock>) => Promise<void>;
  logger: Logger;
};

/** When a use case fails, the person gets a reference, and the log the error under it. */
export function createAnswering({ show, sayThere, logger }: AnsweringOptions): Answering {
  return async (to, what, make, place = 'new') => {
    const say = async (said: View<ViewBlock>, replace: boolean): Promise<void> => {
      let isFirst = true;
      try {
        if (typeof to !== 'function') return await sayThere(to, said);
        await show.atOnce(said, async ({ text, blocks }) => {
          await to({ text, blocks, response_type: 'ephemeral', replace_original: replace && isFirst });
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
