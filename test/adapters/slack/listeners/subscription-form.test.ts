import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import type { SandboxMessage } from '../../../../src/sandbox/workspace.ts';
import { readAloud } from '../read-aloud.ts';
import { answerTo, type SlackTest, startedSlack } from '../slack-in-sandbox.ts';

const said = (message: SandboxMessage): string => readAloud({ blocks: (message.blocks ?? []) as KnownBlock[] });

const idOf = ({ workspace }: Sandbox, name: string): string => workspace.users().find((user) => user.name === name)?.id ?? '';
const shown = (sandbox: Sandbox, user = 'dana') => sandbox.workspace.modal(idOf(sandbox, user));
const text = (sandbox: Sandbox): string => JSON.stringify(shown(sandbox)?.view);

/** Types `/journey subscribe …`, and waits for the form. */
async function opened({ sandbox }: SlackTest, typed = 'subscribe'): Promise<string> {
  await sandbox.command({ user: 'dana', channel: 'general', command: '/journey', text: typed });
  await expect.poll(() => shown(sandbox)).toBeDefined();
  return shown(sandbox)?.viewId ?? '';
}

type Values = Record<string, string>;

/** Fills in the form that is open, and sends it. */
const submitted = ({ sandbox }: SlackTest, changes: Values = {}) =>
  sandbox.submit({
    user: 'dana',
    viewId: shown(sandbox)?.viewId ?? '',
    values: Object.fromEntries(
      Object.entries({ to: 'me', weekday: 'fri', time: '16:30', ...changes }).map(([name, value]) => [name, { [name]: value }]),
    ),
  });

describe('/journey subscribe', () => {
  it('opens a form, filled in with what was typed, by the clock of whoever asks', async () => {
    const test = await startedSlack();
    await opened(test, 'subscribe segment:enterprise');
    expect(text(test.sandbox)).toContain('"initial_value":"segment:enterprise"');
    expect(text(test.sandbox)).toContain('By the clocks of Europe/Berlin');
  });

  it('saves what was filled in, and says so in the place of the form', async () => {
    const test = await startedSlack();
    await opened(test);
    expect(await submitted(test, { filter: 'owner:@me' })).toMatchObject({ ok: true });
    expect(test.useCases.calls).toEqual([
      [
        'subscribe',
        { id: null, channel: null, weekday: 'fri', time: '16:30', timezone: 'Europe/Berlin', filter: 'owner:@me' },
        { userId: idOf(test.sandbox, 'dana'), email: 'dana@us.example' },
      ],
    ]);
    expect(text(test.sandbox)).toContain('Subscribed: it comes Fridays at 16:30 (Europe/Berlin)');
  });

  it('says at the field what is wrong, and keeps the form open', async () => {
    const test = await startedSlack({
      channels: [
        { name: 'general', members: ['dana'] },
        { name: 'partners', isShared: true, members: ['dana', 'sam'] },
        { name: 'closed', isPrivate: true, members: ['dana'] },
      ],
    });
    const channel = (name: string): string => test.sandbox.workspace.channels().find((known) => known.name === name)?.id ?? '';
    await opened(test);
    const errorsOf = async (changes: Values) => (await submitted(test, changes)).errors;
    expect(await errorsOf({ filter: 'nonsense' })).toEqual({ filter: 'I do not understand “nonsense”.' });
    expect(await errorsOf({ to: 'channel', filter: '' })).toEqual({ channel: 'Choose the channel.' });
    expect(await errorsOf({ to: 'channel', channel: channel('partners') })).toEqual({ channel: expect.stringContaining('another organisation') });
    expect(await errorsOf({ to: 'channel', channel: channel('closed') })).toEqual({ channel: expect.stringContaining('Invite me') });
    expect(test.useCases.calls).toHaveLength(1);
    expect(await errorsOf({ to: 'channel', channel: channel('general'), filter: '' })).toBeUndefined();
    expect(test.useCases.calls.at(-1)).toMatchObject(['subscribe', { channel: channel('general') }, {}]);
  });

  it('shows mine, and lets me change and end them', async () => {
    const test = await startedSlack();
    const { sandbox, ask, useCases } = test;
    await opened(test);
    await submitted(test);
    const list = await ask('subscribe');
    expect(said(list)).toContain('You have subscribed to 1 digest.');
    expect(said(list)).toContain('*Fridays at 16:30 (Europe/Berlin)* · to me · all journeys');
    await sandbox.act({ user: 'dana', channel: list.channel, ts: list.ts, actionId: 'edit_subscription' });
    await expect.poll(() => text(sandbox)).toContain('Change the digest');
    await submitted(test, { time: '08:00' });
    expect(useCases.calls.at(-1)).toMatchObject(['subscribe', { id: 's-1', time: '08:00' }, {}]);
    await sandbox.act({ user: 'dana', channel: list.channel, ts: list.ts, actionId: 'end_subscription' });
    await expect.poll(() => said(sandbox.workspace.ephemerals().at(-1) ?? list)).toContain('✅ Ended');
    expect(useCases.calls.at(-1)).toEqual(['unsubscribe', 's-1', idOf(sandbox, 'dana')]);
  });

  it('opens nothing for a subscription that has ended meanwhile', async () => {
    const test = await startedSlack();
    const { sandbox, ask, useCases } = test;
    await opened(test);
    await submitted(test);
    const list = await ask('subscribe');
    await useCases.subscriptions.end('s-1', idOf(sandbox, 'dana'));
    const { responseUrlId } = await sandbox.act({ user: 'dana', channel: list.channel, ts: list.ts, actionId: 'edit_subscription' });
    expect(said(await answerTo(sandbox, responseUrlId))).toContain('has ended, or is not yours');
  });

  it('opens a form for another one, from the list', async () => {
    const test = await startedSlack();
    await opened(test);
    await submitted(test);
    const list = await test.ask('subscribe owner:@me');
    await test.sandbox.act({ user: 'dana', channel: list.channel, ts: list.ts, actionId: 'subscribe' });
    await expect.poll(() => text(test.sandbox)).toContain('"initial_value":"owner:@me"');
  });

  it('is refused to guests', async () => {
    const { ask, useCases } = await startedSlack({ channels: [{ name: 'shared', isShared: true, members: ['dana', 'gail'] }] });
    expect(said(await ask('subscribe', 'gail', 'shared'))).toContain('only full members');
    expect(useCases.calls).toEqual([]);
  });
});
