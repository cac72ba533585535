import { describe, expect, it } from 'vitest';
import { resolveRules } from '../../src/config/resolve/resolve-rules.ts';
import { advocacyReady } from '../../src/core/detectors/advocacy-ready.ts';
import { renewalDue } from '../../src/core/detectors/renewal-due.ts';
import { sentimentDrop } from '../../src/core/detectors/sentiment-drop.ts';
import { aConfig, aMap, aSignal, at } from '../core/builders.ts';
import { aSmallBot } from './small-bot.ts';

const onlyRenewalDue = resolveRules([], [renewalDue], () => undefined);
const begins = { milestones: [], won: false, renewalDays: null };
const config = aConfig({
  maps: [
    aMap({ rules: {}, stages: [{ key: 'decision', rules: {} }] }),
    aMap({ key: 'renewals', for: { kind: 'deals', pipelines: ['renewals'] }, rules: {}, stages: [{ key: 'offered', rules: {} }] }),
    aMap({ key: 'onboarding', for: { kind: 'accounts' }, rules: {}, stages: [{ key: 'kickoff', begins: { ...begins, won: true }, rules: {} }] }),
    aMap({
      key: 'renewal',
      for: { kind: 'accounts' },
      rules: {},
      stages: [{ key: 'renewal', begins: { ...begins, renewalDays: 120 }, rules: onlyRenewalDue }],
    }),
  ],
});
const account = (when: string, fields: object) => aSignal('account.upserted', when, { account: { id: 'a-1', name: 'Acme', ...fields } });
const deal = (when: string, fields: object) =>
  aSignal('deal.upserted', when, { deal: { id: 'd-1', accountId: 'a-1', name: 'Acme rollout', ...fields } });
/** The CRM is still sending. */
const elsewhere = (when: string) => aSignal('account.upserted', when, { account: { id: 'a-2', name: 'Zeta' } });
const renewalId = 'account:a-1:renewal';

describe('an account’s journey', () => {
  it('begins with the signal that wins a deal, and goes when that was a mistake', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(account('2026-09-07 09:00', {}), deal('2026-09-07 10:00', { stage: 'decision', status: 'open' }));
    expect(await bot.journey('account:a-1:onboarding')).toBeNull();
    await bot.live(deal('2026-09-08 10:00', { status: 'won' }));
    expect(await bot.journey('account:a-1:onboarding')).toMatchObject({ stage: 'kickoff', stageEnteredAt: at('2026-09-08 10:00'), outcome: 'open' });
    await bot.live(deal('2026-09-08 11:00', { status: 'open' }));
    expect(await bot.journey('account:a-1:onboarding')).toMatchObject({ recheckAt: null });
  });

  it('begins by itself as the renewal comes near, without any signal', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(account('2026-09-07 09:00', { renewalDate: '2027-02-01' }));
    expect(await bot.journey(renewalId)).toMatchObject({ stage: null, recheckAt: at('2026-10-04') });
    expect((await bot.answers.accountById('a-1'))?.journeys).toEqual([]);
    await bot.at('2026-10-04');
    expect(await bot.journey(renewalId)).toMatchObject({ stage: 'renewal', recheckAt: at('2026-11-03') });
    expect((await bot.answers.accountById('a-1'))?.journeys.map(({ mapLabel, stageLabel }) => [mapLabel, stageLabel])).toEqual([
      ['New business', 'Renewal'],
    ]);
  });

  it('tells of a renewal that nobody talks about, and is done with it when a deal for it comes up, or a new date', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(account('2026-09-07 09:00', { renewalDate: '2027-02-01' }), elsewhere('2026-11-02 16:00'));
    await bot.at('2026-11-03');
    expect(bot.slack.cards().at(0)?.content).toMatchObject({ state: 'active', stage: { label: 'Renewal' }, alerts: [{ rule: 'renewal-due' }] });
    await bot.live(deal('2026-11-10 09:00', { id: 'd-2', name: 'Acme renewal', pipeline: 'renewals', stage: 'offered', status: 'open' }));
    await bot.deliver.run();
    expect(bot.slack.cards().at(0)?.content).toMatchObject({
      state: 'clear',
      alerts: [{ resolution: { text: 'there is a deal for it: Acme renewal' } }],
    });
  });

  it('is over with the renewal’s new date', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(account('2026-09-07 09:00', { renewalDate: '2027-02-01' }), elsewhere('2026-11-02 16:00'));
    await bot.at('2026-11-03');
    await bot.live(account('2026-11-10 09:00', { renewalDate: '2028-02-01' }));
    await bot.deliver.run();
    expect(bot.slack.cards().at(0)?.content).toMatchObject({
      state: 'clear',
      alerts: [{ resolution: { text: 'the renewal date moved to 1 Feb 2028' } }],
    });
    // The CRM was silent for a week: what it held back is judged anew first.
    await bot.at('2026-11-10 09:05');
    expect(await bot.journey(renewalId)).toMatchObject({ stage: null, recheckAt: at('2027-10-04') });
  });
});

