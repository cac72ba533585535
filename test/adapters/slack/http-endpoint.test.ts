import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerTo, slackInSandbox } from './slack-in-sandbox.ts';

const signingSecret = 'sandbox-signing-secret';

/** The bot in HTTP mode, behind a server as ours hands requests to it. */
async function httpSlack() {
  let listener: RequestListener = (_request, response) => response.end();
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const appUrl = `http://127.0.0.1:${port}/slack/events`;
  const test = await slackInSandbox({ appUrl, way: { mode: 'http', signingSecret } });
  if (test.slack.requestListener !== null) listener = test.slack.requestListener;
  await test.slack.start([]);

  async function post(text: string, headers: Record<string, string> = {}, at = Date.now(), path = '/slack/events'): Promise<number> {
    const timestamp = String(Math.floor(at / 1000));
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${text}`).digest('hex')}`;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature,
        ...headers,
      },
    });
    return answer.status;
  }
  return { ...test, post };
}

const command = (changes: Record<string, string> = {}): string =>
  new URLSearchParams({
    command: '/journey',
    text: 'help',
    user_id: 'U02DANA0000',
    channel_id: 'C1',
    channel_name: 'general',
    team_id: 'T1',
    trigger_id: 't-1',
    ...changes,
  }).toString();

describe('HTTP mode', () => {
  it('answers commands through our own server', async () => {
    const { sandbox, useCases } = await httpSlack();
    const { ok, responseUrlId } = await sandbox.command({ user: 'dana', channel: 'general', command: '/journey', text: 'account acme' });
    expect(ok).toBe(true);
    expect((await answerTo(sandbox, responseUrlId)).text).toContain('Acme GmbH');
    expect(useCases.calls).toEqual([['account', 'acme']]);
  });

  it('refuses old and future timestamps and wrong signatures', async () => {
    const { post } = await httpSlack();
    expect(await post(command())).toBe(200);
    expect(await post(command(), {}, Date.now() - 6 * 60_000)).toBe(401);
    expect(await post(command(), {}, Date.now() + 6 * 60_000)).toBe(401);
    expect(await post(command(), { 'x-slack-signature': 'v0=00' })).toBe(401);
  });

  it('takes a command without a text as one with an empty text', async () => {
    const { post, useCases } = await httpSlack();
    const body = new URLSearchParams(command());
    body.delete('text');
    expect(await post(body.toString())).toBe(200);
    await expect.poll(() => useCases.calls.map(([name]) => name)).toEqual(['home']);
  });

  it('takes the form type with a charset', async () => {
    const { post } = await httpSlack();
    expect(await post(command(), { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' })).toBe(200);
  });

  it('answers 404 for other paths instead of throwing', async () => {
    const { post } = await httpSlack();
    expect(await post(command(), {}, Date.now(), '/slack/other')).toBe(404);
  });

  it('does what comes twice once', async () => {
    const { post, useCases } = await httpSlack();
    const body = command({ text: 'mute "Acme GmbH"', trigger_id: 't-2', user_id: 'U02DANA0000' });
    expect(await post(body)).toBe(200);
    expect(await post(body, { 'x-slack-retry-num': '1' })).toBe(200);
    await expect.poll(() => useCases.calls.filter(([name]) => name === 'mute').length).toBe(1);
    expect(await post(command({ trigger_id: 't-3' }))).toBe(200);
    expect(useCases.calls.filter(([name]) => name === 'mute')).toHaveLength(1);
  });

  it.each([
    ['JSON', 'null', 'application/json'],
    ['a form', 'token=x&payload=%20null', 'application/x-www-form-urlencoded'],
  ])('refuses a body that is nothing, as %s, and goes on', async (_what, body, type) => {
    const { post } = await httpSlack();
    expect(await post(body, { 'content-type': type })).toBe(400);
    expect(await post(command())).toBe(200);
  });

  it('answers that Slack keeps events from it, and passes that on', async () => {
    const { post, limited } = await httpSlack();
    const said = { token: 'x', type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1_518_467_820, api_app_id: 'A1' };
    expect(await post(JSON.stringify(said), { 'content-type': 'application/json' })).toBe(200);
    expect(await post(JSON.stringify({ ...said, minute_rate_limited: 1e300 }), { 'content-type': 'application/json' })).toBe(200);
    expect(limited).toEqual([Date.parse('2018-02-12T20:37:00Z'), null]);
    expect(await post(JSON.stringify(said), { 'content-type': 'application/json', 'x-slack-signature': 'v0=00' })).toBe(401);
    expect(limited).toHaveLength(2);
  });

  it.each([
    ['a click of nobody', { type: 'block_actions', team: { id: 'T1' }, actions: [{ type: 'button', action_id: 'acknowledge', value: 'al-1' }] }],
    ['a form of nobody', { type: 'view_submission', team: null, view: { callback_id: 'mute_form' } }],
    ['a form that is none', { type: 'view_submission', team: { id: 'T1' } }],
    ['a menu of nobody', { type: 'block_suggestion', team: { id: 'T1' }, action_id: 'pick_account' }],
    ['a shortcut of nobody', { type: 'shortcut', team: { id: 'T1' }, callback_id: 'find_account' }],
  ])('acknowledges %s, does nothing, and says so in the log', async (_what, body) => {
    const { post, useCases, logged } = await httpSlack();
    expect(await post(new URLSearchParams({ payload: JSON.stringify(body) }).toString())).toBe(200);
    expect(useCases.calls).toEqual([]);
    expect(logged.filter(({ level }) => level === 'error' || level === 'warn')).toMatchObject([
      { level: 'warn', fields: { type: body.type }, message: 'a request of Slack lacks what all of its type have: nothing was done' },
    ]);
  });

  it.each(['{"type":"something_new"}', '{"type":"event_callback","event":null}', '{}'])(
    'acknowledges what is of no type that it knows: %s',
    async (body) => {
      const { post, logged } = await httpSlack();
      expect(await post(body, { 'content-type': 'application/json' })).toBe(200);
      expect(logged.at(-1)).toMatchObject({ level: 'warn', message: expect.stringContaining('nothing was done') });
    },
  );

  it('refuses what is too large, and hears the next request', async () => {
    const { post } = await httpSlack();
    expect(await post(command({ text: 'x'.repeat(2 * 1024 * 1024) }))).toBe(413);
    expect(await post(command())).toBe(200);
  });

  it('takes the form type in any letters', async () => {
    const { post } = await httpSlack();
    expect(await post(command(), { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' })).toBe(200);
  });
});
