import { describe, expect, it } from 'vitest';
import { picture, upload } from '../pictures.ts';
import { textOf } from './draw-fixture.ts';
import { openPage } from './open-page.ts';

describe('the page', () => {
  it('shows the channel, its messages and the people to act as', async () => {
    const page = await openPage();
    await page.botPosts({ channel: '#general', text: 'A deal named &lt;script&gt;' });
    const response = await page.get('/');
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.body).toContain('<title>#general · Northwind</title>');
    expect(response.body).toContain('A deal named &lt;script&gt;');
    expect(textOf(response.body)).toContain('Sam StrangerWorks at Elsewhere · From another organisation');
  });

  it('lets no script run but its own', async () => {
    const page = await openPage();
    const response = await page.get('/');
    expect(response.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(response.body.match(/<script[^>]*>/g)).toEqual([
      expect.stringMatching(/^<script type="module" src="\/page\/assets\/page\.js\?v=[0-9a-f]{12}">$/),
    ]);
  });

  it('serves every asset it names', async () => {
    const page = await openPage();
    const addresses = [...(await page.get('/')).body.matchAll(/"(\/page\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses) expect((await page.get(address)).statusCode).toBe(200);
    expect((await page.get('/page/assets/../mount-page.ts')).statusCode).toBe(404);
  });

  it('refuses other names of this machine’s address, and posts of other sites', async () => {
    const page = await openPage();
    const body = { as: page.id('dana'), channel: page.id('general'), text: 'Hello' };
    expect((await page.post('/page/say', body, { host: 'evil.example', origin: 'http://evil.example' })).statusCode).toBe(403);
    expect((await page.post('/page/say', body, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await page.post('/page/say', body, { origin: 'null' })).statusCode).toBe(403);
    expect(page.sandbox.workspace.messages('general')).toEqual([]);
    expect((await page.post('/page/say', body)).statusCode).toBe(200);
    expect(page.sandbox.workspace.messages('general')).toHaveLength(1);
  });

  it('pages a long channel, newest first', async () => {
    const page = await openPage();
    for (let index = 0; index < 230; index += 1) await page.sandbox.say({ user: 'dana', channel: 'general', text: `message ${index}.` });
    const first = (await page.get('/')).body;
    expect(textOf(first)).toContain('message 229.');
    expect(textOf(first)).toContain('message 130.');
    expect(textOf(first)).not.toContain('message 129.');
    const before = /data-before="([\d.]+)"/.exec(first)?.[1];
    const older = (await page.get(`/page/older?channel=${page.id('general')}&before=${before}`)).body;
    expect(textOf(older)).toContain('message 129.');
    expect(textOf(older)).not.toContain('message 130.');
    const oldest = (await page.get(`/page/older?channel=${page.id('general')}&before=${/data-before="([\d.]+)"/.exec(older)?.[1]}`)).body;
    expect(textOf(oldest)).toContain('the very beginning of #general');
    expect(oldest).not.toContain('data-before');
  });

  it('counts what a person has not read, mentions aloud, until they read it', async () => {
    const page = await openPage();
    await page.botPosts({ channel: '#general', text: 'One' });
    await page.botPosts({ channel: '#general', text: `Two, <@${page.id('dana')}>` });
    await page.sandbox.say({ user: 'dana', channel: 'general', text: 'My own' });
    const elsewhere = `/?as=${page.id('dana')}&channel=${page.id('revenue')}`;
    expect((await page.get(elsewhere)).body).toContain('<span class="count count--loud">2<span class="visually-hidden"> unread</span></span>');
    await page.get(`/?as=${page.id('dana')}&channel=${page.id('general')}`);
    expect((await page.get(elsewhere)).body).not.toContain('class="count');
    expect((await page.get(elsewhere.replace(page.id('dana'), page.id('theo')))).body).toContain('<span class="count">3');
  });

  it('shows guests and strangers the channels they are in, and no other', async () => {
    const page = await openPage({ channels: [{ name: 'general' }, { name: 'partners', members: ['gail'] }] });
    const gail = (await page.get(`/?as=${page.id('gail')}&channel=${page.id('general')}`)).body;
    expect(gail).toContain('#partners · Northwind');
    expect(gail).not.toContain('>general<');
    expect(textOf((await page.get(`/?as=${page.id('sam')}`)).body)).toContain('This person is in no channel.');
  });

  it('shows an ephemeral answer to its reader alone', async () => {
    const page = await openPage();
    const response = await fetch(`${page.sandbox.apiUrl}chat.postEphemeral`, {
      method: 'POST',
      headers: { authorization: `Bearer ${page.sandbox.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: page.id('general'), user: page.id('dana'), text: 'For your eyes' }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
    expect(textOf((await page.get(`/?as=${page.id('dana')}`)).body)).toContain('For your eyes');
    expect(textOf((await page.get(`/?as=${page.id('theo')}`)).body)).not.toContain('For your eyes');
  });

  it('draws a thread beside the channel, and its replies not in it', async () => {
    const page = await openPage();
    const ts = await page.botPosts({ channel: '#general', text: 'The card' });
    await page.botPosts({ channel: '#general', text: 'A new finding', thread_ts: ts });
    const closed = textOf((await page.get('/')).body);
    expect(closed).toContain('1 reply');
    expect(closed).not.toContain('A new finding');
    expect(textOf((await page.get(`/?channel=${page.id('general')}&thread=${ts}`)).body)).toContain('A new finding');
    expect(textOf((await page.get(`/page/thread?channel=${page.id('general')}&thread=${ts}`)).body)).toContain('A new finding');
  });

  it('gives the files of the workspace to the browser, pictures as pictures', async () => {
    const page = await openPage({ fileProcessing: { looks: 0, ms: 0 } });
    const id = await upload(page.sandbox, picture);
    const drawn = await page.get(`/page/files/${id}`);
    expect([drawn.statusCode, drawn.headers['content-type'], drawn.rawPayload.equals(picture)]).toEqual([200, 'image/png', true]);
    const text = await page.get(`/page/files/${await upload(page.sandbox, Buffer.from('<script>'), 'evil.html')}`);
    expect([text.headers['content-type'], text.headers['content-disposition']]).toEqual(['application/octet-stream', 'attachment']);
    expect((await page.get('/page/files/F404')).statusCode).toBe(404);
    const blocks = [{ type: 'image', alt_text: 'A map', slack_file: { id } }];
    await page.botPosts({ channel: '#general', text: 'x', blocks });
    expect((await page.get(`/?channel=${page.id('general')}`)).body).toContain(`<img class="image image--block" src="/page/files/${id}" alt="A map"`);
  });

  it('has no message box where the app wants no messages', async () => {
    for (const isReadOnly of [true, false]) {
      const page = await openPage({ isReadOnly });
      const { id } = page.sandbox.workspace.direct('dana');
      const { body } = await page.get(`/?as=${page.id('dana')}&channel=${id}`);
      expect(body.includes('Sending messages to this app has been turned off.')).toBe(isReadOnly);
      expect(body.includes('<textarea')).toBe(!isReadOnly);
      expect((await page.get(`/?as=${page.id('dana')}&channel=${page.id('general')}`)).body).toContain('<textarea');
    }
  });
});
