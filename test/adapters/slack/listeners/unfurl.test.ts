import { describe, expect, it, vi } from 'vitest';
import type { Access } from '../../../../src/core/access.ts';
import { openAccess } from '../../../../src/core/access.ts';
import type { SandboxMessage } from '../../../../src/sandbox/workspace.ts';
import { accountSummary, journeySummary } from '../samples.ts';
import { type SlackTest, startedSlack } from '../slack-in-sandbox.ts';

const users = [
  { name: 'dana', email: 'dana@us.example' },
  { name: 'gus', kind: 'guest' as const },
  { name: 'eve', kind: 'stranger' as const },
];
const channels = [
  { name: 'general', members: ['dana', 'gus'] },
  { name: 'deals', members: ['dana'] },
  { name: 'with-acme', isShared: true, members: ['dana', 'eve'] },
];
const started = (access: Partial<Access> = {}): Promise<SlackTest> =>
  startedSlack({ users, channels, unfurlDomains: ['crm.example'], access: () => ({ ...openAccess, ...access }) });

const pasted = (test: SlackTest, text: string, { user = 'dana', channel = 'general' } = {}): Promise<SandboxMessage> =>
  test.sandbox.say({ user, channel, text });
type Attachment = { from_url: string; blocks: unknown[] };
const shownUnder = (test: SlackTest, { channel, ts }: SandboxMessage): Attachment[] =>
  (test.sandbox.workspace.message(channel, ts)?.attachments ?? []) as Attachment[];
const shown = (test: SlackTest, message: SandboxMessage): Promise<Attachment[]> =>
  vi.waitFor(
    () => {
      const attachments = shownUnder(test, message);
      expect(attachments.length).toBeGreaterThan(0);
      return attachments;
    },
    { timeout: 20_000 },
  );
/** Waits until a link that is shown has been: what came before it has been dealt with. */
async function nothingUnder(test: SlackTest, message: SandboxMessage): Promise<void> {
  await shown(test, await pasted(test, 'https://crm.example/after', { channel: 'general' }));
  expect(shownUnder(test, message)).toEqual([]);
}

