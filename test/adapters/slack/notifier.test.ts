import { describe, expect, it, vi } from 'vitest';
import { DeliveryError, type DeliveryFailure } from '../../../src/app/errors.ts';
import type { PostTarget, RenderedFor } from '../../../src/app/notifier.ts';
import type { Message } from '../../../src/core/delivery.ts';
import { readAloud } from './read-aloud.ts';
import { card, cardContent, stalledAlert } from './samples.ts';
import { type openWorkspace, slackInSandbox, startedSlack } from './slack-in-sandbox.ts';

const cardMessage = (deliveryId = 'del-1', content = cardContent()): RenderedFor => ({
  deliveryId,
  message: { kind: 'card', cardId: 'c-1' },
  card: card(content),
});
const noticeMessage = (title: string, deliveryId = 'del-n'): RenderedFor => ({
  deliveryId,
  message: { kind: 'notice', severity: 'info', title, lines: [] } satisfies Message,
  card: null,
});
const target = (channel = '#deal-alerts', changes: Partial<PostTarget> = {}): PostTarget => ({
  channel,
  threadTs: null,
  channelId: null,
  since: Date.now(),
  ...changes,
});

/** What the deliverer is told of a failed call. */
async function failureOf(call: Promise<unknown>): Promise<DeliveryFailure | null> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return null;
  expect(error).toBeInstanceOf(DeliveryError);
  return error instanceof DeliveryError ? error.failure : null;
}

