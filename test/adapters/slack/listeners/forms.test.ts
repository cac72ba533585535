import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { patienceMs } from '../../../../src/adapters/slack/listeners/late.ts';
import { accountView } from '../../../../src/adapters/slack/views/account.ts';
import { type Access, openAccess } from '../../../../src/core/access.ts';
import { minuteMs } from '../../../../src/core/time.ts';
import type { SandboxMessage, SandboxModal } from '../../../../src/sandbox/workspace.ts';
import { readAloud } from '../read-aloud.ts';
import { accountSummary, card, cardContent, now } from '../samples.ts';
import { answerTo, startedSlack } from '../slack-in-sandbox.ts';

const said = ({ blocks }: Pick<SandboxMessage, 'blocks'>): string => readAloud({ blocks: (blocks ?? []) as KnownBlock[] });
type Values = Record<string, unknown>;
const titleOf = (modal: SandboxModal | undefined): unknown => (modal?.view.title as { text?: unknown } | undefined)?.text;

/** A card in #deal-alerts, its forms, and what is filled into them. */
async function aCard() {
  let access = openAccess;
  const allow = (other: Access): void => {
    access = other;
  };
  let ahead = 0;
  const later = (ms: number): void => {
    ahead += ms;
  };
  const test = await startedSlack({ access: () => access, now: () => Date.now() + ahead }, ['#deal-alerts']);
  const { sandbox, slack } = test;
  const target = { channel: '#deal-alerts', threadTs: null, channelId: null, since: 0 };
  const receipt = await slack.notifier.post({ deliveryId: 'd-1', message: { kind: 'card', cardId: 'c-1' }, card: card(cardContent()) }, target);
  const idOf = (name: string) => sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const modal = (user = 'dana') => sandbox.workspace.modal(idOf(user));
  async function open(actionId: string, value?: string, user = 'dana') {
    const option = value === undefined ? {} : { selectedOption: { value } };
    await sandbox.act({ user, channel: receipt.channelId, ts: receipt.ts, actionId, ...option });
    await expect.poll(() => modal(user)).toBeDefined();
  }
  const submit = (filled: Values, user = 'dana') =>
    sandbox.submit({
      user,
      viewId: modal(user)?.viewId ?? '',
      values: Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, { [name]: value }])),
    });
  const acted = () => test.useCases.calls.filter(([name]) => name !== 'subjectOf' && name !== 'around');
  return { ...test, allow, later, idOf, modal, open, submit, acted, receipt };
}