describe('a pasted link', () => {
  it('shows the account below the message: stage, days against what is expected, whom we miss, what is open, what is next', async () => {
    const test = await started();
    const [unfurl] = await shown(test, await pasted(test, 'Look at https://crm.example/d-1 please'));
    const text = JSON.stringify(unfurl);
    expect(unfurl?.from_url).toBe('https://crm.example/d-1');
    for (const said of [
      'Acme GmbH',
      'In *Decision* for 20 working days, expected: 15 working days – late',
      'Missing: Economic buyer',
      'Stalled in Decision',
      'Next step: Security review',
    ])
      expect(text).toContain(said);
  });

  it('is noted with where it stands, before it is shown', async () => {
    const test = await started();
    const message = await pasted(test, 'Look at https://crm.example/d-1 please, and https://crm.example/unknown');
    await shown(test, message);
    const at = { channelId: message.channel, ts: message.ts };
    expect(test.useCases.calls.filter(([name]) => name === 'links.noteShown')).toEqual([['links.noteShown', at, ['https://crm.example/d-1']]]);
  });

  it('is drawn anew as it is known then, and says so where nothing is', async () => {
    const test = await started();
    const message = await pasted(test, 'https://crm.example/d-1 https://crm.example/2');
    await shown(test, message);
    const { channel: channelId, ts } = message;
    const edited = {
      deliveryId: 'del-1',
      message: { kind: 'links' as const, urls: ['https://crm.example/d-1', 'https://crm.example/2'], names: [], texts: [] },
    };
    test.useCases.links.summary = async (url) =>
      url.endsWith('/2') ? null : { ...accountSummary(), account: { ...accountSummary().account, name: 'Bolt AG' } };
    await test.slack.notifier.edit({ ...edited, card: null }, { channelId, ts });
    const [first, second] = shownUnder(test, message).map((each) => JSON.stringify(each));
    expect(first).toContain('Bolt AG');
    expect(first).not.toContain('Acme GmbH');
    expect(second).toContain('Nothing is known of it any more');
  });

  it('offers all of it to whoever clicks', async () => {
    const test = await started();
    const [unfurl] = await shown(test, await pasted(test, 'https://crm.example/d-1'));
    expect(unfurl?.blocks.at(-1)).toMatchObject({
      elements: [{ text: { text: 'Show all' }, value: '{"view":"account","kind":"account","id":"a-1"}' }],
    });
  });

  it('is shown once however often it stands there, several each for itself, and unknown ones not at all', async () => {
    const test = await started();
    const attachments = await shown(
      test,
      await pasted(test, 'https://crm.example/1 https://crm.example/2 https://crm.example/unknown and again https://crm.example/1'),
    );
    expect(attachments.map(({ from_url }) => from_url)).toEqual(['https://crm.example/1', 'https://crm.example/2']);
  });

  it('to a record that nobody knows shows nothing', async () => {
    const test = await started();
    await nothingUnder(test, await pasted(test, 'https://crm.example/unknown'));
    expect(test.sandbox.workspace.calls('chat.unfurl')).toHaveLength(1);
  });

  it.each([
    ['a guest', { user: 'gus' }, 'guest'],
    ['somebody of another organisation', { user: 'eve', channel: 'with-acme' }, 'other-organisation'],
  ])('of %s shows nothing, and the refusal is noted', async (_who, where, reason) => {
    const test = await started();
    await nothingUnder(test, await pasted(test, 'https://crm.example/d-1', where));
    expect(test.refusals).toMatchObject([{ reason, what: 'link_shared' }]);
  });

  it('shows nothing in a channel that another organisation reads', async () => {
    const test = await started();
    await nothingUnder(test, await pasted(test, 'https://crm.example/d-1', { channel: 'with-acme' }));
  });

  it('shows nothing in a channel in which journey.yml shows no accounts', async () => {
    const test = await started({ details: ['#general'] });
    await nothingUnder(test, await pasted(test, 'https://crm.example/d-1', { channel: 'deals' }));
    expect(test.refusals).toMatchObject([{ reason: 'not-here', what: 'link_shared' }]);
  });

  it('shows amounts only in the channels that journey.yml names for them', async () => {
    const test = await started({ amounts: { who: { emails: ['dana@us.example'], userIds: [] }, channels: ['#deals'] } });
    const inDeals = await shown(test, await pasted(test, 'https://crm.example/1', { channel: 'deals' }));
    const inGeneral = await shown(test, await pasted(test, 'https://crm.example/1'));
    expect([inDeals, inGeneral].map((each) => JSON.stringify(each).includes('€48,000'))).toEqual([true, false]);
  });

  it('is previewed for its author while the message is being written, without buttons', async () => {
    const test = await started();
    const user = test.sandbox.workspace.users().find(({ name }) => name === 'dana')?.id;
    const id = 'U1-1234-abcd';
    await test.sandbox.sendEvent({
      type: 'link_shared',
      user,
      channel: 'COMPOSER',
      message_ts: id,
      unfurl_id: id,
      source: 'composer',
      links: [{ url: 'https://crm.example/1', domain: 'crm.example' }],
    });
    const call = await vi.waitFor(
      () => {
        const [asked] = test.sandbox.workspace.calls('chat.unfurl');
        expect(asked).toBeDefined();
        return asked;
      },
      { timeout: 20_000 },
    );
    expect(call?.args).toMatchObject({ unfurl_id: id, source: 'composer' });
    expect(JSON.stringify(call?.args.unfurls)).toContain('Acme GmbH');
    expect(JSON.stringify(call?.args.unfurls)).not.toContain('Show all');
  });

  it('leaves the message alone when something fails, and the log says so', async () => {
    const test = await started();
    test.useCases.links.summary = async () => {
      throw new Error('the store is away');
    };
    const message = await pasted(test, 'https://crm.example/1');
    await vi.waitFor(
      () => expect(test.logged).toContainEqual({ level: 'warn', fields: { error: 'the store is away' }, message: 'cannot unfurl a link' }),
      { timeout: 20_000 },
    );
    expect(shownUnder(test, message)).toEqual([]);
  });

  it('of a deal without an account shows the deal', async () => {
    const test = await started();
    test.useCases.links.summary = async () => ({ account: null, mute: null, journeys: [journeySummary({ name: 'Lonely deal', alerts: [] })] });
    const message = await pasted(test, 'https://crm.example/1');
    expect(JSON.stringify(await shown(test, message))).toMatch(/Lonely deal.*All clear/);
    expect(JSON.stringify(shownUnder(test, message))).toContain('\\"kind\\":\\"deal\\",\\"id\\":\\"d-1\\"');
  });

  it('of an account without a journey says so', async () => {
    const test = await started();
    test.useCases.links.summary = async () => accountSummary({ journeys: [] });
    expect(JSON.stringify(await shown(test, await pasted(test, 'https://crm.example/1')))).toContain('No journey yet');
  });
});