it('good news is said once, and never again while it is the same', async () => {
  const rules = resolveRules([], [advocacyReady], () => undefined);
  const fans = aConfig({ maps: [aMap({ key: 'customers', for: { kind: 'accounts' }, rules: {}, stages: [{ key: 'usage', rules }] })] });
  const bot = await aSmallBot({ config: fans });
  await bot.live(account('2026-01-07 09:00', { lifecycleStage: 'usage' }));
  await bot.live(aSignal('metric.recorded', '2026-09-07 10:00', { metric: { accountId: 'a-1', name: 'nps', value: 10 } }));
  await bot.until('2026-10-07 10:00');
  expect(bot.slack.cards().map(({ content }) => content?.alerts)).toMatchObject([[{ rule: 'advocacy-ready', goodNews: true, state: 'open' }]]);
  expect(bot.slack.replies()).toEqual([]);
});

it('good news waits while anything is open on another journey of the account, and is looked at again the next day', async () => {
  const mood = resolveRules([], [sentimentDrop], () => undefined);
  const fans = resolveRules([], [advocacyReady], () => undefined);
  const stages = (rules: typeof fans) => [{ key: 'growth', from: { any: ['growth'] }, rules }];
  const maps = [
    aMap({ key: 'customers', label: 'Customers', for: { kind: 'accounts' }, rules: {}, stages: stages(fans) }),
    aMap({ key: 'support', label: 'Support', for: { kind: 'accounts' }, rules: {}, stages: stages(mood) }),
  ];
  const bot = await aSmallBot({ config: aConfig({ maps, feed: { staleAfter: { amount: 999, unit: 'd' } } }), now: '2026-01-01 09:00' });
  const nps = (when: string, value: number) => aSignal('metric.recorded', when, { metric: { accountId: 'a-1', name: 'nps', value } });
  const said = async () => (await bot.alerts('account:a-1:customers')).map(({ rule, state }) => `${rule} ${state}`);
  await bot.live(account('2026-01-05 09:00', { lifecycleStage: 'growth' }));
  // A word that sounds bad, three times, and yet the highest mark.
  const grumbles = ['2026-06-01 09:00', '2026-06-02 09:00', '2026-06-03 09:00'].map((when) =>
    aSignal('touchpoint.recorded', when, { touchpoint: { accountId: 'a-1', type: 'call', direction: 'inbound', sentiment: -2 } }),
  );
  await bot.live(...grumbles, nps('2026-06-04 09:00', 10));
  expect((await bot.alerts('account:a-1:support')).map(({ rule, state }) => `${rule} ${state}`)).toEqual(['sentiment-drop open']);
  expect(await said()).toEqual([]);
  expect(await bot.journey('account:a-1:customers')).toMatchObject({ recheckAt: at('2026-06-05') });
  const [alert] = await bot.alerts('account:a-1:support');
  await bot.acts.resolve(alert?.id ?? '', 'done', null, 'U1');
  await bot.at('2026-06-05 00:00');
  expect(await said()).toEqual(['advocacy-ready open']);
});
