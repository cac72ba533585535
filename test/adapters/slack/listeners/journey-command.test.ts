import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../../src/sandbox/workspace.ts';
import { readAloud } from '../read-aloud.ts';
import { answerTo, blockIdAt, startedSlack } from '../slack-in-sandbox.ts';

const said = (message: SandboxMessage): string => readAloud({ blocks: (message.blocks ?? []) as KnownBlock[] });

const dana = { userId: expect.stringMatching(/^U/), email: 'dana@us.example' };

describe('/journey', () => {
  it('is acknowledged at once and answers the asker alone', async () => {
    const { ask, sandbox } = await startedSlack();
    const message = await ask('');
    expect(message.ephemeralTo).toBe(sandbox.workspace.users().find(({ name }) => name === 'dana')?.id);
    expect(said(message)).toContain('1 journey of yours needs');
  });

  it('knows the asker by e-mail', async () => {
    const { ask, useCases } = await startedSlack();
    await ask('');
    await ask('stalled owner:@me');
    expect(useCases.calls).toEqual([
      ['home', { email: 'dana@us.example' }],
      ['list', 'stalled', 'owner:@me', 1, dana],
    ]);
  });

  it.each([
    ['account acme', 'Acme GmbH', ['account', 'acme']],
    ['deal rollout', '*Acme rollout*', ['deal', 'rollout']],
    ['why acme', '2 rules checked', ['why', 'acme']],
    ['gaps segment:enterprise', 'Page 1 of 2', ['list', 'gaps', 'segment:enterprise', 1, dana]],
    ['metrics new-business segment:enterprise', 'Longest in *Decision*', ['metrics', 'new-business segment:enterprise']],
    ['review', 'Review of the journey map', ['review']],
    ['review done', '✅ reviewDone done', ['reviewDone', expect.stringMatching(/^U/)]],
    ['path acme', '2 stages so far: 1 in time, 1 late, 1 missing, 1 without all that the map expects, 2 extra steps.', ['path', 'acme']],
    ['silent sort:age', 'Page 1 of 2', ['list', 'silent', 'sort:age', 1, dana]],
    [
      'note acme mood:-1 "New budget owner"',
      '✅ note done',
      ['note', 'acme', { text: 'New budget owner', mood: -1, direction: null, with: null, type: null }, expect.stringMatching(/^U/)],
    ],
    ['metrics nowhere', 'There is no map “nowhere”.', ['metrics', 'nowhere']],
    ['digest now', 'Only you see this preview', ['digestNow', { id: expect.any(String), name: 'general' }, '', dana]],
    ['digest nonsense', 'I do not understand “nonsense”.', ['digestNow', expect.anything(), 'nonsense', dana]],
    ['mute "Acme GmbH" 5bd on holiday', '✅ mute done', ['mute', 'a-1', '5bd', 'on holiday', expect.stringMatching(/^U/)]],
    ['unmute acme', '✅ unmute done', ['unmute', 'a-1', expect.stringMatching(/^U/)]],
    ['stalled nonsense', 'There is no filter “nonsense”', ['list', 'stalled', 'nonsense', 1, dana]],
  ])('%s', async (text, expected, call) => {
    const { ask, useCases } = await startedSlack();
    expect(said(await ask(text))).toContain(expected);
    expect(useCases.calls.at(-1)).toEqual(call);
  });

  it('helps with unknown words and missing names', async () => {
    const { ask, useCases } = await startedSlack();
    expect(said(await ask('stalld'))).toContain('There is no “stalld”. Did you mean */journey stalled*?');
    expect(said(await ask('acc'))).toContain('Did you mean */journey account*?');
    expect(said(await ask('account'))).toContain('A name is missing.\n*/journey account NAME*');
    expect(said(await ask('note acme mood:9 "x"'))).toContain('“9” is no mood');
    expect(useCases.calls).toEqual([]);
  });

  it('helps with one command, in detail and with examples', async () => {
    const { ask, useCases } = await startedSlack();
    const help = said(await ask('help metrics'));
    expect(help).toContain('*/journey metrics MAP*');
    expect(help).toContain('*/journey metrics period:2026-Q3*');
    expect(useCases.calls).toEqual([]);
  });

  it('notes what was typed on the one that is picked', async () => {
    const { ask, sandbox, useCases } = await startedSlack();
    const picker = await ask('note ac mood:-1 "New budget owner"');
    await sandbox.act({ user: 'dana', channel: picker.channel, ts: picker.ts, actionId: 'note', blockId: blockIdAt(picker, 2) });
    const note = { text: 'New budget owner', mood: -1, direction: null, with: null, type: null };
    await expect
      .poll(() => useCases.calls.at(-1))
      .toEqual(['noteOn', expect.objectContaining({ kind: 'deal', id: 'd-1' }), note, expect.any(String)]);
    await expect.poll(() => said(sandbox.workspace.ephemerals()[0] ?? picker)).toContain('✅ noteOn done');
  });

  it('says that nothing has this name', async () => {
    const { ask } = await startedSlack();
    expect(said(await ask('account nobody'))).toContain('Nothing is called “nobody”');
  });

  it('gives a reference when something fails, and logs the error under it', async () => {
    const { ask, logged } = await startedSlack();
    const message = said(await ask('account boom'));
    const reference = /reference: (\w{8})/.exec(message)?.[1];
    expect(message).toContain('Something went wrong here, nothing was changed.');
    expect(message).not.toContain('the store is away');
    expect(logged).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ reference, err: expect.any(Error) }) }),
    );
  });

  it('lets a person pick one of several, and puts the answer in the place of the question', async () => {
    const { ask, sandbox } = await startedSlack();
    const picker = await ask('account ac');
    expect(said(picker)).toBe('Which “ac” do you mean?\n*Acme GmbH* · account [Show]\n*Acme rollout* · deal [Show]');
    const blockId = blockIdAt(picker, 2);
    await sandbox.act({ user: 'dana', channel: picker.channel, ts: picker.ts, actionId: 'show', blockId });
    await expect.poll(() => said(sandbox.workspace.ephemerals()[0] ?? picker)).toContain('[Acme GmbH] [Open in CRM]');
    expect(sandbox.workspace.ephemerals()).toHaveLength(1);
  });

  it('mutes the one that is picked with what was typed', async () => {
    const { ask, sandbox, useCases } = await startedSlack();
    const picker = await ask('mute ac 5bd on holiday');
    const blockId = blockIdAt(picker, 1);
    await sandbox.act({ user: 'dana', channel: picker.channel, ts: picker.ts, actionId: 'mute', blockId });
    await expect.poll(() => useCases.calls.at(-1)).toEqual(['mute', 'a-1', '5bd', 'on holiday', expect.any(String)]);
    await expect.poll(() => said(sandbox.workspace.ephemerals()[0] ?? picker)).toContain('✅ mute done\n[Unmute]');
  });

  it('mutes the account of a deal that was named, with what was typed', async () => {
    const { ask, sandbox, useCases } = await startedSlack();
    expect(said(await ask('unmute rollout'))).toContain('[Unmute Acme GmbH]');
    const found = await ask('mute rollout 5bd on holiday');
    expect(said(found)).toContain('No account is called “rollout”, but a deal is.');
    await sandbox.act({ user: 'dana', channel: found.channel, ts: found.ts, actionId: 'mute', blockId: blockIdAt(found, 1) });
    await expect.poll(() => useCases.calls.at(-1)).toEqual(['mute', 'a-1', '5bd', 'on holiday', expect.any(String)]);
  });

  it('turns the pages of a list in place', async () => {
    const { ask, sandbox, useCases } = await startedSlack();
    const list = await ask('stalled owner:@me');
    await sandbox.act({ user: 'dana', channel: list.channel, ts: list.ts, actionId: 'list_next' });
    await expect.poll(() => said(sandbox.workspace.ephemerals()[0] ?? list)).toContain('(Page 2 of 2');
    expect(useCases.calls.at(-1)).toEqual(['list', 'stalled', 'owner:@me', 2, dana]);
  });

  it('answers why below the account that it is asked of', async () => {
    const { ask, sandbox, useCases } = await startedSlack();
    const account = await ask('account acme');
    const { responseUrlId } = await sandbox.act({ user: 'dana', channel: account.channel, ts: account.ts, actionId: 'show' });
    expect(said(await answerTo(sandbox, responseUrlId))).toContain('2 rules checked');
    expect(useCases.calls.at(-1)).toEqual(['whyById', { kind: 'deal', id: 'd-1' }]);
    expect(sandbox.workspace.ephemerals()).toHaveLength(2);
  });
});

