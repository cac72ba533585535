import { describe, expect, it } from 'vitest';
import { aSignal, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

const config = aTeam({ alerts: { importSummaryOver: 3, settle: { amount: 2, unit: 's' } } });
const deals = (count: number) => Array.from({ length: count }, (_, index) => deal(`d-${index + 1}`, { amount: index }));
const kinds = (bot: Awaited<ReturnType<typeof aSmallBot>>) => bot.slack.messages().map(({ message }) => message.kind);

/** It is Thursday 1 October: what happened on 7 September comes in now. */
async function importing(signals: Parameters<Awaited<ReturnType<typeof aSmallBot>>['receive']>[0]) {
  const bot = await aSmallBot({ config, now: '2026-10-01 09:00:00' });
  await bot.receive(signals);
  await bot.ingest();
  return bot;
}

describe('signals that come late', () => {
  it('are taken in at once, and judged when their feed has been quiet for a moment', async () => {
    const bot = await importing(acme());
    expect(await bot.journey('deal:d-1')).toMatchObject({ settlingSince: at('2026-10-01 09:00'), evaluatedAt: null, stage: 'decision' });
    await bot.at('2026-10-01 09:00:01');
    expect(await bot.alerts('deal:d-1')).toEqual([]);
    await bot.at('2026-10-01 09:00:02');
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ rule: 'stalled', state: 'open' }]);
    expect(await bot.journey('deal:d-1')).toMatchObject({ settlingSince: null, evaluatedAt: at('2026-10-01 09:00:02') });
  });

  it('in the wrong order say nothing that is not true in the end', async () => {
    const bot = await importing(acme());
    bot.setTime('2026-10-01 09:00:01');
    await bot.receive([moved('2026-09-20 09:00')]);
    await bot.ingest();
    await bot.at('2026-10-01 09:00:02');
    expect(await bot.alerts('deal:d-1')).toEqual([]);
    await bot.at('2026-10-01 09:00:03');
    expect(await bot.alerts('deal:d-1')).toEqual([]);
    expect(bot.slack.messages()).toEqual([]);
  });

  it('are judged after all that came in with them, however long that takes', async () => {
    const bot = await importing(acme());
    bot.setTime('2026-10-01 09:00:01');
    await bot.receive([moved('2026-09-20 09:00')]);
    await bot.at('2026-10-01 09:00:05');
    expect(bot.slack.messages()).toEqual([]);
    await bot.ingest();
    await bot.at('2026-10-01 09:00:07');
    expect(await bot.journey('deal:d-1')).toMatchObject({ settlingSince: null, stage: 'implementation' });
    expect(bot.slack.messages()).toEqual([]);
  });

  it('are judged after the whole of a large body, although a machine halts in the middle of it', async () => {
    let halt = async (): Promise<void> => undefined;
    const bot = await aSmallBot({
      config,
      now: '2026-10-01 09:00:00',
      wrap: (store) => ({
        ...store,
        async commit(changes, when) {
          await store.commit(changes, when);
          await halt();
        },
      }),
    });
    halt = async () => {
      halt = async () => undefined;
      await bot.at('2026-10-01 09:00:05');
    };
    const mails = Array.from({ length: 64 }, (_, index) =>
      aSignal('touchpoint.recorded', at('2026-09-07 09:00') + index, { touchpoint: { dealId: 'd-1', type: 'email', direction: 'outbound' } }),
    );
    await bot.receive([...acme(), ...mails, moved('2026-09-20 09:00')]);
    await bot.ingest();
    await bot.at('2026-10-01 09:00:07');
    expect(await bot.journey('deal:d-1')).toMatchObject({ settlingSince: null, stage: 'implementation' });
    expect(bot.slack.messages()).toEqual([]);
  });

  it('do not wait for what came in after their feed had been quiet', async () => {
    const bot = await importing(acme());
    bot.setTime('2026-10-01 09:00:02');
    await bot.receive([aSignal('deal.upserted', '2026-10-01 09:00', { deal: { id: 'd-2', name: 'New', stage: 'decision' } })]);
    await bot.at('2026-10-01 09:00:03');
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ rule: 'stalled', state: 'open' }]);
  });

  it('wait for each other no longer than ten minutes, although the feed never falls quiet', async () => {
    const bot = await importing(acme());
    for (let second = 1; second < 600; second++) {
      bot.setTime(at('2026-10-01 09:00') + second * 1000);
      await bot.receive([
        aSignal('touchpoint.recorded', at('2026-09-07 09:00') + second, { touchpoint: { dealId: 'd-1', type: 'email', direction: 'outbound' } }),
      ]);
      if (second % 60 === 0) await bot.ingest();
      if (second % 60 === 0) await bot.evaluateDue();
    }
    expect(await bot.alerts('deal:d-1')).toEqual([]);
    bot.setTime('2026-10-01 09:10');
    await bot.receive([aSignal('touchpoint.recorded', '2026-09-08 09:00', { touchpoint: { dealId: 'd-1', type: 'email', direction: 'outbound' } })]);
    await bot.ingest();
    await bot.evaluateDue();
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ rule: 'stalled' }]);
  });

  it('are judged with what comes in at the end of these ten minutes, while they are being judged', async () => {
    let meanwhile = async (): Promise<void> => undefined;
    const bot = await aSmallBot({
      config: aTeam({ rules: { 'no-activity': { after: '2bd' } } }),
      now: '2026-10-01 09:00:00',
      wrap: (store) => ({
        ...store,
        async commit(changes, when) {
          if (changes.some(({ kind }) => kind === 'alert.put')) await meanwhile();
          return store.commit(changes, when);
        },
      }),
    });
    const mail = (when: string) => aSignal('touchpoint.recorded', when, { touchpoint: { accountId: 'a-1', type: 'email', direction: 'inbound' } });
    await bot.receive(acme());
    await bot.ingest();
    bot.setTime('2026-10-01 09:09:59');
    await bot.receive([mail('2026-09-20 09:00')]);
    await bot.ingest();
    meanwhile = async () => {
      meanwhile = async () => undefined;
      await bot.receive([mail('2026-09-30 15:00')]);
      await bot.ingest();
    };
    await bot.at('2026-10-01 09:10:01');
    await bot.at('2026-10-01 09:10:05');
    expect(await bot.alerts('deal:d-1')).toEqual([]);
    expect(bot.slack.messages()).toEqual([]);
  });

  it('do not put off a live signal’s journey that they have nothing to do with', async () => {
    const bot = await importing([deal('d-1')]);
    await bot.receive([aSignal('deal.upserted', '2026-10-01 09:00', { deal: { id: 'd-2', name: 'New', stage: 'decision' } })]);
    await bot.ingest();
    expect(await bot.journey('deal:d-2')).toMatchObject({ settlingSince: null, evaluatedAt: at('2026-10-01 09:00') });
  });

  it('about a journey that has its card edit it, and reply with what is new', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules: { stalled: { after: '15bd' }, 'missing-role': {} }, alerts: { repeat: null } }) });
    await bot.live(...acme());
    await bot.until('2026-09-28 09:00');
    await bot.receive([moved('2026-09-21 09:00')]);
    await bot.ingest();
    await bot.at('2026-09-28 09:00:02');
    expect((await bot.alerts('deal:d-1')).map(({ rule, state }) => [rule, state])).toEqual([
      ['missing-role', 'open'],
      ['stalled', 'resolved'],
    ]);
    expect(bot.slack.cards()).toHaveLength(1);
  });
});