describe('a form about an alert', () => {
  it('assigns it, refusing at the field whoever is no full member', async () => {
    const { open, submit, acted, idOf, sandbox } = await aCard();
    await open('assign');
    const bot = sandbox.botUserId;
    expect(await submit({ person: idOf('gail') })).toMatchObject({ ok: false, errors: { person: expect.stringContaining('guest') } });
    expect(await submit({ person: idOf('sam') })).toMatchObject({ ok: false, errors: { person: expect.stringContaining('another organisation') } });
    expect(await submit({ person: bot })).toMatchObject({ ok: false, errors: { person: expect.stringContaining('app') } });
    expect(acted()).toEqual([]);
    expect(await submit({ person: idOf('marco') })).toEqual({ ok: true, modal: undefined });
    expect(acted()).toEqual([['assign', 'al-1', idOf('marco'), idOf('dana'), 'open:::']]);
  });

  it('snoozes it until a day, which has to be chosen', async () => {
    const { open, submit, acted, useCases, idOf } = await aCard();
    await open('snooze', 'day:al-1');
    expect(await submit({ until: 'day' })).toMatchObject({ ok: false, errors: { day: 'Choose a day.' } });
    useCases.results.push({ kind: 'refused', about: 'day', message: 'Choose a day in the future.' });
    expect(await submit({ until: 'day', day: '2020-01-01' })).toMatchObject({ ok: false, errors: { day: 'Choose a day in the future.' } });
    expect(await submit({ until: 'day', day: '2026-12-15' })).toEqual({ ok: true, modal: undefined });
    expect(acted().at(-1)).toEqual(['snooze', 'al-1', { day: '2026-12-15' }, idOf('dana'), 'open:::']);
  });

  it('resolves it with a reason, which is needed, and a note', async () => {
    const { open, submit, acted, idOf } = await aCard();
    await open('resolve', 'note:al-1');
    expect(await submit({ note: 'too small' })).toMatchObject({ ok: false, errors: { reason: expect.any(String) } });
    expect(await submit({ reason: 'wont-do', note: ' too small ' })).toEqual({ ok: true, modal: undefined });
    expect(acted()).toEqual([['resolve', 'al-1', 'wont-do', 'too small', idOf('dana'), 'open:::']]);
  });

  it('says in its place what it did where no card shows that', async () => {
    const { open, submit, useCases, idOf } = await aCard();
    await open('assign');
    useCases.results.push({
      kind: 'done',
      message: 'Assigned. It stands on their Home tab; no card of it is in a channel, so tell them.',
      unseen: true,
    });
    const { modal } = await submit({ person: idOf('marco') });
    expect(titleOf(modal)).toBe('Done');
    expect(JSON.stringify(modal)).toContain('so tell them');
  });

  it('says in its place that it came too late, and who was first', async () => {
    const { open, submit, useCases, idOf } = await aCard();
    await open('assign');
    useCases.results.push({ kind: 'stale', message: 'Nothing was changed: somebody acknowledged it while you filled this in.', by: idOf('marco') });
    const { modal } = await submit({ person: idOf('dana') });
    expect(titleOf(modal)).toBe('Too late');
    expect(JSON.stringify(modal)).toContain('while you filled this in');
    expect(JSON.stringify(modal)).toContain(`<@${idOf('marco')}>`);
  });

  it('asks for another click where opening it took longer than Slack lets it', async () => {
    const { sandbox, receipt, useCases, modal, later } = await aCard();
    const { subjectOf } = useCases.acts;
    useCases.acts.subjectOf = (alertId) => {
      later(5_000);
      return subjectOf(alertId);
    };
    const { responseUrlId } = await sandbox.act({ user: 'dana', channel: receipt.channelId, ts: receipt.ts, actionId: 'assign' });
    expect(said(await answerTo(sandbox, responseUrlId))).toContain('please try again');
    expect(modal()).toBeUndefined();
  });

  it('does not open where the alert is over', async () => {
    const { sandbox, receipt, useCases, modal } = await aCard();
    useCases.acts.subjectOf = async () => null;
    const { responseUrlId } = await sandbox.act({ user: 'dana', channel: receipt.channelId, ts: receipt.ts, actionId: 'assign' });
    expect(said(await answerTo(sandbox, responseUrlId))).toContain('over already');
    expect(modal()).toBeUndefined();
  });
});

