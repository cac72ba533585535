import { beforeEach, describe, expect, it } from 'vitest';
import type { Note } from '../../src/app/use-cases.ts';
import { aSignal } from '../core/builders.ts';
import { acme, aTeam } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const note = (changes: Partial<Note> = {}): Note => ({
  text: 'They have a new budget owner',
  mood: -1,
  direction: null,
  with: null,
  type: null,
  ...changes,
});
const config = aTeam({ rules: { 'response-gap': {}, ghosted: { attempts: 1, after: '1bd' }, 'no-activity': { after: '5bd' } } });

let bot: SmallBot;
beforeEach(async () => {
  bot = await aSmallBot({ config });
  const person = (id: string, name: string) =>
    aSignal('person.upserted', '2026-09-07 09:00', { person: { id, accountId: 'a-1', dealIds: ['d-1'], name } });
  await bot.live(...acme(), person('p-1', 'Priya Nair'), person('p-2', 'Petra Nair'));
});

const taken = async (...asked: Parameters<SmallBot['notes']['note']>) => {
  const answer = await bot.notes.note(...asked);
  await bot.ingestEntered();
  return answer;
};
const rules = async () => (await bot.alerts('deal:d-1')).filter(({ state }) => state !== 'resolved').map(({ rule }) => rule);

describe('a note', () => {
  it('is a touchpoint of the account that the name means, with its mood and its text', async () => {
    expect(await taken('acme', note({ with: 'priya' }), 'U1')).toMatchObject({ kind: 'one', summary: { kind: 'done' } });
    const account = await bot.answers.accountById('a-1');
    expect(account?.touchpoints[0]).toMatchObject({ type: 'note', direction: 'internal', personName: 'Priya Nair', sentiment: -1 });
  });

  it('finds a deal where no account is called so', async () => {
    expect(await taken('rollout', note(), 'U1')).toMatchObject({ kind: 'one', summary: { kind: 'done' } });
    expect((await bot.answers.dealById('d-1'))?.touchpoints).toHaveLength(1);
  });

  it('is logged nowhere where the name, or the person, may be several or nobody', async () => {
    expect(await taken('acme', note({ with: 'nair' }), 'U1')).toMatchObject({
      summary: { kind: 'refused', message: expect.stringContaining('several people') },
    });
    expect(await taken('acme', note({ with: 'zoe' }), 'U1')).toMatchObject({
      summary: { kind: 'refused', message: expect.stringContaining('Priya Nair') },
    });
    expect(await taken('zyxel', note(), 'U1')).toMatchObject({ kind: 'none' });
    expect(await bot.notes.noteOn({ kind: 'account', id: 'gone' }, note(), 'U1')).toMatchObject({ kind: 'refused' });
    expect((await bot.answers.accountById('a-1'))?.touchpoints).toEqual([]);
  });

  it('answers no question, is no attempt and no activity, unless it is said who acted', async () => {
    const asked = aSignal('touchpoint.recorded', '2026-09-07 10:00', {
      touchpoint: { dealId: 'd-1', personId: 'p-1', type: 'question', direction: 'inbound' },
    });
    await bot.live(asked);
    await bot.at('2026-09-09 09:00');
    expect(await rules()).toEqual(['response-gap']);
    await taken('acme', note(), 'U1');
    await bot.at('2026-09-11 09:00');
    expect(await rules()).toEqual(['response-gap']);
    await bot.at('2026-09-14 12:00');
    expect((await rules()).toSorted()).toEqual(['no-activity', 'response-gap']);
    await taken('acme', note({ direction: 'outbound', with: 'priya' }), 'U1');
    await bot.at('2026-09-14 12:01');
    expect(await rules()).toEqual([]);
    await bot.at('2026-09-16 12:01');
    expect(await rules()).toEqual(['ghosted']);
    await taken('acme', note({ direction: 'inbound' }), 'U1');
    await bot.at('2026-09-16 12:02');
    expect(await rules()).toEqual([]);
  });
});
