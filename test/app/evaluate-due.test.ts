import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../src/app/errors.ts';
import { at } from '../core/builders.ts';
import { acme, aTeam, deal, moved, stalledAt } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

describe('journeys whose time has come', () => {
  it('are evaluated, and no others', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme());
    bot.setTime('2026-09-28 08:59');
    expect(await bot.evaluateDue()).toBe(0);
    bot.setTime(stalledAt);
    expect(await bot.evaluateDue()).toBe(1);
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ rule: 'stalled', state: 'open', openedAt: at(stalledAt) }]);
    expect(await bot.evaluateDue()).toBe(0);
  });

  it('are all evaluated, however many slices they take', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.receive(Array.from({ length: 120 }, (_, index) => deal(`d-${index}`)));
    await bot.ingest();
    bot.setTime(stalledAt);
    expect(await bot.evaluateDue()).toBe(120);
    expect((await bot.store.openAlerts({}, 500, 0)).total).toBe(120);
  });

  it('are left for later when somebody else has evaluated them first', async () => {
    let conflicts = 2;
    const bot = await aSmallBot({
      config: aTeam(),
      wrap: (store) => ({
        ...store,
        commit: async (changes) => {
          if (changes.some(({ kind }) => kind === 'alert.put') && conflicts-- > 0) throw new ConflictError('somebody else');
          return store.commit(changes);
        },
      }),
    });
    await bot.live(...acme());
    bot.setTime(stalledAt);
    expect(await bot.evaluateDue()).toBe(1);
    expect(await bot.alerts('deal:d-1')).toHaveLength(1);
  });
});

it('goes on however often somebody else is first, as long as it gets on between', async () => {
  const met = new Set<string>();
  const bot = await aSmallBot({
    config: aTeam(),
    wrap: (store) => ({
      ...store,
      commit: async (changes, when) => {
        const [first, ...others] = changes.flatMap((change) => (change.kind === 'alert.put' ? [change.alert.journeyId] : []));
        // Somebody else writes each slice once.
        if (first !== undefined && (others.length >= 25 || !met.has(first))) {
          met.add(first);
          throw new ConflictError('somebody else');
        }
        return store.commit(changes, when);
      },
    }),
  });
  await bot.receive(Array.from({ length: 250 }, (_, index) => deal(`d-${index}`)));
  await bot.ingest();
  bot.setTime(stalledAt);
  expect(await bot.evaluateDue()).toBe(250);
});

describe('a map that is taken away', () => {
  it('ends the alerts of its journeys and turns their cards clear', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme());
    await bot.at(stalledAt);
    bot.setConfig({ ...aTeam(), maps: [] });
    await bot.store.recheckOpen(at('2026-09-28 10:00'));
    await bot.at('2026-09-28 10:00');
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ state: 'resolved', resolution: { how: 'ended' } }]);
    expect(bot.slack.cards()).toMatchObject([{ content: { state: 'clear' }, edits: 1 }]);
    expect(await bot.journey('deal:d-1')).toMatchObject({ recheckAt: null });
  });

  it('and put back finds its journeys again', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme());
    await bot.at(stalledAt);
    bot.setConfig({ ...aTeam(), maps: [] });
    await bot.store.recheckOpen(at('2026-09-28 10:00'));
    await bot.at('2026-09-28 10:00');
    bot.setConfig(aTeam());
    await bot.store.recheckOpen(at('2026-09-28 11:00'));
    await bot.at('2026-09-28 11:00');
    expect((await bot.alerts('deal:d-1')).filter(({ state }) => state === 'open')).toMatchObject([{ rule: 'stalled', episode: 2 }]);
    expect(bot.slack.cards()).toMatchObject([{ content: { state: 'active' } }]);
  });
});

it('a rule whose numbers change is judged anew', async () => {
  const bot = await aSmallBot({ config: aTeam() });
  await bot.live(...acme());
  await bot.at(stalledAt);
  bot.setConfig(aTeam({ rules: { stalled: { after: '30bd' } } }));
  await bot.store.recheckOpen(at('2026-09-28 10:00'));
  await bot.at('2026-09-28 10:00');
  expect(await bot.alerts('deal:d-1')).toMatchObject([{ state: 'resolved', resolution: { how: 'cleared' } }]);
});

it('a deal that moves turns its card green', async () => {
  const bot = await aSmallBot({ config: aTeam() });
  await bot.live(...acme());
  await bot.at(stalledAt);
  await bot.live(moved('2026-09-28 10:00'));
  await bot.deliver.run();
  expect(bot.slack.cards()).toMatchObject([
    { content: { state: 'clear', alerts: [{ resolution: { how: 'cleared', text: 'moved to Implementation' } }] } },
  ]);
});

it('a deal that was lost and comes back has the whole time of its stage again', async () => {
  const bot = await aSmallBot({ config: aTeam() });
  await bot.live(...acme(), moved('2026-09-08 09:00', 'closedlost'), moved('2026-10-05 09:00', 'decision'));
  expect(await bot.alerts('deal:d-1')).toEqual([]);
  await bot.until('2026-10-26 08:00');
  expect(await bot.alerts('deal:d-1')).toEqual([]);
  await bot.until('2026-10-26 09:00');
  expect(await bot.alerts('deal:d-1')).toMatchObject([{ rule: 'stalled', finding: { since: at('2026-10-05 09:00') } }]);
});