describe('a form about an account', () => {
  it('logs a touchpoint with all that was filled in, known by the form it came from', async () => {
    const { open, submit, acted, modal, idOf, useCases } = await aCard();
    await open('vote', 'touchpoint:al-1');
    const id = modal()?.viewId;
    const at = Math.floor(Date.now() / 1000) - 3600;
    useCases.results.push({ kind: 'done', message: 'Logged: call with Priya Nair, Acme GmbH.' });
    const filled = { type: 'call', direction: 'inbound', at, person: 'p-2', channel: 'phone', mood: '-1', note: 'Wants a discount' };
    const { modal: after } = await submit(filled);
    expect(titleOf(after)).toBe('Done');
    expect(JSON.stringify(after)).toContain('Logged: call with Priya Nair, Acme GmbH.');
    const entry = { accountId: 'a-1', dealId: 'd-1', personId: 'p-2', type: 'call', channel: 'phone', direction: 'inbound', sentiment: -1 };
    expect(acted()).toEqual([['logTouchpoint', { ...entry, at: at * 1000, note: 'Wants a discount', id }, idOf('dana')]]);
  });

  it('sets a role, and says at the field what is wrong', async () => {
    const { open, submit, acted, useCases, idOf } = await aCard();
    await open('vote', 'role:al-1');
    useCases.results.push({ kind: 'refused', about: 'role', message: 'Priya Nair has this role already. Nothing was changed.' });
    expect(await submit({})).toMatchObject({ ok: false, errors: { role: expect.stringContaining('already') } });
    expect(titleOf((await submit({ person: 'p-1', role: 'champion', held: 'not-held' })).modal)).toBe('Done');
    expect(acted()).toEqual([
      ['setRole', { personId: 'p-2', role: 'economic_buyer', held: true }, idOf('dana')],
      ['setRole', { personId: 'p-1', role: 'champion', held: false }, idOf('dana')],
    ]);
  });

  it('mutes for a while, until a day, or until unmuted, and wants to know why', async () => {
    const { open, submit, acted, idOf } = await aCard();
    await open('vote', 'mute:al-1');
    expect(await submit({ until: '5bd' })).toMatchObject({ ok: false, errors: { reason: expect.any(String) } });
    expect(await submit({ until: 'day', reason: 'holidays' })).toMatchObject({ ok: false, errors: { day: 'Choose a day.' } });
    await submit({ until: 'day', day: '2026-12-15', reason: 'holidays' });
    expect(acted()).toEqual([['mute', 'a-1', { day: '2026-12-15' }, 'holidays', idOf('dana')]]);
  });

  it('opens from the account’s answer, too', async () => {
    const { ask, sandbox, modal } = await aCard();
    const answer = await ask('account acme');
    for (const [actionId, title] of [
      ['log_touchpoint', 'Log a touchpoint'],
      ['set_role', 'Set a role'],
      ['mute_account', 'Mute account'],
    ] as const) {
      await sandbox.act({ user: 'dana', channel: answer.channel, ts: answer.ts, actionId });
      await expect.poll(() => titleOf(modal())).toBe(title);
      await sandbox.closeModal({ user: 'dana', viewId: modal()?.viewId ?? '' });
    }
    expect(JSON.stringify(accountView(accountSummary({ mute: { accountId: 'a-1', until: null, reason: 'x', by: 'U1', at: now } }), now))).toContain(
      'Unmute',
    );
  });
});

describe('what is behind the three dots', () => {
  it.each([
    ['touchpoint', 'record', 'You may not log touchpoints or set roles'],
    ['role', 'record', 'You may not log touchpoints or set roles'],
    ['mute', 'mute', 'You may not mute accounts'],
  ] as const)('does not open for somebody who may not: %s', async (choice, deed, says) => {
    const { sandbox, receipt, modal, allow, refusals, useCases } = await aCard();
    allow({ ...openAccess, may: { ...openAccess.may, [deed]: { emails: [], userIds: [] } } });
    const target = { user: 'dana', channel: receipt.channelId, ts: receipt.ts, actionId: 'vote' };
    const { responseUrlId } = await sandbox.act({ ...target, selectedOption: { value: `${choice}:al-1` } });
    expect(said(await answerTo(sandbox, responseUrlId))).toContain(says);
    expect(modal()).toBeUndefined();
    expect(refusals).toMatchObject([{ reason: 'not-permitted', what: choice }]);
    expect(useCases.calls).toEqual([]);
  });

  it('lets everybody say whether an alert was useful', async () => {
    const { sandbox, receipt, allow, refusals } = await aCard();
    const nobody = { emails: [], userIds: [] };
    allow({ ...openAccess, may: { acknowledge: nobody, record: nobody, mute: nobody, subscribe: nobody } });
    for (const choice of ['useful', 'not-useful']) {
      const target = { user: 'dana', channel: receipt.channelId, ts: receipt.ts, actionId: 'vote' };
      const { responseUrlId } = await sandbox.act({ ...target, selectedOption: { value: `${choice}:al-1` } });
      expect(said(await answerTo(sandbox, responseUrlId))).toContain('vote done');
    }
    expect(refusals).toEqual([]);
  });
});

