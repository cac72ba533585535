import { randomUUID } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { HomeView } from '@slack/types';
import { messageOf } from '../../../app/errors.ts';
import type { Clock, Logger } from '../../../app/ports.ts';
import type { Homes } from '../../../app/use-cases.ts';
import type { People } from '../people.ts';
import { appHome, bareHome } from '../views/app-home.ts';
import type { HomeState } from '../views/app-home-state.ts';
import type { View } from '../views/blocks.ts';
import { failureView } from '../views/said.ts';
import { slackErrorCode } from '../web-client.ts';

type PublishingOptions = {
  homes: Homes;
  people: Pick<People, 'byId'>;
  client: webApi.WebClient;
  clock: Clock;
  logger: Logger;
  /** Whether Slack takes our calls. */
  connected: () => boolean;
};

/** `hash`: of the view that it takes the place of, where one is there. `notice`: what was just done, or why it was not. */
type Wanted = { userId: string; state: HomeState; hash: string | null; notice?: View };

/** Draws somebody's Home tab as things are now. Resolves when it is shown, or was given up. */
export type PublishHome = (wanted: Wanted) => Promise<void>;

export function createHomePublishing({ homes, people, client, clock, logger, connected }: PublishingOptions): PublishHome {
  /** One person's drawings go one after the other, so that an older one never comes last. */
  const queues = new Map<string, Promise<void>>();
  return (wanted) => {
    const { userId } = wanted;
    const turn = (queues.get(userId) ?? Promise.resolve()).then(() => publish(wanted));
    queues.set(userId, turn);
    return turn.finally(() => {
      if (queues.get(userId) === turn) queues.delete(userId);
    });
  };

  async function publish(wanted: Wanted): Promise<void> {
    const { userId, hash } = wanted;
    try {
      await client.views.publish({ user_id: userId, view: await draw(wanted), ...(hash === null ? {} : { hash }) });
    } catch (error) {
      if (slackErrorCode(error) !== 'hash_conflict') return giveUp(error);
      // Another view was published meanwhile: what is true now takes its place.
      await client.views.publish({ user_id: userId, view: await draw(wanted) }).catch(giveUp);
    }
  }

  async function draw({ userId, state, notice }: Wanted): Promise<HomeView> {
    try {
      const person = await people.byId(userId);
      const asker = { userId, email: person?.email ?? null, isAdmin: person?.isAdmin === true };
      return appHome(await homes.summary(asker, state), { state, notice: notice ?? null, now: clock.now(), slackWorks: connected() });
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      logger.error({ what: 'app_home', reference, err: error }, 'a Slack request failed');
      return bareHome(failureView(reference));
    }
  }

  function giveUp(error: unknown): void {
    logger.warn({ error: messageOf(error) }, 'cannot show the Home tab');
  }
}
