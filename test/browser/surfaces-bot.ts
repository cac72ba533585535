import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { picture } from '../sandbox/pictures.ts';
import { createBot } from './sample-bot.ts';
import { wholeForm } from './whole-form.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const accounts = ['Acme', 'Acme Labs', 'Blueprint Bikes', 'Chimera Chemicals'];

export const shortcuts = [
  { type: 'message', name: 'Log as touchpoint', description: 'Somebody wrote or called', callbackId: 'log' },
  { type: 'global', name: 'Find account', description: 'Where a customer stands', callbackId: 'find' },
] as const;

const loading: ModalView = { type: 'modal', title: plain('Log a touchpoint'), blocks: [{ type: 'section', text: plain('One moment …') }] };
const details: ModalView = {
  type: 'modal',
  title: plain('Details'),
  close: plain('Back'),
  blocks: [{ type: 'section', text: plain('More of it.') }],
};

const logForm = (text: string): ModalView => ({
  type: 'modal',
  callback_id: 'logged',
  title: plain('Log a touchpoint'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input',
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'plain_text_input', action_id: 'text', initial_value: text, multiline: true },
    },
    { type: 'actions', elements: [{ type: 'button', action_id: 'details', text: plain('Details') }] },
  ],
});

const home = (clicks: number): KnownBlock[] => [
  { type: 'header', text: plain('My accounts') },
  { type: 'section', text: { type: 'mrkdwn', text: `*Acme* needs you. Pressed ${clicks} times.` } },
  { type: 'actions', elements: [{ type: 'button', action_id: 'press', text: plain('Acknowledge') }] },
];

/** Everything that an app can do in Slack beside posting: home tab, forms, shortcuts, previews of links, pictures. */
export async function startSurfacesBot(sandbox: Sandbox): Promise<App> {
  const bot = createBot(sandbox);
  const clicks = new Map<string, number>();
  bot.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: home(clicks.get(event.user) ?? 0) } });
  });
  bot.action('press', async ({ ack, body, client }) => {
    await ack();
    clicks.set(body.user.id, (clicks.get(body.user.id) ?? 0) + 1);
    await client.views.publish({ user_id: body.user.id, view: { type: 'home', blocks: home(clicks.get(body.user.id) ?? 0) } });
  });
  bot.shortcut('find', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: wholeForm });
  });
  bot.options(/^account/, async ({ ack, payload }) => {
    const found = accounts.filter((name) => name.toLowerCase().includes(payload.value.toLowerCase()));
    await ack({ options: found.map((name) => ({ text: plain(name), value: name })) });
  });
  bot.view('whole', async ({ ack, view, client }) => {
    const { values } = view.state;
    const days = values.days?.value?.value;
    if (Number(days) > 90) return ack({ response_action: 'errors', errors: { days: 'At most 90 days.' } });
    await ack();
    const heard = [
      values.account?.account?.selected_option?.value,
      values.others?.['account-more']?.selected_options?.map(({ value }) => value).join('+'),
      values.owner?.user?.selected_user,
      values.from?.date?.selected_date,
      values.at?.time?.selected_time,
      values.mood?.mood?.selected_option?.value,
      values.tell?.tell?.selected_options?.map(({ value }) => value).join('+'),
      values.roles?.roles?.selected_options?.map(({ value }) => value).join('+'),
      days,
    ];
    await client.chat.postMessage({ channel: '#general', text: `Saved: ${heard.join(', ')}` });
  });
  bot.shortcut('log', async ({ ack, shortcut, client }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    const { view } = await client.views.open({ trigger_id: shortcut.trigger_id, view: loading });
    await client.views.update({ view_id: view?.id ?? '', view: logForm(shortcut.message.text ?? '') });
  });
  bot.action('details', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions') await client.views.push({ trigger_id: body.trigger_id, view: details });
  });
  bot.view('logged', async ({ ack, view, client }) => {
    await ack();
    await client.chat.postMessage({ channel: '#general', text: `Logged: ${view.state.values.note?.text?.value}` });
  });
  bot.event('link_shared', async ({ event, client }) => {
    const blocks: KnownBlock[] = [{ type: 'section', text: { type: 'mrkdwn', text: '*Acme rollout* · stalled in Decision' } }];
    await client.chat.unfurl({
      channel: event.channel,
      ts: event.message_ts,
      unfurls: Object.fromEntries(event.links.map(({ url }) => [url, { blocks }])),
    });
  });
  await bot.start();
  return bot;
}

/** A message with an uploaded picture in a block and another one as its file. */
export async function postPictures(bot: App, channel: string): Promise<void> {
  await bot.client.conversations.join({ channel });
  await bot.client.filesUploadV2({ file: picture, filename: 'map.png', title: 'The map', alt_text: 'Acme stands in Decision', channel_id: channel });
  const { file_id: id = '', upload_url: url = '' } = await bot.client.files.getUploadURLExternal({ filename: 'lanes.png', length: picture.length });
  await fetch(url, { method: 'POST', body: new Uint8Array(picture) });
  await bot.client.files.completeUploadExternal({ files: [{ id }] });
  for (let looks = 0; looks < 2; looks += 1) await bot.client.files.info({ file: id });
  const blocks = [{ type: 'image', alt_text: 'Lanes of Acme’s journey', slack_file: { id }, title: plain('Journey') }] as KnownBlock[];
  await bot.client.chat.postMessage({ channel, text: 'Journey of Acme', blocks });
}