describe('admission', () => {
  it.each([
    ['gail', 'guest'],
    ['sam', 'other-organisation'],
  ])('refuses %s politely, and reports it', async (user, reason) => {
    const { ask, useCases, refusals, sandbox } = await startedSlack({
      channels: [{ name: 'shared', isShared: true, members: ['dana', 'gail', 'sam'] }],
    });
    const message = await ask('account acme', user, 'shared');
    expect(said(message)).toBe('Sorry, journey answers only full members of this workspace.');
    expect(useCases.calls).toEqual([]);
    const userId = sandbox.workspace.users().find(({ name }) => name === user)?.id;
    expect(refusals).toEqual([{ userId, reason, what: '/journey account', where: message.channel }]);
  });

  it('lets in members whom Slack knows through the Enterprise organisation, and names no team of', async () => {
    const { ask, refusals } = await startedSlack({ users: [{ name: 'dana' }, { name: 'erin', isOfEnterprise: true }] });
    expect(said(await ask('account acme', 'erin'))).toContain('Acme');
    expect(refusals).toEqual([]);
  });

  it('refuses people who have left, once Slack is asked again', async () => {
    const { ask, sandbox, clock } = await startedSlack();
    await ask('help', 'theo');
    sandbox.workspace.deactivateUser(sandbox.workspace.users().find(({ name }) => name === 'theo')?.id ?? '');
    clock.advance(61_000);
    expect(said(await ask('help', 'theo'))).toContain('Sorry');
  });

  it('lets nobody in while Slack does not say who they are', async () => {
    const { ask, sandbox, useCases } = await startedSlack();
    sandbox.workspace.setWeather({ failNext: { method: 'users.info', times: 3, status: 500 } });
    expect(said(await ask('account acme'))).toContain('Slack does not tell me who you are just now');
    expect(useCases.calls).toEqual([]);
  });
});
