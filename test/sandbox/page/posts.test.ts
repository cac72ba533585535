import { describe, expect, it } from 'vitest';
import { connectApp } from '../open-sandbox.ts';
import { openPage } from './open-page.ts';

describe('what people do on the page', () => {
  it('posts plain text as the person, escaped as Slack escapes it', async () => {
    const page = await openPage();
    const response = await page.post('/page/say', { as: page.id('theo'), channel: page.id('general'), text: '  <!channel> & <b>  ' });
    expect(response.json()).toEqual({});
    expect(page.sandbox.workspace.messages('general')).toMatchObject([{ user: page.id('theo'), text: '&lt;!channel&gt; &amp; &lt;b&gt;' }]);
  });

  it('replies in a thread', async () => {
    const page = await openPage();
    const ts = await page.botPosts({ channel: '#general', text: 'The card' });
    await page.post('/page/say', { as: page.id('theo'), channel: page.id('general'), text: 'On it', threadTs: ts });
    expect(page.sandbox.workspace.messages('general').at(-1)).toMatchObject({ threadTs: ts, text: 'On it' });
  });

  it('says when nobody answers a command', async () => {
    const page = await openPage();
    const response = await page.post('/page/say', { as: page.id('dana'), channel: page.id('general'), text: '/journey account acme' });
    expect(response.json()).toEqual({ notice: '/journey failed with the error “dispatch_failed”. No bot is connected to this workspace.' });
    expect(page.sandbox.workspace.messages('general')).toEqual([]);
  });

  it('knows which commands there are, and that threads take none', async () => {
    const page = await openPage();
    const say = async (rest: object) => (await page.post('/page/say', { as: page.id('dana'), channel: page.id('general'), ...rest })).json().notice;
    expect(await say({ text: '/jorney stalled' })).toContain('/jorney is not a valid command.');
    expect(await say({ text: '/journey stalled', threadTs: '1.000100' })).toBe('/journey is not supported in threads. Sorry!');
  });

  it.each([
    ['an unknown field', { as: 'U1', channel: 'C1', text: 'x', more: 1 }, 400],
    ['no text', { as: 'U1', channel: 'C1', text: ' ' }, 400],
    ['an unknown person', { as: 'U1', channel: 'C1', text: 'x' }, 500],
  ])('refuses %s and says why', async (_what, body, code) => {
    const page = await openPage();
    const response = await page.post('/page/say', body);
    expect(response.statusCode).toBe(code);
    expect(response.json().notice).not.toBe('');
  });

  it('mentions people and channels that it knows by name, in messages and in commands', async () => {
    const page = await openPage();
    const [theo, general] = [page.id('theo'), page.id('general')];
    await page.post('/page/say', { as: page.id('dana'), channel: general, text: 'For @theo, @nobody in #general, mail theo@us.example' });
    expect(page.sandbox.workspace.messages('general').at(-1)?.text).toBe(`For <@${theo}>, @nobody in <#${general}|general>, mail theo@us.example`);
  });

  it('asks the app for the options of a menu, and runs its shortcuts', async () => {
    const shortcuts = [{ type: 'global', name: 'Find', description: '', callbackId: 'find' }] as const;
    const page = await openPage({ shortcuts });
    const heard: unknown[] = [];
    await connectApp(page.sandbox, (app) => {
      app.shortcut(/.*/, async ({ ack, shortcut }) => {
        heard.push([shortcut.type, shortcut.callback_id]);
        await ack();
      });
      app.options('account', async ({ ack, payload }) =>
        ack({ options: [{ text: { type: 'plain_text', text: `${payload.value} :tada:` }, value: 'v' }] }),
      );
    });
    const ts = await page.botPosts({
      channel: '#general',
      text: 'x',
      blocks: [{ type: 'actions', block_id: 'b', elements: [{ type: 'external_select', action_id: 'account', min_query_length: 1 }] }],
    });
    const [as, channel] = [page.id('dana'), page.id('general')];
    const suggested = await page.post('/page/suggest', { as, where: { channel, ts }, actionId: 'account', blockId: 'b', value: 'Acme' });
    expect(suggested.json()).toEqual({ groups: [{ label: null, options: [{ value: 'v', text: 'Acme 🎉' }] }] });
    expect((await page.post('/page/shortcut', { as, callbackId: 'find' })).json()).toEqual({});
    expect((await page.post('/page/shortcut', { as, callbackId: 'log', message: { channel, ts } })).json()).toEqual({});
    expect(heard).toEqual([
      ['shortcut', 'find'],
      ['message_action', 'log'],
    ]);
  });

  it('asks for no options of a form that is closed by then', async () => {
    const page = await openPage();
    const body = { as: page.id('dana'), where: { viewId: 'V0GONE' }, actionId: 'account', blockId: 'b', value: 'Acme' };
    const answer = await page.post('/page/suggest', body);
    expect([answer.statusCode, answer.json()]).toEqual([200, { groups: [] }]);
  });

  it('says when nobody answers a shortcut', async () => {
    const page = await openPage();
    const { notice } = (await page.post('/page/shortcut', { as: page.id('dana'), callbackId: 'find' })).json();
    expect(notice).toBe('This shortcut failed with the error “dispatch_failed”. No bot is connected to this workspace.');
  });
});
