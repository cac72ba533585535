import { describe, expect, it } from 'vitest';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aSignal, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved, stalledAt } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';
import { eraseAll, everythingOf } from './whole-store.ts';

const rules = { 'response-gap': { types: ['question'], within: '1bh' }, 'silent-role': { roles: ['champion'], after: '2bd' } };
const priya = (when: string, more: object = {}) =>
  aSignal('person.upserted', when, {
    person: {
      id: 'p-1',
      accountId: 'a-1',
      dealIds: ['d-1'],
      name: 'Priya Nair',
      title: 'CFO',
      email: 'priya@acme.example',
      roles: ['champion'],
      ...more,
    },
  });
const asked = (when: string, personId = 'p-1', more: object = {}) =>
  aSignal('touchpoint.recorded', when, { touchpoint: { dealId: 'd-1', personId, type: 'question', direction: 'inbound', ...more } });
const erased = (when: string, id = 'p-1', kind: 'person' | 'deal' | 'account' = 'person') => aSignal('record.erased', when, { record: { kind, id } });
const merged = (when: string, from: string[], into: string, kind: 'person' | 'deal' = 'person') =>
  aSignal('record.merged', when, { merge: { kind, from, into } });

const secret = /Priya|Nair/i;
const said = (bot: SmallBot): string => JSON.stringify(bot.slack.messages());

async function settle(bot: SmallBot): Promise<void> {
  await eraseAll(bot.store, bot.clock.now());
  await bot.deliver.run();
}

/** Priya asked twice: the first question posts the card, and her silence, later, is a reply in its thread. */
async function aCardAndAReply(): Promise<SmallBot> {
  const bot = await aSmallBot({ config: aTeam({ rules }) });
  await bot.live(...acme(), priya('2026-09-07 09:30'), asked('2026-09-07 10:00'));
  await bot.at('2026-09-07 11:30');
  await bot.at('2026-09-10 11:30');
  expect(bot.slack.messages().map(({ message }) => message.kind)).toEqual(expect.arrayContaining(['card', 'reply']));
  for (const { message, content } of bot.slack.messages()) expect(JSON.stringify([message, content])).toMatch(secret);
  return bot;
}

describe('a person who is erased', () => {
  it('disappears from the card and from the replies in its thread, and nothing new is posted', async () => {
    const bot = await aCardAndAReply();
    const before = bot.slack.messages().length;
    bot.setTime('2026-09-10 12:00');
    await bot.live(erased('2026-09-10 12:00'));
    await settle(bot);
    expect(said(bot)).not.toMatch(secret);
    expect(await everythingOf(bot.store)).not.toMatch(secret);
    expect(bot.slack.messages().filter(({ message }) => message.kind === 'card')).toHaveLength(1);
    expect(bot.slack.messages().length).toBe(before);
  });

  it.each<[string, Signal[]]>([
    ['', []],
    [', also after a merge: each thing once', [merged('2026-09-08 10:00', ['p-0', 'p-00'], 'p-1')]],
    [
      ', also where a deal and a next step are named after her',
      [
        aSignal('deal.upserted', '2026-09-07 10:05', { deal: { id: 'd-1', name: 'Priya Nair rollout' } }),
        aSignal('next-step.set', '2026-09-07 10:06', { nextStep: { dealId: 'd-1', title: 'Call Priya Nair', due: '2026-09-08' } }),
      ],
    ],
  ])('is taken out of as much as was announced%s', async (_how, before) => {
    const bot = await aSmallBot({ config: aTeam({ rules: { ...rules, 'no-activity': { after: '2bd' }, 'missing-role': { grace: '1h' } } }) });
    await bot.live(...acme(), priya('2026-09-07 09:30', { roles: ['champion', 'legal'] }), asked('2026-09-07 10:00'), ...before);
    await bot.at('2026-09-08 11:30');
    await bot.at('2026-09-10 11:30');
    const ref = { kind: 'person', id: 'p-1' } as const;
    const announced = await bot.store.previewErasure(ref);
    expect(announced).toMatchObject({ alerts: expect.any(Number), cards: 1 });
    await bot.live(erased('2026-09-10 12:00'));
    await settle(bot);
    expect((await bot.store.erasureOf(ref))?.counts).toEqual(announced);
  });

  it('is found in what was posted more than a fortnight ago', async () => {
    const bot = await aCardAndAReply();
    bot.setTime('2026-11-10 12:00');
    await bot.store.prune(at('2026-11-01 09:00'));
    await bot.live(erased('2026-11-10 12:00'));
    await settle(bot);
    expect(said(bot)).not.toMatch(secret);
  });

  it('does not come back by what the CRM says late: itself, a touchpoint, a role', async () => {
    const bot = await aCardAndAReply();
    await bot.live(erased('2026-09-10 12:00'));
    await settle(bot);
    await bot.live(
      priya('2026-09-10 13:00'),
      { ...priya('2026-09-10 09:00'), id: 'late' },
      asked('2026-09-10 13:10'),
      aSignal('touchpoint.recorded', '2026-09-10 13:20', { touchpoint: { personId: 'p-1', type: 'email', direction: 'inbound' } }),
      aSignal('role.assigned', '2026-09-10 13:30', { role: { personId: 'p-1', role: 'GURU' } }),
    );
    await bot.at('2026-09-14 12:00');
    expect(said(bot)).not.toMatch(secret);
    const kept = await everythingOf(bot.store);
    expect(kept).not.toMatch(secret);
    const signals = kept.split('\n').filter((line) => line.startsWith('signals '));
    // Their ids are made of what they say here.
    const about = signals.map((line) => JSON.parse((JSON.parse(line.slice('signals '.length)) as { body: string }).body) as Signal);
    expect(about.filter(({ id, ...body }) => id !== '' && JSON.stringify(body).includes('p-1')).map(({ type }) => type)).toEqual(['record.erased']);
    expect(await bot.store.unknownValues(5)).toEqual([]);
  });

  it('does not come back under an id that turns out to be the same person only later', async () => {
    const bot = await aCardAndAReply();
    await bot.live(erased('2026-09-10 12:00'));
    await settle(bot);
    await bot.live(priya('2026-09-10 13:00', { id: 'p-9', name: 'Priya N. Nair' }), asked('2026-09-10 14:00', 'p-9'));
    await bot.at('2026-09-11 12:00');
    expect(said(bot)).toMatch(secret);
    await bot.live(merged('2026-09-11 13:00', ['p-9'], 'p-1'));
    await settle(bot);
    expect(said(bot)).not.toMatch(secret);
    expect(await everythingOf(bot.store)).not.toMatch(secret);
    await bot.live({ ...priya('2026-09-12 13:00', { id: 'p-9' }), id: 'late' });
    expect(await everythingOf(bot.store)).not.toMatch(secret);
  });

  it('is forgotten by every id of a merge into a third one, in whatever order that comes', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules }) });
    await bot.live(
      ...acme(),
      priya('2026-09-07 09:30', { id: 'p-2' }),
      asked('2026-09-07 10:00', 'p-2'),
      merged('2026-09-07 10:20', ['p-1', 'p-2'], 'p-3'),
      merged('2026-09-07 10:10', ['p-0'], 'p-1'),
      priya('2026-09-07 09:40', { id: 'p-0', name: 'Priya Old Nair' }),
    );
    await bot.at('2026-09-07 12:00');
    expect(said(bot)).toMatch(secret);
    await bot.live(erased('2026-09-07 13:00', 'p-0'));
    await settle(bot);
    expect(said(bot)).not.toMatch(secret);
    expect(await everythingOf(bot.store)).not.toMatch(secret);
  });

  it('does not make a feed of a CRM that never sends', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules }) });
    await bot.live(erased('2026-09-10 12:00'));
    expect(await bot.store.feeds()).toEqual([]);
  });
});