describe('what history brings to light', () => {
  it('is posted as cards where it is little', async () => {
    const bot = await importing(deals(3));
    await bot.at('2026-10-01 09:00:02');
    expect(kinds(bot)).toEqual(['card', 'card', 'card']);
    expect(await bot.store.heldCards('history')).toEqual([]);
  });

  it('is one summary where it is much; a card is posted when something new happens', async () => {
    const bot = await importing([...deals(5), deal('d-6', { stage: 'awareness' })]);
    await bot.at('2026-10-01 09:00:02');
    expect(kinds(bot)).toEqual(['import-summary']);
    expect(bot.slack.messages()[0]?.message).toMatchObject({
      journeys: 6,
      byRule: [{ rule: 'stalled', count: 6 }],
      worst: [{ name: 'Deal d-5' }, {}, {}, {}, {}, {}],
    });
    await bot.until('2026-10-09 09:00');
    expect(kinds(bot)).toEqual(['import-summary']);
    await bot.live(moved('2026-10-09 10:00', 'implementation', 'd-1'));
    await bot.until('2026-10-30 12:00');
    expect(bot.slack.cards().map(({ content }) => content?.name)).toEqual(['Deal d-1']);
  });

  it('is the same however many there are: each counted once, the worst of all named', async () => {
    const bot = await importing(deals(450));
    await bot.at('2026-10-01 09:00:02');
    expect(kinds(bot)).toEqual(['import-summary']);
    expect(bot.slack.messages()[0]?.message).toMatchObject({
      journeys: 450,
      byRule: [{ rule: 'stalled', count: 450 }],
      worst: [{ name: 'Deal d-450' }, { name: 'Deal d-449' }, {}, {}, {}, {}, {}, {}, {}, {}],
    });
    expect(await bot.store.heldCards('history')).toEqual([]);
    expect(await bot.store.heldCards('import-summary')).toHaveLength(450);
  });

  it('counts a journey once for each rule, however many roles are missing in it', async () => {
    const roles = aTeam({ rules: { 'missing-role': {} }, alerts: { importSummaryOver: 3, settle: { amount: 2, unit: 's' } } });
    const maps = roles.maps.map((map) => ({
      ...map,
      stages: map.stages.map((stage) => ({ ...stage, expects: { ...stage.expects, roles: ['legal', 'champion'] } })),
    }));
    const bot = await aSmallBot({ config: { ...roles, maps }, now: '2026-10-01 09:00:00' });
    await bot.receive(deals(5));
    await bot.ingest();
    await bot.at('2026-10-01 09:00:02');
    expect(await bot.alerts('deal:d-1')).toHaveLength(2);
    expect(bot.slack.messages()[0]?.message).toMatchObject({ journeys: 5, byRule: [{ rule: 'missing-role', count: 5 }] });
  });

  it('waits until all of it is in', async () => {
    const bot = await importing([deal('d-1')]);
    bot.setTime('2026-10-01 09:00:02');
    await bot.evaluateDue();
    await bot.receive(deals(5).slice(1));
    await bot.ingest();
    await bot.releaseHistory();
    await bot.deliver.run();
    expect(kinds(bot)).toEqual([]);
    await bot.at('2026-10-01 09:00:04');
    expect(kinds(bot)).toEqual(['import-summary']);
    expect(bot.slack.messages()[0]?.message).toMatchObject({ journeys: 5 });
  });

  it('and has cleared meanwhile is not said', async () => {
    const bot = await importing([deal('d-1')]);
    bot.setTime('2026-10-01 09:00:02');
    await bot.evaluateDue();
    await bot.receive([moved('2026-10-01 09:00:02')]);
    await bot.ingest();
    await bot.releaseHistory();
    await bot.deliver.run();
    expect(kinds(bot)).toEqual([]);
    expect(await bot.store.heldCards('history')).toEqual([]);
  });

  it('is said after quiet hours', async () => {
    const bot = await aSmallBot({ config: aTeam({ alerts: { quiet: { from: '19:00', to: '08:00', offDays: true } } }), now: '2026-10-01 22:00' });
    await bot.receive([deal('d-1')]);
    await bot.ingest();
    await bot.at('2026-10-01 22:01');
    expect(kinds(bot)).toEqual([]);
    await bot.at('2026-10-02 08:00');
    expect(kinds(bot)).toEqual(['card']);
  });
});
