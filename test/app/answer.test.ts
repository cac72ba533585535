import { describe, expect, it } from 'vitest';
import { aSignal, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved, stalledAt } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

const rules = { stalled: { after: '15bd' }, 'missing-role': {}, 'no-activity': { after: '20bd' }, ghosted: { attempts: 1, after: '1bd' } };
const person = (id: string, fields: object) => aSignal('person.upserted', '2026-09-07 10:00', { person: { id, accountId: 'a-1', ...fields } });

describe('an account', () => {
  it('is shown with its journeys, people, alerts and last touchpoints', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules }) });
    await bot.live(
      ...acme(),
      deal('d-2', { accountId: 'a-1', name: 'Old deal', status: 'lost' }),
      person('p-1', { name: 'Priya Nair', title: 'CFO' }),
      aSignal('touchpoint.recorded', '2026-09-08 09:00', { touchpoint: { dealId: 'd-1', personId: 'p-1', type: 'email', direction: 'inbound' } }),
    );
    await bot.at(stalledAt);
    const found = await bot.answers.account('acme');
    expect(found).toMatchObject({
      kind: 'one',
      summary: {
        account: { id: 'a-1', name: 'Acme GmbH', domain: 'acme.example', ownerEmail: 'dana@us.example' },
        mute: null,
        journeys: [
          { journeyId: 'deal:d-1', stageLabel: 'Decision', alerts: [{ rule: 'missing-role' }, { rule: 'stalled' }], missingRoles: ['Legal'] },
        ],
        committee: [{ name: 'Priya Nair', title: 'CFO', lastHeardAt: at('2026-09-08 09:00') }],
        touchpoints: [{ type: 'email', personName: 'Priya Nair' }],
      },
    });
  });

  it('without anything open shows what there was', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme({ status: 'won' }));
    expect(await bot.answers.accountById('a-1')).toMatchObject({ journeys: [{ journeyId: 'deal:d-1', outcome: 'won' }] });
  });

  it('is found by the id it had before it was merged, and not at all once it is erased', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme(), aSignal('record.merged', '2026-09-08 09:00', { merge: { kind: 'account', from: ['a-old'], into: 'a-1' } }));
    expect((await bot.answers.accountById('a-old'))?.account.id).toBe('a-1');
    await bot.live(aSignal('record.erased', '2026-09-09 09:00', { record: { kind: 'account', id: 'a-1' } }));
    expect(await bot.answers.accountById('a-1')).toBeNull();
    expect(await bot.answers.accountById('no-such')).toBeNull();
  });

  it('that is muted says so, as long as it is', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme());
    await bot.acts.mute('a-1', '1d', 'holiday', 'U1');
    expect((await bot.answers.accountById('a-1'))?.mute).toMatchObject({ reason: 'holiday' });
    bot.setTime('2026-09-08 09:00');
    expect((await bot.answers.accountById('a-1'))?.mute).toBeNull();
  });
});

describe('what needs you', () => {
  it('is not known before the first journey came in', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    const nobodys = { mine: [], mineTotal: 0, openTotal: 0 };
    expect(await bot.answers.home({ email: 'dana@us.example' })).toEqual({ ...nobodys, nothingKnown: true });
    await bot.live(...acme());
    expect(await bot.answers.home({ email: 'dana@us.example' })).toEqual(nobodys);
  });
});

describe('what is not told', () => {
  const silence = { 'no-activity': { after: '10bd' } };
  const quietFeed = { staleAfter: { amount: 3, unit: 'd' } } as const;
  const called = aSignal('touchpoint.recorded', '2026-09-07 10:00', { touchpoint: { dealId: 'd-1', type: 'call', direction: 'inbound' } });
  const dana = { userId: 'U1', email: 'dana@us.example' };

  it('because the CRM has gone silent is no all clear', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules: silence, feed: quietFeed }) });
    await bot.live(...acme(), called);
    await bot.until('2026-09-25 12:00');
    expect(await bot.answers.home(dana)).toMatchObject({ mineTotal: 0, quiet: { muted: 0, held: 1 } });
    expect(await bot.answers.list('silent', '', 1, dana)).toMatchObject({
      list: { total: 0, silentFeeds: [{ source: 'The signals endpoint', lastReceivedAt: called.occurredAt }] },
    });
    // Somebody else has nothing that is held back.
    expect(await bot.answers.home({ email: 'theo@us.example' })).not.toHaveProperty('quiet');
  });

  it('because an account is muted is none, either', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules: silence }) });
    await bot.live(...acme(), called);
    await bot.until('2026-09-25 12:00');
    expect(await bot.answers.home(dana)).toMatchObject({ mineTotal: 1 });
    await bot.acts.mute('a-1', null, 'holiday', 'U1');
    await bot.evaluateDue();
    expect(await bot.answers.home(dana)).toMatchObject({ mineTotal: 0, quiet: { muted: 1, held: 0 } });
    expect(await bot.answers.list('silent', '', 1, dana)).not.toHaveProperty('list.silentFeeds');
  });
});

