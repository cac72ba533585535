import { describe, expect, it, onTestFinished } from 'vitest';
import { createBackstage } from '../../../src/sandbox/demo/backstage.ts';
import { createMovableClock } from '../../../src/sandbox/demo/movable-clock.ts';
import { createSilentBot, type SilentBot } from './silent-bot.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;

/** Backstage on a Friday afternoon, with a bot that only listens. */
async function onFriday() {
  const clock = createMovableClock(() => Date.parse('2026-11-20T13:31:00Z'));
  const backstage = createBackstage({ seed: 2026, clock });
  const bot: SilentBot = createSilentBot();
  const running = await bot.start({ environment: { SIGNALS_SECRET: secret }, clock });
  onTestFinished(() => running.close());
  return { ...backstage, clock, bot, running, sent: () => bot.batches.flat() };
}

describe('the CRM of the demo', () => {
  it('tells the bot what people do there, and knows it from then on', async () => {
    const { controls, connect, running, sent } = await onFriday();
    const crm = controls.crm;
    connect(running, secret);
    const acme = () => crm?.accounts().find(({ name }) => name === 'Acme');
    const deal = acme()?.deals.find(({ name }) => name === 'Acme rollout');
    expect(deal?.stage).toBe('contractsent');
    const dealId = deal?.id ?? '';
    expect(await crm?.act({ kind: 'move', dealId, stage: 'qualifiedtobuy' })).toEqual({ status: 204, sent: ['stage.entered'], text: '' });
    expect(acme()?.deals.find(({ id }) => id === dealId)?.stage).toBe('qualifiedtobuy');
    await crm?.act({ kind: 'person', accountId: acme()?.id ?? '', name: 'Alex Morgan', title: 'CFO', role: 'BUDGET_HOLDER' });
    expect(acme()?.people.at(-1)).toMatchObject({ name: 'Alex Morgan', title: 'CFO' });
    await crm?.act({ kind: 'next-step', dealId, title: 'Call', due: '2026-12-01' });
    await crm?.act({ kind: 'touchpoint', accountId: 'a-acme', dealId, personId: 'p-1', type: 'call', direction: 'inbound' });
    await crm?.act({ kind: 'win', dealId });
    expect(acme()?.deals.some(({ id }) => id === dealId)).toBe(false);
    expect(sent().map(({ type }) => type)).toEqual([
      'stage.entered',
      'person.upserted',
      'next-step.set',
      'touchpoint.recorded',
      'stage.entered',
      'deal.upserted',
    ]);
    expect(new Set(sent().map(({ id }) => id)).size).toBe(6);
  });

  it('tells whoever listens of each change, and of no refusal', async () => {
    const { controls, connect, running, tell } = await onFriday();
    connect(running, secret);
    let changes = 0;
    const stop = controls.crm?.onChange(() => {
      changes += 1;
    });
    await controls.crm?.act({ kind: 'person', accountId: 'a-acme', name: 'Alex Morgan', title: 'CFO' });
    await tell([]);
    expect(changes).toBe(2);
    connect({ ...running, url: `${running.url}/nowhere` }, secret);
    await controls.crm?.act({ kind: 'person', accountId: 'a-acme', name: 'Kim Morgan', title: 'CFO' });
    stop?.();
    expect(changes).toBe(2);
  });

  it('tells people apart whose names no address can hold', async () => {
    const { controls, connect, running } = await onFriday();
    connect(running, secret);
    for (const name of ['李', '张']) await controls.crm?.act({ kind: 'person', accountId: 'a-acme', name, title: 'CFO' });
    const people = controls.crm?.accounts().find(({ id }) => id === 'a-acme')?.people ?? [];
    expect(people.slice(-2).map(({ name }) => name)).toEqual(['李', '张']);
  });

  it('loses and deletes deals', async () => {
    const { controls, connect, running, sent } = await onFriday();
    connect(running, secret);
    const [first, second] = controls.crm?.accounts().flatMap(({ deals }) => deals) ?? [];
    await controls.crm?.act({ kind: 'lose', dealId: first?.id ?? '' });
    await controls.crm?.act({ kind: 'delete', dealId: second?.id ?? '' });
    const left = controls.crm?.accounts().flatMap(({ deals }) => deals.map(({ id }) => id));
    expect([left?.includes(first?.id ?? ''), left?.includes(second?.id ?? '')]).toEqual([false, false]);
    expect(sent().at(-1)).toMatchObject({ type: 'record.deleted', record: { kind: 'deal', id: second?.id } });
  });

  it('says when there is no bot yet, or when it refuses', async () => {
    const { controls, connect, running } = await onFriday();
    const crm = controls.crm;
    const [deal] = crm?.accounts().flatMap(({ deals }) => deals) ?? [];
    const act = () => crm?.act({ kind: 'delete', dealId: deal?.id ?? '' });
    expect(await act()).toMatchObject({ status: 503 });
    connect({ ...running, url: `${running.url}/nowhere` }, secret);
    expect(await act()).toMatchObject({ status: 404 });
    expect(crm?.accounts().flatMap(({ deals }) => deals)).toContainEqual(deal);
    await expect(crm?.act({ kind: 'move', dealId: 'd', stage: 'heaven' })).rejects.toThrow('no stage heaven');
  });
});

describe('the clock of the demo', () => {
  it('lets healthy deals go on before anybody hears of the jump', async () => {
    const { controls, connect, running, clock, sent } = await onFriday();
    connect(running, secret);
    const heardBefore: number[] = [];
    clock.onJump(() => heardBefore.push(sent().length));
    await controls.clock?.skip('monday');
    expect(new Date(clock.now()).toISOString()).toBe('2026-11-23T08:00:00.000Z');
    await controls.clock?.skip('day');
    expect(sent().length).toBeGreaterThan(20);
    expect(heardBefore.at(-1)).toBe(sent().length);
    expect(sent().every(({ occurredAt }) => Date.parse(occurredAt) <= clock.now())).toBe(true);
  });

  it('offers what it can do, and nothing else', async () => {
    const { controls } = await onFriday();
    expect(controls.clock?.skips.map(({ key }) => key)).toEqual(['hour', 'day', 'monday']);
    await expect(controls.clock?.skip('year')).rejects.toThrow('nobody offers to skip “year”');
  });
});