describe('posting', () => {
  it('posts blocks with text, with the delivery’s id in the metadata and nothing unfurled', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const receipt = await slack.notifier.post(cardMessage('del-7'), target());
    const [posted] = sandbox.workspace.messages('deal-alerts').filter(({ blocks }) => blocks !== undefined);
    expect(posted).toMatchObject({
      channel: receipt.channelId,
      ts: receipt.ts,
      metadata: { event_type: 'journey_delivery', event_payload: { delivery: 'del-7' } },
    });
    expect(posted?.text).toContain('Acme rollout: Stalled in Decision');
    const [call] = sandbox.workspace.calls('chat.postMessage');
    expect(call?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false', parse: 'none' });
  });

  it('replies in the thread, and shows it in the channel where it should be seen', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const parent = await slack.notifier.post(cardMessage(), target());
    const message: Message = {
      kind: 'reply',
      cardId: 'c-1',
      reason: 'new',
      broadcast: true,
      notifyOwner: false,
      ownerEmail: null,
      journeyName: 'Acme rollout',
      alerts: [stalledAlert()],
    };
    await slack.notifier.post(
      { deliveryId: 'del-2', message, card: null },
      target('#deal-alerts', { threadTs: parent.ts, channelId: parent.channelId }),
    );
    expect(sandbox.workspace.messages('deal-alerts').at(-1)).toMatchObject({ threadTs: parent.ts, isBroadcast: true });
  });

  it('joins a public channel on its way when it is not in it', async () => {
    const { slack, sandbox } = await startedSlack();
    await slack.notifier.post(cardMessage(), target('#revenue'));
    expect(sandbox.workspace.channel('revenue')?.members).toContain(sandbox.botUserId);
  });

  it('mentions the owner by e-mail, asks for each once, and says so when there is nobody', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const dana = sandbox.workspace.users().find(({ name }) => name === 'dana');
    const said = async (content: ReturnType<typeof cardContent>) => {
      const { ts } = await slack.notifier.post(cardMessage('d', content), target());
      return JSON.stringify(sandbox.workspace.message('deal-alerts', ts)?.blocks);
    };
    for (let time = 0; time < 2; time += 1) {
      expect(await said(cardContent({ notifyOwner: true }))).toContain(`Owner: <@${dana?.id}>`);
      expect(await said(cardContent({ notifyOwner: true, ownerEmail: 'gone@us.example' }))).toContain(
        'gone@us.example (no Slack user has this e-mail address)',
      );
    }
    expect(await said(cardContent())).toContain('Owner: dana@us.example');
    expect(sandbox.workspace.calls('users.lookupByEmail')).toHaveLength(2);
  });

  it('waits for ten minutes when Slack cannot say who is to be mentioned, and never says that nobody is', async () => {
    const { slack, sandbox, clock } = await startedSlack({}, ['#deal-alerts']);
    const toOwner = cardMessage('d', cardContent({ notifyOwner: true }));
    const fails = (how: object) => sandbox.workspace.setWeather({ failNext: { method: 'users.lookupByEmail', times: 2, ...how } });
    const at = target('#deal-alerts', { since: clock.now() });
    fails({ status: 429, retryAfter: 7, times: 1 });
    expect(await failureOf(slack.notifier.post(toOwner, at))).toEqual({ kind: 'retry', retryAfterMs: 7000 });
    fails({ status: 503 });
    expect(await failureOf(slack.notifier.post(toOwner, at))).toEqual({ kind: 'retry', retryAfterMs: null });
    expect(sandbox.workspace.calls('chat.postMessage')).toHaveLength(0);
    const said = (ts: string) => JSON.stringify(sandbox.workspace.message('deal-alerts', ts)?.blocks);
    const { ts, channelId } = await slack.notifier.post(toOwner, at);
    expect(said(ts)).toContain('Owner: <@');
    clock.advance(61 * 60_000);
    fails({ status: 503 });
    await slack.notifier.edit(toOwner, { channelId, ts });
    expect(said(ts)).toContain('Owner: dana@us.example');
    expect(said(ts)).not.toContain('no Slack user');
    fails({ status: 503 });
    expect(said((await slack.notifier.post(toOwner, at)).ts)).toContain('Owner: dana@us.example');
  });

  it('mentions the manager and the team beside the owner, and on a clear card nobody', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const idOf = (name: string) => sandbox.workspace.users().find((user) => user.name === name)?.id;
    const mentions = [
      { who: 'manager' as const, label: 'Manager', emails: ['marco@us.example'] },
      { who: 'team' as const, label: 'Team Success', emails: ['ines@us.example', 'gone@us.example'] },
    ];
    const { ts } = await slack.notifier.post(cardMessage('d', cardContent({ mentions })), target());
    const said = () => JSON.stringify(sandbox.workspace.message('deal-alerts', ts)?.blocks);
    expect(said()).toContain(`Manager: <@${idOf('marco')}>`);
    expect(said()).toContain(`Team Success: <@${idOf('ines')}>, gone@us.example (no Slack user has this e-mail address)`);
    await slack.notifier.edit(cardMessage('d', cardContent({ mentions, state: 'clear' })), {
      channelId: sandbox.workspace.channel('deal-alerts')?.id ?? '',
      ts,
    });
    expect(said()).not.toContain('<@');
  });

  it('knows whether one of several people is in Slack, and says so when it cannot be asked', async () => {
    const { slack, sandbox } = await startedSlack();
    expect(await slack.notifier.knowsAny(['gone@us.example', 'Dana@us.example'])).toBe(true);
    expect(await slack.notifier.knowsAny(['gone@us.example'])).toBe(false);
    expect(await slack.notifier.knowsAny([])).toBe(false);
    sandbox.workspace.setWeather({ failNext: { method: 'users.lookupByEmail', times: 1, error: 'internal_error' } });
    expect(await failureOf(slack.notifier.knowsAny(['theo@us.example']))).toEqual({ kind: 'retry', retryAfterMs: null });
    expect(await slack.notifier.knowsAny(['theo@us.example'])).toBe(true);
  });

  it('leaves a harmless message for a deal with a harmful name', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const { ts } = await slack.notifier.post(cardMessage('d', cardContent({ name: '<!channel> & <b>' })), target());
    const posted = sandbox.workspace.message('deal-alerts', ts);
    expect(posted?.text).toContain('&lt;!channel&gt; &amp; &lt;b&gt;');
    expect(JSON.stringify(posted)).not.toContain('<!channel>');
  });

  it('gives up what cannot be drawn, which no other attempt would change', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const call = slack.notifier.post(cardMessage('del-1', { ...cardContent(), closeDate: 'no day' }), target());
    expect(await failureOf(call)).toEqual({ kind: 'content', code: 'not_drawn' });
    expect(sandbox.workspace.calls('chat.postMessage')).toEqual([]);
  });
});

