import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/core/time.ts';
import { at } from '../core/builders.ts';
import { acme, aTeam, moved, stalledAt } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const rules = { stalled: { after: '15bd' }, 'missing-role': { grace: '15bd' } };

/** Acme is stalled; the card is posted. */
async function aBot(traits: Parameters<typeof aTeam>[0] = {}): Promise<{ bot: SmallBot; id: string }> {
  const bot = await aSmallBot({ config: aTeam({ rules, alerts: { repeat: null }, ...traits }) });
  await bot.live(...acme());
  await bot.at(stalledAt);
  const id = (await bot.alerts('deal:d-1')).find(({ rule }) => rule === 'stalled')?.id ?? '';
  return { bot, id };
}
const seenNow = async (bot: SmallBot, id: string) => (await bot.acts.subjectOf(id))?.standing;

describe('assigning an alert', () => {
  it('counts as taking it, stands on the card and in the audit, and tells whoever it is given to once, in the thread', async () => {
    const { bot, id } = await aBot();
    expect(await bot.acts.assign(id, 'U2', 'U1')).toMatchObject({ kind: 'done', message: expect.stringContaining('in the thread of its card') });
    await bot.deliver.run();
    expect(bot.slack.cards()[0]?.content?.alerts.find(({ rule }) => rule === 'stalled')).toMatchObject({
      state: 'acknowledged',
      assigned: { to: 'U2', by: 'U1' },
    });
    expect(bot.slack.replies()).toMatchObject([{ reason: 'assigned', broadcast: false, assigned: { to: 'U2', by: 'U1' }, alerts: [{ id }] }]);
    expect((await bot.store.audit('deal:d-1', 10)).map(({ who, what, why }) => [who, what, why])).toContainEqual(['U1', 'assigned', 'to U2']);
    await bot.until('2026-10-02 09:00');
    expect(bot.slack.replies()).toHaveLength(1);
  });

  it('to oneself tells nobody', async () => {
    const { bot, id } = await aBot();
    expect(await bot.acts.assign(id, 'U1', 'U1')).toEqual({ kind: 'done', message: 'Assigned to you.' });
    await bot.deliver.run();
    expect(bot.slack.replies()).toEqual([]);
  });

  it('says what nobody else will say where no card stands: whoever was given it is not told', async () => {
    const { bot, id } = await aBot({ alerts: { repeat: null, budget: 0 } });
    expect(await bot.acts.assign(id, 'U2', 'U1')).toEqual({ kind: 'done', message: expect.stringContaining('so tell them'), unseen: true });
    await bot.deliver.run();
    expect(bot.slack.replies()).toEqual([]);
    expect(await bot.acts.resolve(id, 'done', null, 'U1')).toMatchObject({ kind: 'done', unseen: true });
  });

  it('may be done again, to somebody else, and tells only whoever has it in the end', async () => {
    const { bot, id } = await aBot();
    await bot.acts.assign(id, 'U2', 'U1');
    bot.setTime(bot.clock.now() + hourMs);
    await bot.acts.assign(id, 'U3', 'U1');
    expect(await bot.acts.assign(id, 'U3', 'U2')).toMatchObject({
      kind: 'stale',
      message: 'Nothing was changed: already assigned to them.',
      by: 'U1',
    });
    await bot.deliver.run();
    expect(bot.slack.replies()).toMatchObject([{ reason: 'assigned', assigned: { to: 'U3' } }]);
  });

  it('does not end an alert that acknowledging would end: somebody has to see to it', async () => {
    const { bot } = await aBot({ rules: { 'stage-regression': {} } });
    await bot.live(moved('2026-09-29 09:00', 'consideration'));
    const id = (await bot.alerts('deal:d-1')).find(({ rule }) => rule === 'stage-regression')?.id ?? '';
    await bot.acts.assign(id, 'U2', 'U1');
    expect(await bot.store.alert(id)).toMatchObject({ state: 'acknowledged', assigned: { to: 'U2' } });
  });
});

