import { describe, expect, it, vi } from 'vitest';
import type { TouchpointEntry } from '../../../../src/app/use-cases.ts';
import { openAccess } from '../../../../src/core/access.ts';
import type { SandboxMessage, SandboxModal } from '../../../../src/sandbox/workspace.ts';
import { accountPeople } from '../samples.ts';
import { answerTo, type SlackTest, startedSlack } from '../slack-in-sandbox.ts';

const users = [
  { name: 'dana', email: 'dana@us.example' },
  { name: 'sam', email: 'sam@us.example' },
  { name: 'gus', kind: 'guest' as const },
  { name: 'eve', kind: 'stranger' as const, email: 'eve@acme.example' },
];
const channels = [
  { name: 'general', members: ['dana', 'sam', 'gus'] },
  { name: 'with-acme', isShared: true, members: ['dana', 'eve'] },
];
async function started(options: Parameters<typeof startedSlack>[0] = {}): Promise<SlackTest> {
  const test = await startedSlack({ users, channels, ...options }, ['#with-acme']);
  test.useCases.records.around = async () => accountPeople({ touchpointTypes: ['call', 'message'] });
  return test;
}

const modalOf = ({ sandbox }: SlackTest, name: string): SandboxModal | undefined =>
  sandbox.workspace.modal(sandbox.workspace.users().find((user) => user.name === name)?.id ?? '');
const formThatSays = (test: SlackTest, says: RegExp, user = 'dana'): Promise<SandboxModal> =>
  vi.waitFor(
    () => {
      const modal = modalOf(test, user);
      expect(JSON.stringify(modal?.view ?? null)).toMatch(says);
      return modal as SandboxModal;
    },
    { timeout: 20_000 },
  );

const log = (test: SlackTest, { channel, ts }: SandboxMessage, user = 'dana') =>
  test.sandbox.messageShortcut({ user, channel, ts, callbackId: 'log_message' });
const said = (test: SlackTest, text = 'We <https://acme.example|spoke> &amp; agreed', where: { user?: string; channel?: string } = {}) =>
  test.sandbox.say({ user: 'sam', channel: 'general', text, ...where });
const submitted = (test: SlackTest): TouchpointEntry[] =>
  test.useCases.calls.flatMap(([name, entry]) => (name === 'logTouchpoint' ? [entry as TouchpointEntry] : []));

/** Chosen by a search. */
async function choose(test: SlackTest, user = 'dana'): Promise<SandboxModal> {
  const { viewId } = await formThatSays(test, /With which account/, user);
  await test.sandbox.act({ user, viewId, actionId: 'pick_message_account', selectedOption: { value: 'a-1', text: 'Acme GmbH' } });
  return formThatSays(test, /What was it/, user);
}

