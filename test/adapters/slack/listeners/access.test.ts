import { describe, expect, it } from 'vitest';
import { type Access, openAccess } from '../../../../src/core/access.ts';
import { defaultChannels, defaultUsers } from '../../../../src/sandbox/people.ts';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { blockIdAt, startedSlack } from '../slack-in-sandbox.ts';

const channelId = ({ workspace }: Sandbox, name: string): string => workspace.channels().find((channel) => channel.name === name)?.id ?? '';
const danaAlone = { emails: ['dana@us.example'], userIds: [] };
const withAccess = (access: Partial<Access>) => ({ access: () => ({ ...openAccess, ...access }) });
const onlyDanaMay = (...deeds: (keyof Access['may'])[]) =>
  withAccess({ may: { ...openAccess.may, ...Object.fromEntries(deeds.map((deed) => [deed, danaAlone])) } });

describe('who may do what', () => {
  it('refuses a deed to everybody who is not named, and does nothing', async () => {
    const { ask, useCases, refusals, sandbox } = await startedSlack(onlyDanaMay('mute'));
    const refused = await ask('mute acme 5bd holiday', 'theo');
    expect(refused.text).toContain('You may not mute accounts');
    expect(refused.text).toContain('access: mute');
    expect(useCases.calls).toEqual([]);
    expect(refusals).toMatchObject([{ reason: 'not-permitted', what: '/journey mute', where: channelId(sandbox, 'general') }]);
    await ask('mute acme 5bd holiday', 'dana');
    expect(useCases.calls.map(([name]) => name)).toContain('mute');
  });

  it('keeps reviewing apart from noting that it was done', async () => {
    const { ask, useCases, refusals } = await startedSlack(onlyDanaMay('acknowledge'));
    await ask('review', 'theo');
    expect((await ask('review done', 'theo')).text).toContain('You may not');
    expect(useCases.calls).toEqual([['review']]);
    expect(refusals).toHaveLength(1);
  });

  it('leaves questions to everybody', async () => {
    const { ask, refusals } = await startedSlack(onlyDanaMay('acknowledge', 'record', 'mute', 'subscribe'));
    for (const text of ['', 'help', 'account acme', 'why acme', 'stalled', 'metrics']) await ask(text, 'theo');
    expect(refusals).toEqual([]);
  });

  it('changes with journey.yml, without a restart', async () => {
    let access: Access = { ...openAccess, may: { ...openAccess.may, mute: danaAlone } };
    const { ask, useCases } = await startedSlack({ access: () => access });
    await ask('mute acme 5bd holiday', 'theo');
    access = openAccess;
    await ask('mute acme 5bd holiday', 'theo');
    expect(useCases.calls.filter(([name]) => name === 'mute')).toHaveLength(1);
  });
});