describe('a form that was open while somebody else did something', () => {
  it.each([
    ['assign', (bot: SmallBot, id: string, seen?: string) => bot.acts.assign(id, 'U3', 'U2', seen)],
    ['snooze', (bot: SmallBot, id: string, seen?: string) => bot.acts.snooze(id, { duration: '2bd' }, 'U2', seen)],
    ['resolve', (bot: SmallBot, id: string, seen?: string) => bot.acts.resolve(id, 'done', null, 'U2', seen)],
  ] as const)('changes nothing by %s, and says who was first', async (_name, submit) => {
    const { bot, id } = await aBot();
    const seen = await seenNow(bot, id);
    await bot.acts.acknowledge(id, 'U1');
    const before = await bot.store.alert(id);
    expect(await submit(bot, id, seen)).toEqual({
      kind: 'stale',
      message: 'Nothing was changed: somebody acknowledged it while you filled this in.',
      by: 'U1',
    });
    expect(await bot.store.alert(id)).toEqual(before);
    expect(await submit(bot, id, await seenNow(bot, id))).toMatchObject({ kind: 'done' });
  });

  it('leaves one alert, one assignee and one line in the audit when twenty submit at once', async () => {
    const { bot, id } = await aBot();
    const seen = await seenNow(bot, id);
    const results = await Promise.all(Array.from({ length: 20 }, (_, index) => bot.acts.assign(id, `U${100 + index}`, `U${index}`, seen)));
    expect(results.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    const winner = results.findIndex(({ kind }) => kind === 'done');
    expect(results.filter((result) => result.kind === 'stale' && result.by === `U${winner}`)).toHaveLength(19);
    expect((await bot.store.alert(id))?.assigned).toMatchObject({ to: `U${100 + winner}`, by: `U${winner}` });
    expect((await bot.store.audit('deal:d-1', 100)).filter(({ what }) => what === 'assigned')).toHaveLength(1);
    await bot.deliver.run();
    expect(bot.slack.replies()).toHaveLength(1);
  });
});

describe('a day to put something off to', () => {
  it('is the morning of that day, in the future and within a year', async () => {
    const { bot, id } = await aBot();
    const until = (day: string) => bot.acts.snooze(id, { day }, 'U1');
    expect(await until('2026-09-01')).toMatchObject({ kind: 'refused', about: 'day', message: expect.stringContaining('future') });
    expect(await until('2027-12-01')).toMatchObject({ kind: 'refused', about: 'day', message: expect.stringContaining('year') });
    expect(await until('2026-10-05')).toMatchObject({ kind: 'done' });
    await bot.until('2026-10-04 20:00');
    expect(bot.slack.replies()).toEqual([]);
    await bot.until('2026-10-05 09:00');
    expect(bot.slack.replies()).toMatchObject([{ reason: 'snooze-over' }]);
  });

  it('is no further off when it is said as a duration', async () => {
    const { bot, id } = await aBot();
    expect(await bot.acts.mute('a-1', '0bd', 'holidays', 'U1')).toMatchObject({ kind: 'refused' });
    expect(await bot.acts.mute('a-1', '99999bd', 'holidays', 'U1')).toMatchObject({
      kind: 'refused',
      about: 'until',
      message: expect.stringContaining('year'),
    });
    expect(await bot.acts.snooze(id, { duration: '400d' }, 'U1')).toMatchObject({ kind: 'refused', about: 'until' });
    expect(await bot.acts.mute('a-1', '250bd', 'holidays', 'U1')).toMatchObject({ kind: 'done' });
  });

  it('ends a mute, too', async () => {
    const { bot } = await aBot();
    expect(await bot.acts.mute('a-1', { day: '2026-10-05' }, 'holidays', 'U1')).toMatchObject({
      kind: 'done',
      message: 'Acme GmbH: muted',
      when: { words: 'until', at: at('2026-10-05 09:00') },
    });
    expect((await bot.answers.accountById('a-1'))?.mute).toMatchObject({ reason: 'holidays', by: 'U1' });
    await bot.until('2026-10-05 12:00');
    expect((await bot.answers.accountById('a-1'))?.mute).toBeNull();
  });
});