describe('what has come in and is not judged yet', () => {
  it('is said to be so, and not that it is all clear', async () => {
    const bot = await aSmallBot({ config: aTeam(), now: '2026-09-28 09:00' });
    await bot.receive(acme());
    await bot.ingest('signals');
    expect(await bot.answers.home({ email: 'dana@us.example' })).toMatchObject({ mineTotal: 0, settling: true });
    expect((await bot.answers.accountById('a-1'))?.journeys).toMatchObject([{ alerts: [], settling: true }]);
    expect((await bot.answers.dealById('d-1'))?.journey).toMatchObject({ settling: true });
    await bot.at('2026-09-28 09:01');
    expect((await bot.answers.dealById('d-1'))?.journey.settling).toBeUndefined();
  });
});

describe('what somebody resolved by hand', () => {
  it('is counted as long as it is true', async () => {
    const bot = await aSmallBot({ config: aTeam({ alerts: { repeat: null } }) });
    await bot.live(...acme());
    await bot.at(stalledAt);
    for (const { id } of await bot.alerts('deal:d-1')) await bot.acts.resolve(id, 'done', null, 'U1');
    const { journey } = (await bot.answers.dealById('d-1')) ?? {};
    expect(journey).toMatchObject({ alerts: [], resolvedByHand: (await bot.alerts('deal:d-1')).length });
    await bot.live(moved('2026-09-29 09:00'));
    expect((await bot.answers.dealById('d-1'))?.journey.resolvedByHand).toBeUndefined();
  });
});

describe('a deal', () => {
  it('is shown by itself', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme(), moved('2026-09-09 09:00'));
    expect(await bot.answers.deal('acme roll')).toMatchObject({
      kind: 'one',
      summary: {
        accountName: 'Acme GmbH',
        accountId: 'a-1',
        journey: { journeyId: 'deal:d-1', amount: { value: 48_000, currency: 'EUR' }, stageLabel: 'Implementation' },
      },
    });
  });

  it('of a pipeline that no map takes is none', async () => {
    const config = aTeam();
    const bot = await aSmallBot({
      config: {
        ...config,
        maps: config.maps.map((map) => ({ ...map, for: map.for.kind === 'deals' ? { kind: 'deals', pipelines: ['default'] } : map.for })),
      },
    });
    await bot.live(deal('d-1', { pipeline: 'strange' }));
    expect(await bot.answers.deal('Deal d-1')).toMatchObject({ kind: 'none' });
  });
});