describe('where accounts are shown', () => {
  const details = withAccess({ details: ['#deal-alerts', '#revenue'] });

  it('is in the channels named', async () => {
    const { ask, useCases, refusals, sandbox } = await startedSlack(details);
    expect((await ask('account acme', 'dana', 'deal-alerts')).text).toContain('Acme');
    const refused = await ask('account acme', 'dana', 'general');
    expect(refused.text).toContain('not shown in this channel');
    expect(refused.text).toContain(`or in <#${channelId(sandbox, 'deal-alerts')}>, <#${channelId(sandbox, 'revenue')}>.`);
    expect(useCases.calls).toHaveLength(1);
    expect(refusals).toMatchObject([{ reason: 'not-here' }]);
  });

  it('names only channels that whoever asks can find', async () => {
    const channels = [
      ...defaultChannels,
      { name: 'board', id: 'C0BOARD00', isPrivate: true, members: ['marco'] },
      { name: 'old-deals', isArchived: true },
      { id: 'C0KEYACCT', name: 'key-accounts' },
    ];
    const { ask } = await startedSlack({
      ...withAccess({ details: ['#board', '#old-deals', '#no-such', 'C0BOARD00', 'C0NOTHERE', 'C0KEYACCT'] }),
      channels,
    });
    expect((await ask('account acme', 'dana', 'general')).text).toMatch(/Ask in a message to yourself, or in <#C0KEYACCT>\.$/);
    const none = await startedSlack(withAccess({ details: ['#no-such'] }));
    expect((await none.ask('account acme', 'dana', 'general')).text).toMatch(/Ask in a message to yourself\.$/);
  });

  it('is refused, and noted, also while Slack does not say which of them can be found', async () => {
    const { ask, sandbox, refusals } = await startedSlack(withAccess({ details: ['C0KEYACCT'] }));
    sandbox.workspace.setWeather({ failNext: { method: 'conversations.info', times: 1, error: 'internal_error' } });
    expect((await ask('account acme', 'dana', 'general')).text).toMatch(/not shown in this channel\. Ask in a message to yourself\.$/);
    expect(refusals).toMatchObject([{ reason: 'not-here' }]);
  });

  it('is in direct messages, always', async () => {
    const { ask, sandbox, refusals } = await startedSlack({
      ...details,
      channels: [...defaultChannels, { name: 'dm', isDirect: true, members: ['dana'] }],
    });
    expect((await ask('account acme', 'dana', sandbox.workspace.channels().find(({ isDirect }) => isDirect)?.id)).text).toContain('Acme');
    expect(refusals).toEqual([]);
  });

  it('is nothing that help and metrics depend on', async () => {
    const { ask, refusals } = await startedSlack(details);
    for (const text of ['help', 'metrics', 'mute acme 5bd holiday']) await ask(text);
    expect(refusals).toEqual([]);
  });
});

describe('amounts', () => {
  const danaSees = withAccess({ amounts: { who: danaAlone, channels: [] } });

  it('are shown to those named, and to nobody else', async () => {
    const { ask } = await startedSlack(danaSees);
    expect(JSON.stringify((await ask('deal acme', 'dana')).blocks)).toContain('48,000');
    const answer = JSON.stringify((await ask('deal acme', 'theo')).blocks);
    expect(answer).toContain('Acme rollout');
    expect(answer).not.toContain('48,000');
  });

  it('are no filter that those are offered who may not see them', async () => {
    const { ask, refusals, sandbox } = await startedSlack(danaSees);
    for (const text of ['stalled', 'help stalled', 'help silent', 'help subscribe']) {
      expect(JSON.stringify((await ask(text, 'dana')).blocks)).toContain('amount:');
      const offered = JSON.stringify((await ask(text, 'theo')).blocks);
      expect(offered).not.toContain('amount');
      expect(offered).toContain('owner:@me');
    }
    expect(refusals).toEqual([]);
    expect((await ask('stalled denied', 'theo')).text).toBe('You may not see amounts, say `sort:age`.');
    expect(refusals).toMatchObject([{ reason: 'not-permitted', what: '/journey stalled', where: channelId(sandbox, 'general') }]);
  });

  it('are hidden behind the buttons of an answer, too', async () => {
    const { ask, sandbox } = await startedSlack(danaSees);
    const picker = await ask('account ac', 'theo');
    const blockId = blockIdAt(picker, 2);
    await sandbox.act({ user: 'theo', channel: picker.channel, ts: picker.ts, actionId: 'show', blockId });
    const shown = () => JSON.stringify(sandbox.workspace.ephemerals()[0]?.blocks);
    await expect.poll(shown).toContain('Acme rollout');
    expect(shown()).not.toContain('48,000');
  });
});

describe('bots', () => {
  const users = [...defaultUsers, { id: 'U0ZAPIER0', name: 'zapier', kind: 'bot' as const }];

  it('are refused', async () => {
    const { ask, refusals } = await startedSlack({ users });
    expect((await ask('help', 'zapier')).text).toContain('only full members');
    expect(refusals).toMatchObject([{ reason: 'bot' }]);
  });

  it('are let in where journey.yml names them, as far as everyone is', async () => {
    const bots = ['U0ZAPIER0'];
    const { ask, useCases, refusals } = await startedSlack({
      users,
      access: () => ({ ...openAccess, bots, may: { ...openAccess.may, mute: danaAlone } }),
    });
    await ask('account acme', 'zapier');
    expect(useCases.calls).toHaveLength(1);
    await ask('mute acme 5bd holiday', 'zapier');
    expect(refusals).toMatchObject([{ reason: 'not-permitted' }]);
  });
});
