import { describe, expect, it } from 'vitest';
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
});