describe('a deal', () => {
  it('that is deleted ends its card, which says where it was deleted, and posts nothing', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme().map((signal) => ({ ...signal, source: 'hubspot' as const })));
    await bot.at(stalledAt);
    await bot.live({ ...aSignal('record.deleted', '2026-09-28 10:00', { record: { kind: 'deal', id: 'd-1' } }), source: 'hubspot' });
    await bot.at('2026-09-28 10:01');
    const [card, ...more] = bot.slack.messages();
    expect(more).toEqual([]);
    expect(card?.content).toMatchObject({ state: 'clear', outcome: 'deleted', deletedIn: 'hubspot' });
    expect(card?.content?.alerts[0]?.resolution).toMatchObject({ how: 'ended', text: 'it was deleted in HubSpot' });
  });

  it('that is restored comes back', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme());
    await bot.at(stalledAt);
    await bot.live(aSignal('record.deleted', '2026-09-28 10:00', { record: { kind: 'deal', id: 'd-1' } }));
    await bot.at('2026-09-28 10:01');
    expect(await bot.journey('deal:d-1')).toMatchObject({ outcome: 'deleted' });
    await bot.live(aSignal('deal.upserted', '2026-09-28 11:00', { deal: { id: 'd-1', stage: 'decision' } }));
    await bot.at('2026-09-28 11:01');
    expect(await bot.journey('deal:d-1')).toMatchObject({ outcome: 'open' });
    expect((await bot.alerts('deal:d-1')).filter(({ state }) => state === 'open')).toMatchObject([{ rule: 'stalled', episode: 2 }]);
  });

  it('that was merged away is known by its new id, also out of a merge that came before it', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(merged('2026-09-07 08:00', ['d-2'], 'd-3', 'deal'), merged('2026-09-07 08:10', ['d-1'], 'd-2', 'deal'), ...acme());
    await bot.live(moved('2026-09-08 09:00', 'implementation', 'd-1'), deal('d-3', { name: 'Survivor', stage: null }));
    expect(await bot.journey('deal:d-3')).toMatchObject({ name: 'Survivor', stage: 'implementation' });
    expect(await bot.journey('deal:d-1')).toBeNull();
  });

  it('that is erased leaves its name neither on its card nor in what was said of it elsewhere', async () => {
    const bot = await aSmallBot({ config: aTeam({ alerts: { budget: 1 } }) });
    await bot.live(...acme({ name: 'Skunkworks' }), deal('d-2', { name: 'Moonshot' }));
    await bot.at(stalledAt);
    expect(said(bot)).toMatch(/Skunkworks/);
    expect(said(bot)).toMatch(/Moonshot/);
    await bot.live(erased('2026-09-28 10:00', 'd-1', 'deal'), erased('2026-09-28 10:01', 'd-2', 'deal'));
    await settle(bot);
    expect(said(bot)).not.toMatch(/Skunkworks|Moonshot/);
    expect(await everythingOf(bot.store)).not.toMatch(/Skunkworks|Moonshot/);
  });
});