describe('editing', () => {
  it('brings the message to its newest content and keeps its metadata', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const receipt = await slack.notifier.post(cardMessage('del-1'), target());
    await slack.notifier.edit(cardMessage('del-2', cardContent({ state: 'clear', alerts: [] })), receipt);
    const message = sandbox.workspace.message('deal-alerts', receipt.ts);
    expect(message?.text).toBe('All clear: Acme rollout');
    expect(message?.metadata?.event_payload).toEqual({ delivery: 'del-1' });
    expect(readAloud({ blocks: message?.blocks as Parameters<typeof readAloud>[0]['blocks'] })).toContain('🟢');
  });

  it('says that the message is gone', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const channelId = sandbox.workspace.channel('deal-alerts')?.id ?? '';
    expect(await failureOf(slack.notifier.edit(cardMessage(), { channelId, ts: '1700000000.000100' }))).toEqual({ kind: 'message-gone' });
  });

  it('joins a public channel on its way that it was taken out of', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const receipt = await slack.notifier.post(cardMessage(), target());
    sandbox.workspace.setWeather({ failNext: { method: 'chat.update', times: 1, error: 'not_in_channel' } });
    await slack.notifier.edit(cardMessage('del-1', cardContent({ state: 'clear' })), receipt);
    expect(sandbox.workspace.message('deal-alerts', receipt.ts)?.editedTs).toBeTruthy();
    expect(sandbox.workspace.calls('conversations.join')).toHaveLength(2);
  });

  it('may simply be tried again when nobody knows whether it arrived', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const receipt = await slack.notifier.post(cardMessage(), target());
    sandbox.workspace.setWeather({ failNext: { method: 'chat.update', times: 1, status: 500 } });
    expect(await failureOf(slack.notifier.edit(cardMessage(), receipt))).toEqual({ kind: 'retry', retryAfterMs: null });
  });
});