describe('a form that is submitted', () => {
  it('by somebody who may not, or not any more, does nothing and says so in its place', async () => {
    const { open, submit, acted, sandbox, idOf, refusals, clock, allow } = await aCard();
    await open('assign', undefined, 'marco');
    allow({ ...openAccess, may: { ...openAccess.may, acknowledge: { emails: [], userIds: [idOf('dana')] } } });
    const refused = await submit({ person: idOf('dana') }, 'marco');
    expect(titleOf(refused.modal)).toBe('Not done');
    expect(JSON.stringify(refused.modal)).toContain('You may not take, snooze or resolve alerts');
    allow(openAccess);
    await open('assign');
    sandbox.workspace.deactivateUser(idOf('dana'));
    clock.advance(2 * 60_000);
    expect(JSON.stringify((await submit({ person: idOf('marco') })).modal)).toContain('Sorry');
    expect(acted()).toEqual([]);
    expect(refusals).toMatchObject([
      { reason: 'not-permitted', what: 'assign_form' },
      { reason: 'deactivated', what: 'assign_form' },
    ]);
  });

  it('that this version does not know any more says so, instead of leaving Slack without an answer', async () => {
    const { open, submit, sandbox, modal, acted, idOf } = await aCard();
    await open('assign');
    const shown = modal();
    const response = await fetch(new URL('views.update', sandbox.apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ view_id: shown?.viewId, view: { ...shown?.view, callback_id: 'a_form_of_old' } }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
    const answered = await submit({ person: idOf('marco') });
    expect(answered.ok).toBe(true);
    expect(JSON.stringify(answered.modal)).toContain('from an older version');
    expect(acted()).toEqual([]);
  });

  it('gives a reference where it fails', async () => {
    const { open, submit, useCases, idOf, logged } = await aCard();
    await open('assign');
    useCases.acts.assign = async () => {
      throw new Error('the store is away');
    };
    const { modal } = await submit({ person: idOf('marco') });
    expect(JSON.stringify(modal)).toContain('nothing was changed');
    expect(logged.filter(({ level }) => level === 'error')).toMatchObject([{ fields: { what: 'assign_form' } }]);
  });

  it('says so where it takes longer than Slack waits, and then what became of it', async () => {
    const { open, submit, useCases, idOf, modal } = await aCard();
    await open('assign');
    const slow = Promise.withResolvers<{ kind: 'done'; message: string }>();
    useCases.acts.assign = () => slow.promise;
    const submitted = await submit({ person: idOf('marco') });
    expect(titleOf(submitted.modal)).toBe('One moment');
    slow.resolve({ kind: 'done', message: 'Assigned.' });
    await expect.poll(() => titleOf(modal())).toBe('Done');
  });

  it('says so, too, where Slack is slow to tell who somebody is, and lets nobody in meanwhile', async () => {
    const { open, submit, useCases, idOf, modal, sandbox, clock, acted, allow } = await aCard();
    useCases.results.push({ kind: 'done', message: 'Assigned.' });
    const slowly = async (done: () => void) => {
      await open('assign');
      // Nobody is known any more.
      clock.advance(minuteMs);
      sandbox.workspace.setWeather({ latencyMs: patienceMs.admission + 200 });
      const submitted = await submit({ person: idOf('marco') });
      expect(titleOf(submitted.modal)).toBe('One moment');
      done();
      sandbox.workspace.setWeather({ latencyMs: 0 });
    };
    await slowly(() => expect(acted()).toEqual([]));
    await expect.poll(() => titleOf(modal())).toBe('Done');
    expect(acted()).toEqual([['assign', 'al-1', idOf('marco'), idOf('dana'), 'open:::']]);
    await sandbox.closeModal({ user: 'dana', viewId: modal()?.viewId ?? '' });
    await slowly(() => allow({ ...openAccess, may: { ...openAccess.may, acknowledge: { userIds: [], emails: [] } } }));
    await expect.poll(() => titleOf(modal())).toBe('Not done');
    expect(acted()).toHaveLength(1);
  });
});