describe('the shortcut “Log as touchpoint”', () => {
  it('asks with whom it was where nothing tells, then opens the form filled in with the message', async () => {
    const test = await started();
    const message = await said(test);
    await log(test, message);
    expect(JSON.stringify((await formThatSays(test, /With which account/)).view)).toContain('We spoke &amp; agreed');
    const { viewId, view } = await choose(test);
    expect(JSON.stringify(view)).toMatch(/With \*Acme GmbH\*.*"initial_value":"We spoke & agreed"/);
    const result = await test.sandbox.submit({ user: 'dana', viewId, values: {} });
    expect({ ok: result.ok, error: result.error, refusal: result.refusal, errors: result.errors }).toEqual({ ok: true });
    expect(submitted(test)).toMatchObject([
      {
        accountId: 'a-1',
        type: 'message',
        channel: 'chat',
        direction: 'outbound',
        note: 'We spoke & agreed',
        id: `message:${message.channel}:${message.ts}`,
      },
    ]);
    expect(Math.abs((submitted(test)[0]?.at ?? 0) - Number(message.ts) * 1000)).toBeLessThan(1000);
  });

  it('opens the form at once where the channel or the thread tells the account, and lets another one be chosen', async () => {
    const test = await started();
    test.useCases.places.placeOf = async (message) => {
      test.useCases.calls.push(['placeOf', message]);
      return { accountId: 'a-1', personId: null };
    };
    const message = await said(test, 'Hello', { user: 'dana', channel: 'with-acme' });
    await log(test, message);
    const { viewId } = await formThatSays(test, /With \*Acme GmbH\*/);
    expect(test.useCases.calls).toContainEqual(['placeOf', { channels: [message.channel, '#with-acme'], threadTs: message.ts, authorEmail: null }]);
    await test.sandbox.act({ user: 'dana', viewId, actionId: 'other_account' });
    expect(JSON.stringify((await formThatSays(test, /With which account/)).view)).toContain('Hello');
    await test.sandbox.submit({ user: 'dana', viewId: (await choose(test)).viewId, values: {} });
    expect(submitted(test)[0]?.id).toBe(`message:${message.channel}:${message.ts}`);
  });

  it('says to whoever asked that it took too long for a form, and logs no fault', async () => {
    let late = 0;
    const test = await started({ now: () => Date.now() + late });
    test.useCases.places.placeOf = async () => {
      late = 4000;
      return null;
    };
    const { responseUrlId } = await log(test, await said(test));
    expect((await answerTo(test.sandbox, responseUrlId)).text).toMatch(/took longer .* try again/);
    expect(test.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('takes what people of another organisation write as theirs', async () => {
    const test = await started();
    await log(test, await said(test, 'Please send the offer', { user: 'eve', channel: 'with-acme' }));
    await test.sandbox.submit({ user: 'dana', viewId: (await choose(test)).viewId, values: {} });
    expect(submitted(test)[0]).toMatchObject({ direction: 'inbound', note: 'Please send the offer' });
  });

  it('gives the same message the same name, whoever logs it, so that it counts once', async () => {
    const test = await started();
    const message = await said(test);
    for (const user of ['dana', 'sam']) {
      await log(test, message, user);
      await test.sandbox.submit({ user, viewId: (await choose(test, user)).viewId, values: {} });
    }
    expect(new Set(submitted(test).map(({ id }) => id)).size).toBe(1);
  });

  it('keeps of a long message its beginning, and of one without words nothing', async () => {
    const test = await started();
    await log(test, await said(test, 'x'.repeat(3000)));
    await test.sandbox.submit({ user: 'dana', viewId: (await choose(test)).viewId, values: {} });
    expect(submitted(test)[0]?.note).toHaveLength(300);
  });

  it('says where the account is gone that was picked', async () => {
    const test = await started();
    test.useCases.records.around = async () => null;
    await log(test, await said(test));
    const { viewId } = await formThatSays(test, /With which account/);
    await test.sandbox.act({ user: 'dana', viewId, actionId: 'pick_message_account', selectedOption: { value: 'a-gone', text: 'Gone' } });
    await formThatSays(test, /not known any more/);
  });

  it('says what went wrong where the account that was picked cannot be looked up', async () => {
    const test = await started();
    test.useCases.records.around = async () => {
      throw new Error('the store is away');
    };
    await log(test, await said(test));
    const { viewId } = await formThatSays(test, /With which account/);
    await test.sandbox.act({ user: 'dana', viewId, actionId: 'pick_message_account', selectedOption: { value: 'a-1', text: 'Acme GmbH' } });
    await formThatSays(test, /Something went wrong/);
  });

  it('says in the channel what went wrong, to whoever asked alone', async () => {
    const test = await started();
    test.useCases.places.placeOf = async () => {
      throw new Error('the store is away');
    };
    const { responseUrlId } = await log(test, await said(test));
    expect((await answerTo(test.sandbox, responseUrlId)).text).toContain('Something went wrong');
  });

  it('refuses guests, and those who may not log', async () => {
    const test = await started({
      access: () => ({ ...openAccess, may: { ...openAccess.may, record: { emails: ['sam@us.example'], userIds: [] } } }),
    });
    const message = await said(test);
    expect((await answerTo(test.sandbox, (await log(test, message, 'gus')).responseUrlId)).text).toContain('only full members');
    expect((await answerTo(test.sandbox, (await log(test, message)).responseUrlId)).text).toContain('You may not');
    expect(test.refusals.map(({ reason, what }) => [reason, what])).toEqual([
      ['guest', 'log_message'],
      ['not-permitted', 'log_message'],
    ]);
  });
});
