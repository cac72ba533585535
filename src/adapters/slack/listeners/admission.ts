import type { App } from '@slack/bolt';
import { messageOf } from '../../../app/errors.ts';
import type { Clock, Logger } from '../../../app/ports.ts';
import { minuteMs } from '../../../core/time.ts';
import { createExpiringCache } from '../expiring-cache.ts';
import type { People, SlackPerson } from '../people.ts';
import { md } from '../views/escape.ts';
import { refusalView, saidView } from '../views/said.ts';
import type { WorkspaceIdentity } from '../workspace-identity.ts';

type RefusalReason = 'guest' | 'other-organisation' | 'deactivated' | 'bot' | 'unknown';
export type Refusal = { userId: string; reason: RefusalReason; what: string };

type AdmissionOptions = {
  people: People;
  identity: () => WorkspaceIdentity | null;
  clock: Clock;
  logger: Logger;
  onRefused: (refusal: Refusal) => void;
};

/** Before every listener: acknowledge at once, drop what came already, and let in only full members of this workspace. */
export function admit(app: App, { people, identity, clock, logger, onRefused }: AdmissionOptions): void {
  const seen = createExpiringCache<true>(clock, 10_000);
  app.use(async (args) => {
    // Slack waits three seconds, and gets no answer in it: answers go through response_url.
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
    const { body, next } = args;
    const key = onceKey(body);
    if (key !== null && seen.get(key) === true) return;
    if (key !== null) seen.set(key, true, 10 * minuteMs);
    const userId = userIdOf(body);
    if (userId === null) return;
    const respond = 'respond' in args && typeof args.respond === 'function' ? args.respond : null;
    const answer = async (said: ReturnType<typeof saidView>): Promise<void> => {
      await respond?.({ ...said, response_type: 'ephemeral', replace_original: false });
    };
    let reason: RefusalReason | null;
    try {
      const here = identity();
      if (here === null) throw new Error('not started yet');
      reason = refusalReason(await people.byId(userId), here);
    } catch (error) {
      logger.warn({ error: messageOf(error) }, 'cannot ask Slack who somebody is');
      return answer(saidView(md`Slack does not tell me who you are just now, so I did nothing. Please try again in a minute.`));
    }
    if (reason !== null) {
      onRefused({ userId, reason, what: whatOf(body) });
      return answer(refusalView());
    }
    await next();
  });
}

/** Null for a full member of this workspace, or of another one of the same enterprise. */
export function refusalReason(person: SlackPerson | null, here: WorkspaceIdentity): RefusalReason | null {
  if (person === null) return 'unknown';
  if (person.isDeactivated) return 'deactivated';
  if (person.isBot) return 'bot';
  if (person.isStranger) return 'other-organisation';
  const isOurs =
    person.teamIds.includes(here.teamId) ||
    (here.enterpriseId !== null && (person.enterpriseId === here.enterpriseId || person.teamIds.includes(here.enterpriseId)));
  if (!isOurs) return person.teamIds.length === 0 && person.enterpriseId === null ? 'unknown' : 'other-organisation';
  return person.isGuest ? 'guest' : null;
}

const field = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined);

function userIdOf(body: unknown): string | null {
  const id = field(body, 'user_id') ?? field(field(body, 'user'), 'id');
  return typeof id === 'string' ? id : null;
}

/** The same for a request that Slack sends again, over HTTP or after a broken socket. */
export function onceKey(body: unknown): string | null {
  const id = field(body, 'event_id') ?? field(body, 'trigger_id');
  // With what it is about, so that an id that is no good for telling requests apart loses none.
  return typeof id === 'string'
    ? JSON.stringify([id, userIdOf(body), field(body, 'text'), field(body, 'actions'), field(field(body, 'view'), 'id')])
    : null;
}

/** The command, or the action's name: nothing of its content. */
function whatOf(body: unknown): string {
  const actions = field(body, 'actions');
  const what =
    field(body, 'command') ?? field(Array.isArray(actions) ? actions[0] : undefined, 'action_id') ?? field(field(body, 'view'), 'callback_id');
  return typeof what === 'string' ? what : 'unknown';
}
