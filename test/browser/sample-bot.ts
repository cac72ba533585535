import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { PageText } from '../../src/sandbox/page/page-text.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { accountAnswer, acmeCard, digest, resolveModal } from './sample-cards.ts';

export const sampleText: PageText = {
  workspaceName: 'Northwind Sales',
  appName: 'Journey',
  homeChannel: 'deal-alerts',
  intro: {
    title: 'What you are looking at',
    lines: [
      'A *Slack workspace on this machine* with a made-up company in it. The bot *Journey* gets its CRM history through the real webhook.',
      'It compares every deal with the team’s journey map and posts *one card a deal*, only where the two differ. When the deal moves, the card turns green.',
    ],
    tryThese: [
      { label: 'Look at an account', command: '/journey account acme', channel: '#deal-alerts' },
      { label: 'See what is stalled', command: '/journey stalled', channel: '#deal-alerts' },
      { label: 'Read the weekly digest', command: '/journey digest now', channel: '#revenue' },
    ],
  },
  commands: [
    { command: '/journey', usage: 'help', description: 'What needs you, and what I can do' },
    { command: '/journey', usage: 'account NAME', description: 'The card of an account' },
    { command: '/journey', usage: 'deal NAME', description: 'One deal, its path and its people' },
    { command: '/journey', usage: 'stalled', description: 'Deals that stand still' },
    { command: '/journey', usage: 'why NAME', description: 'Which rules were checked on which values' },
    { command: '/journey', usage: 'digest now', description: 'The weekly digest, now' },
  ],
};

/** An app on the real library, in Socket Mode, that knows nothing yet and is not started. */
export function createBot(sandbox: Sandbox): App {
  const clientOptions = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } };
  // The client waits this long before it lets go of its socket.
  const receiver = new SocketModeReceiver({
    appToken: sandbox.appToken,
    clientPingTimeout: 3000,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  return new App({ token: sandbox.botToken, receiver, convoStore: false, logLevel: LogLevel.ERROR, clientOptions });
}

/** A small bot on the real library, so that what the page does travels all the way and back. */
export async function startSampleBot(sandbox: Sandbox): Promise<App> {
  const bot = createBot(sandbox);
  bot.command('/journey', async ({ command, ack, respond, client }) => {
    await ack();
    if (command.text.startsWith('account')) await respond({ response_type: 'ephemeral', ...accountAnswer });
    else if (command.text.startsWith('digest')) await client.chat.postMessage({ channel: command.channel_id, ...digest });
    else await respond({ response_type: 'ephemeral', text: `I do not know *${command.text || 'nothing'}* yet.` });
  });
  bot.action('acknowledge', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.channel || !body.message) return;
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, ...acmeCard('resolved') });
  });
  bot.action('resolve', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions') await client.views.open({ trigger_id: body.trigger_id, view: resolveModal });
  });
  for (const [actionId, what] of [
    ['snooze', 'snoozed'],
    ['mute', 'muted'],
    ['pick-journey', 'picked'],
  ] as const) {
    bot.action(actionId, async ({ ack, action, respond }) => {
      await ack();
      const value = action.type === 'button' ? action.value : 'selected_option' in action ? action.selected_option?.value : '';
      await respond({ response_type: 'ephemeral', replace_original: false, text: `You ${what} *${value}*.` });
    });
  }
  bot.action('open-crm', async ({ ack }) => ack());
  bot.view('resolve', async ({ ack, view }) => {
    const note = view.state.values.note?.value?.value ?? '';
    if (note.length < 5) await ack({ response_action: 'errors', errors: { note: 'A few more words, please.' } });
    else await ack();
  });
  await bot.start();
  return bot;
}

/** A card with a thread, in #deal-alerts. Returns its ts. */
export async function postCard(bot: App): Promise<string> {
  const channel = '#deal-alerts';
  await bot.client.conversations.join({ channel: 'C02DEALALER' });
  const { ts = '' } = await bot.client.chat.postMessage({ channel, ...acmeCard('open') });
  await bot.client.chat.postMessage({ channel, thread_ts: ts, text: ':mag: New: the economic buyer is missing, for <@U02DANA0000>.' });
  await bot.client.chat.postMessage({ channel, thread_ts: ts, text: ':speech_balloon: Jonas Feld looked at pricing and nobody answered.' });
  return ts;
}