describe('why', () => {
  it('names every rule, what was found, what is held back by what, and when it is next due', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules, alerts: { repeat: null } }) });
    await bot.live(
      ...acme(),
      aSignal('touchpoint.recorded', '2026-09-07 12:00', { touchpoint: { dealId: 'd-1', type: 'email', direction: 'outbound' } }),
    );
    await bot.until('2026-10-06 09:00');
    const answer = await bot.answers.why('acme rollout');
    expect(answer.kind).toBe('one');
    const why = answer.kind === 'one' ? answer.summary : null;
    expect(why).toMatchObject({ journeyId: 'deal:d-1', name: 'Acme rollout', stageLabel: 'Decision', channels: ['#deals'] });
    expect(why?.lines.filter(({ state }) => state === 'found').map(({ rule }) => rule)).toEqual([
      'stalled',
      'no-activity',
      'ghosted',
      'missing-role',
    ]);
    expect(why?.held).toEqual([{ headline: expect.stringContaining('No answer'), reason: '“No activity” says it already', until: null }]);
    expect(why?.audit.length).toBeGreaterThan(0);
  });

  it('says in words, not by the keys of journey.yml, what held an alert back', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules, alerts: { repeat: null } }) });
    await bot.live(...acme());
    await bot.until('2026-10-06 09:00');
    await bot.acts.mute('a-1', null, 'holidays', 'U1');
    await bot.evaluateDue();
    await bot.acts.unmute('a-1', 'U1');
    await bot.evaluateDue();
    const audit = (await bot.answers.whyById({ kind: 'deal', id: 'd-1' }))?.audit.map(({ what, why }) => [what, why]);
    expect(audit).toContainEqual(['released', 'the mute is over']);
    await bot.acts.mute('a-1', null, 'holidays', 'U1');
    await bot.evaluateDue();
    const again = (await bot.answers.whyById({ kind: 'deal', id: 'd-1' }))?.audit.map(({ what, why }) => [what, why]);
    expect(again).toContainEqual(['held back', 'the account is muted']);
  });

  it('tells what a mute, a snooze, quiet hours, the budget and old signals hold back', async () => {
    const quiet = { from: '19:00', to: '08:00', offDays: false };
    const bot = await aSmallBot({ config: aTeam({ alerts: { quiet, budget: 1, repeat: null } }) });
    const reasons = async (id: string) => (await bot.answers.whyById({ kind: 'deal', id }))?.held.map(({ reason, until }) => [reason, until]);
    bot.setTime('2026-09-07 20:00');
    await bot.live(
      ...['d-1', 'd-2'].map((id) => aSignal('deal.upserted', '2026-09-07 20:00', { deal: { id, name: id, stage: 'decision', accountId: id } })),
      aSignal('account.upserted', '2026-09-07 20:00', { account: { id: 'd-1', name: 'One' } }),
    );
    bot.setTime('2026-09-29 20:00');
    await bot.evaluateDue();
    expect(await reasons('d-1')).toEqual([['quiet hours', at('2026-09-30 08:00')]]);
    await bot.at('2026-09-30 08:00');
    const held = (await Promise.all(['d-1', 'd-2'].map(reasons))).filter((each) => each !== undefined && each.length > 0);
    expect(held).toEqual([[["the channel's budget for today is used up", at('2026-10-01')]]]);
    const [alert] = await bot.alerts('deal:d-1');
    await bot.acts.snooze(alert?.id ?? '', { duration: '2d' }, 'U1');
    expect(await reasons('d-1')).toContainEqual(['snoozed', at('2026-10-02 08:00')]);
    await bot.acts.mute('d-1', null, 'legal hold', 'U1');
    await bot.at('2026-09-30 08:05');
    expect(await reasons('d-1')).toContainEqual(['the account is muted (legal hold)', null]);
    await bot.receive([moved('2026-09-20 09:00', 'implementation', 'd-2')]);
    await bot.ingest();
    expect(await reasons('d-2')).toContainEqual(['old signals are still coming in', at('2026-09-30 08:05:02')]);
  });

  it('says of what was resolved by hand that it is, as long as it is still so', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(aSignal('deal.upserted', '2026-09-07 10:00', { deal: { id: 'd-1', name: 'Acme rollout', stage: 'decision' } }));
    await bot.at('2026-10-07 10:00');
    const [alert] = await bot.alerts('deal:d-1');
    await bot.acts.resolve(alert?.id ?? '', 'wont-do', null, 'U1');
    expect((await bot.answers.whyById({ kind: 'deal', id: 'd-1' }))?.held).toContainEqual({
      headline: alert?.finding.headline,
      reason: 'resolved by hand (won’t do) until its condition changes',
      until: null,
    });
  });

  it('finds an account where no deal has the name', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-1', name: 'Zeta', lifecycleStage: 'growth' } }));
    expect(await bot.answers.why('zeta')).toMatchObject({ kind: 'one', summary: { journeyId: 'account:a-1:customers', stageLabel: 'Growth' } });
    expect(await bot.answers.why('nobody')).toMatchObject({ kind: 'none' });
  });

  it('of an account says how many other journeys of it are open, of a deal nothing of them', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-1', name: 'Zeta', lifecycleStage: 'growth' } }));
    expect((await bot.answers.whyById({ kind: 'account', id: 'a-1' }))?.others).toBeUndefined();
    await bot.live(deal('d-1', { accountId: 'a-1' }), deal('d-2', { accountId: 'a-1' }), deal('d-3', { accountId: 'a-1', status: 'won' }));
    expect((await bot.answers.whyById({ kind: 'account', id: 'a-1' }))?.others?.journeys).toBe(2);
    expect((await bot.answers.whyById({ kind: 'deal', id: 'd-1' }))?.others).toBeUndefined();
  });

  it('says of a stage that the map does not know what the CRM calls it', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(deal('d-1', { stage: 'custom_7' }));
    expect(await bot.answers.whyById({ kind: 'deal', id: 'd-1' })).toMatchObject({ stageLabel: 'custom_7 (not on the journey map)', offMap: true });
    await bot.live(moved('2026-09-07 10:00', 'decision', 'd-1'));
    expect((await bot.answers.whyById({ kind: 'deal', id: 'd-1' }))?.offMap).toBeUndefined();
  });
});
