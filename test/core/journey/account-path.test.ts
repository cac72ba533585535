import { describe, expect, it } from 'vitest';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { StageDefinition } from '../../../src/core/journey/journey-map.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { aConfig, aMap, aSignal, at } from '../builders.ts';
import { journeysOf, worldOf } from './records-world.ts';

const begins = (traits: Partial<NonNullable<StageDefinition['begins']>>) => ({
  begins: { milestones: [], won: false, renewalDays: null, ...traits },
});
const accounts = { kind: 'accounts' } as const;
const config = aConfig({
  maps: [
    aMap(),
    aMap({
      key: 'onboarding',
      for: accounts,
      stages: [
        { key: 'kickoff', from: { any: ['onboarding'] }, ...begins({ won: true }) },
        { key: 'training', ...begins({ milestones: ['kickoff_done'] }) },
      ],
      outcomes: { won: {}, lost: { any: ['churned'] } },
      endsAt: ['go_live'],
    }),
    aMap({
      key: 'support',
      for: accounts,
      stages: [{ key: 'support', from: { any: ['onboarding', 'customer'] } }],
      outcomes: { won: {}, lost: { any: ['churned'] } },
    }),
    aMap({
      key: 'renewal',
      for: accounts,
      stages: [
        { key: 'preparing', ...begins({ renewalDays: 90 }) },
        { key: 'negotiating', ...begins({ renewalDays: 30 }) },
      ],
      outcomes: { won: {}, lost: { any: ['churned'] } },
    }),
  ],
});

const account = (fields: object, when: string) => aSignal('account.upserted', when, { account: { id: 'a-1', ...fields } });
const milestone = (name: string, when: string) => aSignal('milestone.completed', when, { milestone: { accountId: 'a-1', name } });
const deal = (fields: object, when: string) => aSignal('deal.upserted', when, { deal: { id: 'd-1', accountId: 'a-1', ...fields } });
const journeys = (signals: Signal[], now = '2026-09-07'): Journey[] =>
  journeysOf(worldOf(signals), config, at(now)).filter(({ kind }) => kind === 'account');
const stages = (signals: Signal[], now?: string) =>
  Object.fromEntries(
    journeys(signals, now).map(({ mapKey, visits, outcome }) => [mapKey, outcome.state === 'open' ? (visits.at(-1)?.stage ?? null) : outcome.state]),
  );

describe('an account on several maps at once', () => {
  it('is in several stages side by side, each map at its own pace', () => {
    const told = [account({ lifecycleStage: 'onboarding', renewalDate: '2026-11-20' }, '2026-06-01'), milestone('kickoff_done', '2026-06-10')];
    expect(stages(told)).toEqual({ onboarding: 'training', support: 'support', renewal: 'preparing' });
  });

  it('begins a map when a deal is won, and again with the next one', () => {
    const won = [account({ name: 'Acme' }, '2026-01-01'), deal({ status: 'open' }, '2026-02-01'), deal({ status: 'won' }, '2026-03-02')];
    const [onboarding] = journeys(won);
    expect(onboarding).toMatchObject({
      mapKey: 'onboarding',
      startedAt: at('2026-01-01'),
      deals: [{ id: 'd-1', mapKey: 'new-business', outcome: { state: 'won' } }],
    });
    expect(onboarding?.visits).toEqual([
      { stage: 'kickoff', crmStage: 'a deal was won', source: 'signals', enteredAt: at('2026-03-02'), leftAt: null },
    ]);
    const live = [...won, milestone('kickoff_done', '2026-03-10'), milestone('go_live', '2026-04-01')];
    expect(stages(live)).toEqual({ onboarding: 'won' });
    const again = [...live, aSignal('deal.upserted', '2026-08-01', { deal: { id: 'd-2', accountId: 'a-1', status: 'won' } })];
    expect(stages(again)).toEqual({ onboarding: 'kickoff' });
  });

  it('goes only forward by milestones, and anywhere the CRM says', () => {
    const told = [milestone('kickoff_done', '2026-03-10'), account({ lifecycleStage: 'onboarding' }, '2026-03-20')];
    expect(stages(told)).toMatchObject({ onboarding: 'kickoff' });
    expect(
      stages([
        account({ lifecycleStage: 'onboarding' }, '2026-03-01'),
        deal({ status: 'won' }, '2026-03-20'),
        milestone('kickoff_done', '2026-03-10'),
      ]),
    ).toMatchObject({
      onboarding: 'training',
    });
  });

  it('has completed what a lifecycle stage began when the lifecycle goes on to another map, but not what something else began', () => {
    const onwards = account({ lifecycleStage: 'customer' }, '2026-05-01');
    expect(stages([account({ lifecycleStage: 'onboarding' }, '2026-03-01'), onwards])).toEqual({ onboarding: 'won', support: 'support' });
    expect(stages([deal({ status: 'won' }, '2026-03-01'), onwards])).toEqual({ onboarding: 'kickoff', support: 'support' });
  });

  it('does not move because its lifecycle stage is said again', () => {
    const told = [
      account({ lifecycleStage: 'onboarding' }, '2026-03-01'),
      milestone('kickoff_done', '2026-03-10'),
      account({ lifecycleStage: 'onboarding' }, '2026-03-20'),
    ];
    expect(stages(told)).toMatchObject({ onboarding: 'training' });
  });

  it('is lost on every map that knows the word', () => {
    const told = [
      account({ lifecycleStage: 'onboarding', renewalDate: '2026-11-20' }, '2026-03-01'),
      account({ lifecycleStage: 'churned' }, '2026-08-30'),
    ];
    expect(stages(told)).toEqual({ onboarding: 'lost', support: 'lost', renewal: 'lost' });
  });
});

describe('a stage that the renewal date begins', () => {
  const told = [account({ renewalDate: '2026-12-01' }, '2026-01-01')];
  const renewal = (now: string, signals = told) => journeys(signals, now).find(({ mapKey }) => mapKey === 'renewal');

  it('has not begun before, and says when it will', () => {
    expect(renewal('2026-08-01')).toMatchObject({ visits: [], movesAt: at('2026-09-02') });
    expect(renewal('2026-09-02')).toMatchObject({ visits: [{ stage: 'preparing', enteredAt: at('2026-09-02') }], movesAt: at('2026-11-01') });
    expect(renewal('2026-11-01')?.visits.map(({ stage }) => stage)).toEqual(['preparing', 'negotiating']);
    expect(renewal('2026-11-01')).not.toHaveProperty('movesAt');
  });

  it('is over with the new date, until that comes near', () => {
    expect(renewal('2026-11-05', [...told, account({ renewalDate: '2027-12-01' }, '2026-11-03')])).toMatchObject({
      visits: [],
      movesAt: at('2027-09-02'),
    });
    expect(renewal('2026-11-05', [...told, account({ renewalDate: null }, '2026-11-03')])).toBeUndefined();
  });
});
