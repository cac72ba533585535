import type { App, webApi } from '@slack/bolt';
import { messageOf } from '../../../app/errors.ts';
import type { Clock, Logger } from '../../../app/ports.ts';
import { type Access, isAmong, seesAmounts } from '../../../core/access.ts';
import { minuteMs } from '../../../core/time.ts';
import { createExpiringCache } from '../expiring-cache.ts';
import type { People, SlackPerson } from '../people.ts';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { slowForm } from '../views/forms/trouble-form.ts';
import { notHereView, notPermittedView, refusalModal, refusalView } from '../views/refusals.ts';
import { actView, saidView } from '../views/said.ts';
import type { WorkspaceIdentity } from '../workspace-identity.ts';
import { type Asked, askedOf, isAnsweredHere, whatOf } from './deeds.ts';
import { unreadableForm } from './form-submission.ts';
import { isLate, later, markLate, patienceMs } from './late.ts';
import { type NoMember, refusalReason } from './membership.ts';
import { channelIdOf, isAnsweredByAck, isSharedOutside, onceKey, typeOf, userIdOf, viewOf, whereOf } from './request.ts';
import { sayElsewhere } from './say-elsewhere.ts';
import { seeing } from './visitor.ts';

/** `what`, `where`: in words, without content. */
export type Refusal = { userId: string; reason: NoMember | 'not-permitted' | 'not-here'; what: string; where: string };

type AdmissionOptions = {
  people: People;
  identity: () => WorkspaceIdentity | null;
  access: () => Access;
  /** Which of the channels, as journey.yml writes them, has this id. */
  channelAmong: (channels: readonly string[], id: string) => Promise<string | null>;
  /** Ids of those among the channels that everybody in the workspace can find. Where Slack does not say, the refusal names none. */
  openAmong: (channels: readonly string[]) => Promise<string[]>;
  client: webApi.WebClient;
  clock: Clock;
  logger: Logger;
  onRefused: (refusal: Refusal) => void;
};

/** Before every listener: acknowledge at once, drop what came already, and let in whoever may do what they ask for, where they ask for it. */
export function admit(app: App, { people, identity, access, channelAmong, openAmong, client, clock, logger, onRefused }: AdmissionOptions): void {
  const seen = createExpiringCache<true>(clock, 10_000);
  app.use(async (args) => {
    const { body, next } = args;
    const ack = 'ack' in args && typeof args.ack === 'function' ? (args.ack as (answer?: unknown) => Promise<void>) : null;
    const isAnswered = isAnsweredByAck(body);
    const isForm = typeOf(body) === 'view_submission';
    // Slack waits three seconds, and gets no answer in it: answers go through response_url. Of a form, its listener acknowledges what was filled in.
    if (!isAnswered) await ack?.();
    const key = onceKey(body);
    if (key !== null && seen.get(key) === true) return isAnswered ? ack?.() : undefined;
    if (key !== null) seen.set(key, true, 10 * minuteMs);
    const asked = askedOf(body);
    if (asked === null) return next();
    const userId = userIdOf(body);
    if (userId === null) return;
    const here = identity();
    const respond = 'respond' in args && typeof args.respond === 'function' ? args.respond : null;
    const answer = async (said: View): Promise<void> => {
      if (isForm && isLate(args.context)) {
        await client.views.update({ view_id: viewOf(body).id ?? '', view: refusalModal(said) });
        return;
      }
      if (isForm) return ack?.({ response_action: 'update', view: refusalModal(said) });
      if (isAnswered) return ack?.();
      if (respond === null) return sayElsewhere(body, said, { client, logger });
      await respond({ ...said, response_type: 'ephemeral', replace_original: false });
    };
    let person: SlackPerson | null;
    let refused: { reason: Refusal['reason']; said: View } | null;
    try {
      if (here === null) throw new Error('not started yet');
      const judging = judge(userId, here, asked, body);
      if (isForm && (await Promise.race([judging.catch(() => 'failed'), later(patienceMs.admission)])) === null) {
        markLate(args.context);
        await ack?.({ response_action: 'update', view: slowForm() });
      }
      ({ person, refused } = await judging);
    } catch (error) {
      logger.warn({ error: messageOf(error) }, 'cannot ask Slack who somebody is');
      return answer(saidView(md`Slack does not tell me who you are just now, so I did nothing. Please try again in a minute.`));
    }
    const onDenied = (reason: Refusal['reason']): void => onRefused({ userId, reason, what: whatOf(body), where: whereOf(body) });
    if (refused !== null) {
      onDenied(refused.reason);
      return answer(refused.said);
    }
    if (isAnswered && !isAnsweredHere(body)) return answer(actView(unreadableForm));
    await seeing({ amounts: seesAmounts(access(), { userId, email: person?.email ?? null }), onDenied }, next);
  });

  async function judge(userId: string, here: WorkspaceIdentity, asked: Asked, body: unknown) {
    const person = await people.byId(userId);
    return { person, refused: await refusalOf(person, here, asked, body) };
  }

  async function refusalOf(
    person: SlackPerson | null,
    here: WorkspaceIdentity,
    { deed, showsAccounts }: Asked,
    body: unknown,
  ): Promise<{ reason: Refusal['reason']; said: View } | null> {
    const policy = access();
    const reason = refusalReason(person, here, policy.bots);
    if (person === null || reason !== null) return { reason: reason ?? 'unknown', said: refusalView() };
    if (deed !== null && !isAmong(policy.may[deed], { userId: person.id, email: person.email }))
      return { reason: 'not-permitted', said: notPermittedView(deed) };
    if (showsAccounts && (isSharedOutside(body) || !(await isShownIn(policy, channelIdOf(body)))))
      return { reason: 'not-here', said: notHereView(await openAmong(policy.details ?? []).catch(() => [])) };
    return null;
  }

  /** On the Home tab, in forms and in direct messages everything is shown: one person alone reads them. */
  async function isShownIn({ details }: Access, channel: string | null): Promise<boolean> {
    return details === null || channel === null || channel.startsWith('D') || (await channelAmong(details, channel)) !== null;
  }
}