describe('failures', () => {
  it.each<[string, Parameters<Awaited<ReturnType<typeof openWorkspace>>['workspace']['setWeather']>[0]['failNext'], DeliveryFailure]>([
    ['waits as long as Slack says', { method: 'chat.postMessage', times: 1, status: 429, retryAfter: 7 }, { kind: 'retry', retryAfterMs: 7000 }],
    ['does not know after a server error', { method: 'chat.postMessage', times: 1, status: 503 }, { kind: 'ambiguous' }],
    [
      'does not know after an answer that never came',
      { method: 'chat.postMessage', times: 1, outcome: 'timeout-after-accept', hangMs: 20 },
      { kind: 'ambiguous' },
    ],
    ['does not know after Slack’s own fatal error', { method: 'chat.postMessage', times: 1, error: 'fatal_error' }, { kind: 'ambiguous' }],
    [
      'gives up on blocks that Slack refuses',
      { method: 'chat.postMessage', times: 1, error: 'invalid_blocks' },
      { kind: 'content', code: 'invalid_blocks' },
    ],
    [
      'gives up on too much text',
      { method: 'chat.postMessage', times: 1, error: 'msg_blocks_too_long' },
      { kind: 'content', code: 'msg_blocks_too_long' },
    ],
    [
      'leaves a channel that takes no posts',
      { method: 'chat.postMessage', times: 1, error: 'restricted_action' },
      { kind: 'channel', code: 'restricted_action' },
    ],
    [
      'comes back later after an error it does not know',
      { method: 'chat.postMessage', times: 1, error: 'brand_new_error' },
      { kind: 'retry', retryAfterMs: 300_000 },
    ],
  ])('%s', async (_rule, failNext, expected) => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    if (failNext !== undefined) sandbox.workspace.setWeather({ failNext });
    expect(await failureOf(slack.notifier.post(cardMessage(), target()))).toEqual(expected);
    expect(sandbox.workspace.calls('chat.postMessage')).toHaveLength(1);
  });

  it('says which channel does not exist or is archived', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    expect(await failureOf(slack.notifier.post(cardMessage(), target('#nowhere')))).toEqual({ kind: 'channel', code: 'channel_not_found' });
    sandbox.workspace.archiveChannel('deal-alerts');
    expect(await failureOf(slack.notifier.post(cardMessage(), target()))).toEqual({ kind: 'channel', code: 'is_archived' });
  });

  it('tells one person alone, in a direct message, and finds it again', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const dana = sandbox.workspace.users().find(({ name }) => name === 'dana')?.id ?? '';
    const { channelId, ts } = await slack.notifier.post(noticeMessage('for you', 'del-dm'), target(dana));
    expect(channelId).toBe(sandbox.workspace.direct(dana).id);
    expect(await slack.notifier.find('del-dm', target(dana))).toMatchObject({ channelId, ts });
    await slack.notifier.edit(noticeMessage('changed', 'del-dm'), { channelId, ts });
    expect(sandbox.workspace.message(channelId, ts)?.text).toContain('changed');
    expect(await slack.notifier.post(noticeMessage('in its thread', 'del-2'), target(dana, { threadTs: ts, channelId }))).toMatchObject({
      channelId,
    });
    const theo = sandbox.workspace.users().find(({ name }) => name === 'theo')?.id ?? '';
    sandbox.workspace.deactivateUser(theo);
    expect(await failureOf(slack.notifier.post(noticeMessage('for nobody'), target(theo)))).toEqual({ kind: 'channel', code: 'channel_not_found' });
  });

  it('goes on in a channel that was made anew under the name of one that is no more', async () => {
    const { slack, sandbox, clock } = await startedSlack({}, ['#deal-alerts']);
    const before = await slack.notifier.post(cardMessage('del-1'), target());
    sandbox.workspace.archiveChannel('deal-alerts');
    sandbox.workspace.renameChannel('deal-alerts', 'deal-alerts-old');
    const { id } = sandbox.workspace.addChannel({ name: 'deal-alerts', members: ['dana'] });
    expect((await slack.notifier.post(cardMessage('del-2'), target())).channelId).toBe(id);
    expect(await slack.notifier.find('del-2', target())).toMatchObject({ channelId: id });
    clock.advance(60_000);
    // What stood in the old one has gone with it.
    const thread = target('#deal-alerts', { threadTs: before.ts, channelId: before.channelId });
    expect(await failureOf(slack.notifier.post(noticeMessage('reply'), thread))).toEqual({ kind: 'message-gone' });
    expect(await failureOf(slack.notifier.edit(cardMessage(), before))).toEqual({
      kind: 'message-gone',
    });
  });

  it('looks for a channel made anew once a minute at most', async () => {
    const { slack, sandbox, clock } = await startedSlack({}, ['#deal-alerts']);
    const listed = () => sandbox.workspace.calls('conversations.list').length;
    const before = listed();
    sandbox.workspace.archiveChannel('deal-alerts');
    for (let time = 0; time < 3; time += 1) await failureOf(slack.notifier.post(cardMessage(), target()));
    expect(listed() - before).toBe(1);
    clock.advance(60_000);
    await failureOf(slack.notifier.post(cardMessage(), target()));
    expect(listed() - before).toBe(2);
  });

  it('tries again later when Slack cannot be reached at all', async () => {
    const test = await startedSlack({}, ['#deal-alerts']);
    await test.slack.stop();
    await test.sandbox.close();
    expect(await failureOf(test.slack.notifier.post(cardMessage(), target()))).toEqual({ kind: 'retry', retryAfterMs: null });
  });

  it('is loud about a token that Slack refuses, and is not ready until a call works again', async () => {
    const { slack, sandbox, logged } = await startedSlack({}, ['#deal-alerts']);
    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 1, error: 'token_revoked' } });
    expect(await failureOf(slack.notifier.post(cardMessage(), target()))).toEqual({ kind: 'retry', retryAfterMs: 300_000 });
    expect(logged).toContainEqual(expect.objectContaining({ level: 'error', fields: { code: 'token_revoked' } }));
    expect(slack.connected()).toBe(false);
    await slack.notifier.post(cardMessage(), target());
    expect(slack.connected()).toBe(true);
  });

  it('says once that Slack refuses the token, however many messages wait, and again when it was taken between', async () => {
    const { slack, sandbox, logged } = await startedSlack({}, ['#deal-alerts']);
    const revoked = (times: number) => sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times, error: 'token_revoked' } });
    const loud = () => logged.filter(({ level }) => level === 'error').length;
    revoked(3);
    for (let count = 0; count < 3; count += 1) await failureOf(slack.notifier.post(cardMessage(), target()));
    expect(loud()).toBe(1);
    await slack.notifier.post(cardMessage(), target());
    revoked(1);
    await failureOf(slack.notifier.post(cardMessage(), target()));
    expect(loud()).toBe(2);
  });

  it('has no content to send for a card that is gone', async () => {
    const { slack } = await startedSlack({}, ['#deal-alerts']);
    expect(await failureOf(slack.notifier.post({ ...cardMessage(), card: null }, target()))).toEqual({ kind: 'content', code: 'no_card' });
  });
});

