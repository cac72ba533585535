import { randomUUID } from 'node:crypto';
import type { ChannelProblem } from './adapters/slack/channel-directory.ts';
import type { Refusal } from './adapters/slack/listeners/admission.ts';
import { channelNotice } from './app/channel-notice.ts';
import type { Clock, Logger, Store } from './app/ports.ts';
import type { ConfigProblem } from './config/problem.ts';
import { formatProblems } from './config/problem.ts';
import { type Change, newDelivery } from './core/change.ts';
import type { Message } from './core/delivery.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';
import { dayMs, type EpochMs } from './core/time.ts';
import { firstContact } from './first-contact.ts';

type NoticeDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  logger: Logger;
  /** Something is to be delivered. */
  onDue(): void;
};

/** What the bot says of itself: to the admin channel, to a channel that it has come into, and to the audit. */
export type Notices = {
  /** A changed journey.yml with mistakes. */
  refusedConfig(problems: readonly ConfigProblem[]): void;
  /** A sound journey.yml is in force: whoever heard of mistakes hears that they are gone. */
  tookConfigOver(): void;
  channelProblems(problems: readonly ChannelProblem[]): void;
  /** The bot has come into a channel. */
  joined(channel: string, channelId: string): Promise<void>;
  refusal(refusal: Refusal): void;
  /** Slack kept events from the bot in this minute. The admin channel hears of it once a day: Slack says so every minute. */
  slackLimited(minute: EpochMs | null): void;
};

/** Of a broken journey.yml; the log has them all. */
const problemsSaid = 10;

export function createNotices({ store, config, clock, logger, onDue }: NoticeDependencies): Notices {
  /** The mistakes that the admin channel has heard of, until it hears that they are gone. */
  let told: string | null = null;
  let limitedToldAt: EpochMs | null = null;
  return {
    refusedConfig(problems) {
      const title = 'journey.yml was changed and has mistakes; the old map stays';
      const lines = formatProblems(problems).split('\n');
      logger.error({ problems: lines }, title);
      const { adminChannel } = config();
      const wrong = lines.join('\n');
      // An editor saves the same mistakes more than once.
      if (adminChannel === null || wrong === told) return;
      told = wrong;
      const more = lines.length - problemsSaid;
      const said = [...lines.slice(0, problemsSaid), ...(more > 0 ? [`… and ${more} more: npm run journey -- check lists them all`] : [])];
      const message: Message = { kind: 'notice', severity: 'warning', title, lines: said };
      tell([newDelivery({ id: randomUUID(), channel: adminChannel, message, now: clock.now() })]);
    },
    tookConfigOver() {
      const { adminChannel } = config();
      const wasWorried = told !== null;
      told = null;
      if (!wasWorried || adminChannel === null) return;
      const message: Message = { kind: 'notice', severity: 'info', title: 'journey.yml is sound again, and in force', lines: [] };
      tell([newDelivery({ id: randomUUID(), channel: adminChannel, message, now: clock.now() })]);
    },
    channelProblems(problems) {
      const { adminChannel } = config();
      for (const { channel, problem } of problems) logger.warn({ channel, problem }, 'a channel of journey.yml takes no messages');
      if (adminChannel === null) return;
      tell(
        problems
          .filter(({ channel }) => channel !== adminChannel)
          .map(({ problem, ...trouble }) => channelNotice(adminChannel, { ...trouble, why: `It ${problem}.` }, config(), clock.now())),
      );
    },
    async joined(channel, channelId) {
      const subscriptions = await store.subscriptions();
      await store.commit([firstContact(config(), { channel, channelId, subscriptions }, clock.now())]);
      onDue();
    },
    refusal({ userId, reason, what, where }) {
      const why = `${reason}: ${what}, in ${where}`;
      logger.info({ userId, why }, 'somebody was refused');
      const entry = { id: randomUUID(), at: clock.now(), journeyId: null, alertId: null, who: userId, what: 'refused', why };
      store.commit([{ kind: 'audit.add', entry }]).catch((error: unknown) => logger.error({ err: error }, 'a refusal could not be noted'));
    },
    slackLimited(minute) {
      logger.warn(
        { minute: minute === null ? null : new Date(minute).toISOString() },
        'Slack kept events from the bot (app_rate_limited): they are lost',
      );
      const { adminChannel } = config();
      const now = clock.now();
      if (adminChannel === null || (limitedToldAt !== null && now - limitedToldAt < dayMs)) return;
      limitedToldAt = now;
      const title = 'Slack keeps events from me: too many in an hour, or too many were not answered';
      const lines = [
        'What people opened or pasted meanwhile is lost: the Home tab may be old, and links to the CRM show nothing. Commands, buttons and my messages are not concerned.',
        'If that goes on, look whether Slack reaches me at all times: PUBLIC_URL, the proxy before it, and the log.',
      ];
      const message: Message = { kind: 'notice', severity: 'warning', title, lines };
      tell([newDelivery({ id: randomUUID(), channel: adminChannel, message, now })]);
    },
  };

  function tell(changes: Change[]): void {
    if (changes.length === 0) return;
    store.commit(changes).then(onDue, (error: unknown) => logger.error({ err: error }, 'the admin channel could not be told'));
  }
}
