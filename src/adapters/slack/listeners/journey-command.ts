import type { App } from '@slack/bolt';
import type { Clock } from '../../../app/ports.ts';
import type { Acts, Answers, Notes, Subscriptions } from '../../../app/use-cases.ts';
import type { Found } from '../../../core/summary.ts';
import type { People } from '../people.ts';
import { accountView } from '../views/account.ts';
import type { View, ViewBlock } from '../views/blocks.ts';
import { dealView } from '../views/deal.ts';
import { dealsFoundView } from '../views/deals-found.ts';
import { digestPreview } from '../views/digest-preview.ts';
import { bold, join, md } from '../views/escape.ts';
import { commandHelpView, helpView } from '../views/help.ts';
import { homeView } from '../views/home.ts';
import { listView } from '../views/list.ts';
import { metricsView } from '../views/metrics.ts';
import { pathView } from '../views/path.ts';
import { notFoundView, type Purpose, pickerView } from '../views/picker.ts';
import { reviewView } from '../views/review.ts';
import { actView, muteView, notUnderstoodView } from '../views/said.ts';
import { subscriptionsView } from '../views/subscriptions.ts';
import { whyView } from '../views/why.ts';
import type { Answering } from './answering.ts';
import { type Click, clickOf } from './click.ts';
import { unescapeCommand } from './command-text.ts';
import { type JourneyCommand, parseCommand } from './parse-command.ts';
import { commandTextOf } from './request.ts';
import type { OpenSubscriptionForm } from './subscription-form.ts';
import { seesAmountsHere } from './visitor.ts';

type CommandOptions = {
  answers: Answers;
  acts: Acts;
  notes: Notes;
  subscriptions: Pick<Subscriptions, 'subscriptionsOf'>;
  openSubscription: OpenSubscriptionForm;
  people: People;
  clock: Clock;
  answering: Answering;
};

type Asker = { userId: string; click: Click; channel: { id: string; name: string | null } };

/** `/journey …`: what was typed, to a use case; what it says, to the one who typed. */
export function listenToCommand(app: App, options: CommandOptions): void {
  const emailOf = async (userId: string): Promise<string | null> => (await options.people.byId(userId))?.email ?? null;
  app.command('/journey', async ({ command, body, respond }) => {
    await options.answering(respond, 'command', async () => {
      const asked = parseCommand(await unescapeCommand(commandTextOf(body) ?? '', emailOf));
      const asker = {
        userId: command.user_id,
        click: clickOf(body),
        channel: { id: command.channel_id, name: channelName(command.channel_name) },
      };
      return answer(asked, asker, options, emailOf);
    });
  });
}

async function answer(
  asked: JourneyCommand,
  { userId, click, channel }: Asker,
  options: CommandOptions,
  emailOf: (userId: string) => Promise<string | null>,
): Promise<View<ViewBlock> | null> {
  const { answers, acts, notes, clock } = options;
  switch (asked.do) {
    case 'home': {
      const email = await emailOf(userId);
      return homeView(await answers.home({ email }), email);
    }
    case 'help':
      return asked.about === null ? helpView() : commandHelpView(asked.about, undefined, seesAmountsHere());
    case 'account':
      return foundView(await answers.account(asked.query), { do: 'account' }, (summary) => accountView(summary, clock.now()));
    case 'deal':
      return foundView(await answers.deal(asked.query), { do: 'deal' }, (summary) => dealView(summary, clock.now()));
    case 'path':
      return foundView(await answers.path(asked.query), { do: 'path' }, pathView);
    case 'why':
      return foundView(await answers.why(asked.query), { do: 'why' }, whyView);
    case 'list': {
      const listed = await answers.list(asked.which, asked.filter, asked.page, { userId, email: await emailOf(userId) });
      return listed.ok ? listView(asked.which, listed.list, seesAmountsHere()) : notUnderstoodView(listed.message);
    }
    case 'metrics': {
      const measured = await answers.metrics(asked.filter);
      return measured.ok ? metricsView(measured.metrics) : notUnderstoodView(measured.message);
    }
    case 'mute': {
      const { duration, reason } = asked;
      const found = await acts.findAccount(asked.query);
      if (found.kind === 'one') return muteView(await acts.mute(found.summary.id, duration, reason, userId), found.summary.id);
      const purpose = { do: 'mute', duration, reason } as const;
      return found.kind === 'deals' ? dealsFoundView(found, purpose) : foundView(found, purpose, () => helpView());
    }
    case 'unmute': {
      const found = await acts.findAccount(asked.query);
      if (found.kind === 'one') return actView(await acts.unmute(found.summary.id, userId));
      return found.kind === 'deals' ? dealsFoundView(found, { do: 'unmute' }) : foundView(found, { do: 'unmute' }, () => helpView());
    }
    case 'note':
      return foundView(await notes.note(asked.query, asked.note, userId), { do: 'note', note: asked.note }, actView);
    case 'digest': {
      const preview = await answers.digestNow(channel, asked.filter, { userId, email: await emailOf(userId) });
      return preview.ok ? digestPreview(preview) : notUnderstoodView(preview.message);
    }
    case 'subscribe': {
      const mine = await options.subscriptions.subscriptionsOf(userId);
      if (mine.length > 0) return subscriptionsView(mine, clock.now(), asked.filter);
      return options.openSubscription(click, asked.filter);
    }
    case 'review':
      return asked.done ? actView(await acts.reviewDone(userId)) : reviewView(await answers.review());
    case 'incomplete':
      return commandHelpView(asked.word, md`${asked.problem}`, seesAmountsHere());
    case 'unknown':
      return helpView(md`There is no “${asked.word}”. Did you mean ${join(asked.suggestions.map(bold), ' or ')}?`);
  }
}

function foundView<Summary>(found: Found<Summary>, purpose: Purpose, show: (summary: Summary) => View): View {
  switch (found.kind) {
    case 'one':
      return show(found.summary);
    case 'several':
      return pickerView(found.query, found.matches, purpose);
    case 'none':
      return notFoundView(found.query, found.nearest, purpose);
  }
}

/** Slack names private and direct conversations by their kind. */
const channelName = (name: string): string | null => (name === '' || name === 'directmessage' || name === 'privategroup' ? null : name);