describe('finding', () => {
  it('finds what arrived although its answer did not', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 1, outcome: 'timeout-after-accept', hangMs: 20 } });
    await failureOf(slack.notifier.post(cardMessage('del-9'), target()));
    const posted = sandbox.workspace.messages('deal-alerts').at(-1);
    expect(await slack.notifier.find('del-9', target())).toEqual({ channelId: posted?.channel, ts: posted?.ts, at: expect.any(Number) });
    expect(await slack.notifier.find('del-10', target())).toBeNull();
  });

  it('finds a reply in its thread', async () => {
    const { slack } = await startedSlack({}, ['#deal-alerts']);
    const parent = await slack.notifier.post(cardMessage(), target());
    const thread = target('#deal-alerts', { threadTs: parent.ts, channelId: parent.channelId });
    const reply = await slack.notifier.post(noticeMessage('in the thread', 'del-r'), thread);
    expect(await slack.notifier.find('del-r', thread)).toMatchObject({ ts: reply.ts });
    expect(await slack.notifier.find('del-r', target())).toBeNull();
    expect(await slack.notifier.find('del-r', target('#deal-alerts', { threadTs: '1700000000.000100' }))).toBeNull();
  });

  it('reads every page back to when the delivery was made, and no further', async () => {
    let now = Date.parse('2026-09-07T09:00:00Z');
    const { slack, sandbox } = await startedSlack({ now: () => now }, ['#deal-alerts']);
    await slack.notifier.post(noticeMessage('long ago', 'del-old'), target());
    now += 3_600_000;
    const since = now;
    const first = await slack.notifier.post(noticeMessage('first', 'del-first'), target());
    for (let message = 0; message < 3_100; message += 1) await sandbox.say({ user: 'dana', channel: 'deal-alerts', text: `${message}` });
    expect(await slack.notifier.find('del-first', target('#deal-alerts', { since }))).toMatchObject({ ts: first.ts });
    expect(await slack.notifier.find('del-old', target('#deal-alerts', { since }))).toBeNull();
    expect(await slack.notifier.find('del-old', target('#deal-alerts', { since: since - 3_600_000 }))).not.toBeNull();
  });

  it('joins a public channel on its way when it is not in it any more', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    const { ts } = await slack.notifier.post(cardMessage('del-1'), target());
    sandbox.workspace.leave('deal-alerts', sandbox.botUserId);
    expect(await slack.notifier.find('del-1', target())).toMatchObject({ ts });
    sandbox.workspace.leave('deal-alerts', sandbox.botUserId);
    sandbox.workspace.setWeather({ failNext: { method: 'conversations.join', times: 1, error: 'is_archived' } });
    expect(await failureOf(slack.notifier.find('del-1', target()))).toEqual({ kind: 'channel', code: 'not_in_channel' });
  });

  it('can be tried again when the history cannot be read now', async () => {
    const { slack, sandbox } = await startedSlack({}, ['#deal-alerts']);
    sandbox.workspace.setWeather({ failNext: { method: 'conversations.history', times: 1, status: 429, retryAfter: 3 } });
    expect(await failureOf(slack.notifier.find('del-1', target()))).toEqual({ kind: 'retry', retryAfterMs: 3000 });
  });
});

it('never writes a token into the log', async () => {
  const test = await slackInSandbox({ botToken: 'xoxb-secret-1', appToken: 'xapp-secret-2' });
  await test.slack.start(['#nowhere']);
  await vi.waitFor(() => expect(test.logged.length).toBeGreaterThan(0), { timeout: 20_000 });
  expect(JSON.stringify(test.logged)).not.toMatch(/secret-[12]/);
});
