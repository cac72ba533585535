import { describe, expect, it } from 'vitest';
import { remembered } from '../../../src/core/journey/record.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { hourMs } from '../../../src/core/time.ts';
import { aConfig, aMap, aSignal, at } from '../builders.ts';
import { journeysOf, worldOf } from './records-world.ts';

const config = aConfig({
  maps: [
    aMap({ key: 'renewals', for: { kind: 'deals', pipelines: ['renewals'] } }),
    aMap({ key: 'new-business', for: { kind: 'deals', pipelines: ['default'] } }),
    aMap({ key: 'customers', for: { kind: 'accounts' }, stages: ['onboarding', 'growth'] }),
    aMap({ key: 'partners', for: { kind: 'accounts' }, stages: ['growth'] }),
  ],
  segments: [{ key: 'enterprise', when: { segment: ['enterprise'] } }],
});
const journeys = (...signals: Signal[]) => journeysOf(worldOf(signals), config);
const account = (fields: object = {}, when = '2026-09-07') => aSignal('account.upserted', when, { account: { id: 'a-1', ...fields } });
const deal = (fields: object = {}, when = '2026-09-07') => aSignal('deal.upserted', when, { deal: { id: 'd-1', ...fields } });
const person = (fields: object = {}) => aSignal('person.upserted', '2026-09-07', { person: { id: 'p-1', name: 'Priya Nair', ...fields } });
const touch = (touchpoint: object, when = '2026-09-08') =>
  aSignal('touchpoint.recorded', when, { touchpoint: { type: 'email', direction: 'inbound', ...touchpoint } });
const gone = (type: 'record.deleted' | 'record.erased', kind: 'account' | 'deal', id: string) =>
  aSignal(type, '2026-09-20', { record: { kind, id } });

describe('a deal’s journey', () => {
  it('travels the map that takes its pipeline; one without a pipeline is in the default one', () => {
    expect(journeys(deal())[0]?.mapKey).toBe('new-business');
    expect(journeys(deal({ pipeline: 'renewals' }))[0]?.mapKey).toBe('renewals');
    expect(journeys(deal({ pipeline: 'other' }))).toEqual([]);
  });

  it('is none before the CRM has spoken of the deal itself, and none once it is erased', () => {
    expect(journeys(touch({ dealId: 'd-1' }), aSignal('stage.entered', '2026-09-07', { stage: { dealId: 'd-1', stage: 'decision' } }))).toEqual([]);
    expect(journeys(deal(), gone('record.erased', 'deal', 'd-1'))).toEqual([]);
  });

  it('ends when the deal is deleted', () => {
    expect(journeys(deal(), gone('record.deleted', 'deal', 'd-1'))[0]?.outcome).toEqual({ state: 'deleted', at: at('2026-09-20') });
  });

  it('does not need its account: that may come later, and then gives owner and segment', () => {
    const [alone] = journeys(deal({ accountId: 'a-1' }));
    expect(alone).toMatchObject({ account: null, ownerEmail: null, segments: [], name: 'd-1' });
    const [later] = journeys(deal({ accountId: 'a-1' }), account({ ownerEmail: 'dana@us.example', segment: 'Enterprise', domain: 'acme.example' }));
    expect(later).toMatchObject({ account: { name: 'acme.example' }, ownerEmail: 'dana@us.example', segments: ['enterprise'] });
    expect(journeys(deal({ accountId: 'a-1' }), account({ name: 'Acme' }), gone('record.erased', 'account', 'a-1'))[0]?.account).toBeNull();
  });

  it('has the owner that the map knows by the CRM’s own name, and says whom it does not know', () => {
    const known = { ...config, owners: [{ crm: '12345', email: 'dana@us.example' }] };
    const of = (...signals: Signal[]) => journeysOf(worldOf(signals), known)[0];
    expect(of(deal({ ownerEmail: ' 12345 ' }))).toMatchObject({ ownerEmail: 'dana@us.example' });
    expect(of(deal({ ownerEmail: '12345' }))).not.toHaveProperty('unknownOwner');
    expect(of(deal({ ownerEmail: '678' }))).toMatchObject({ ownerEmail: null, unknownOwner: '678' });
    expect(of(deal({ ownerEmail: '678', accountId: 'a-1' }), account({ ownerEmail: '12345' }))).toMatchObject({
      ownerEmail: 'dana@us.example',
      account: { ownerEmail: 'dana@us.example' },
      unknownOwner: '678',
    });
    expect(of(deal({ ownerEmail: 'eve@us.example' }))).toMatchObject({ ownerEmail: 'eve@us.example' });
  });

  it('has the people of its account and those who name it', () => {
    expect(journeys(deal({ accountId: 'a-1' }), person({ accountId: 'a-1' }))[0]?.committee).toMatchObject([{ id: 'p-1' }]);
    expect(journeys(deal(), person({ dealIds: ['d-1'] }))[0]?.committee).toMatchObject([{ id: 'p-1' }]);
    expect(journeys(deal({ accountId: 'a-1' }), person({ accountId: 'a-2' }))[0]?.committee).toEqual([]);
  });

  it('has its own touchpoints and those of its account and people that name no other deal, newest first', () => {
    const [journey] = journeys(
      deal({ accountId: 'a-1' }),
      person({ accountId: 'a-1' }),
      touch({ dealId: 'd-1', type: 'own' }, '2026-09-08'),
      touch({ accountId: 'a-1', type: 'account' }, '2026-09-10'),
      touch({ personId: 'p-1', type: 'person' }, '2026-09-09'),
      touch({ dealId: 'd-2', accountId: 'a-1', personId: 'p-1', type: 'other deal' }, '2026-09-11'),
    );
    expect(journey?.touchpoints.map(({ type }) => type)).toEqual(['account', 'person', 'own']);
    expect(journey?.committee[0]?.lastInboundAt).toBe(at('2026-09-11'));
  });

  it('knows the people of its touchpoints by the id they go by now', () => {
    const [journey] = journeys(
      deal({ accountId: 'a-1' }),
      person({ accountId: 'a-1' }),
      touch({ dealId: 'd-1', personId: 'p-old' }),
      aSignal('record.merged', '2026-09-09', { merge: { kind: 'person', from: ['p-old'], into: 'p-1' } }),
    );
    expect(journey?.touchpoints[0]?.personId).toBe('p-1');
  });

  it('has of a deal that was merged into it whoever named that one, but where its CRM tells one deal at a time', () => {
    const merged = aSignal('record.merged', '2026-09-09', { merge: { kind: 'deal', from: ['d-2'], into: 'd-1' } });
    const committee = (fields: object) => journeys(deal(), person(fields), merged)[0]?.committee.map(({ id }) => id);
    expect(committee({ dealIds: ['d-2'] })).toEqual(['p-1']);
    expect(committee({ name: 'Priya Nair', dealLinks: [{ dealId: 'd-1', linked: true }] })).toEqual(['p-1']);
    expect(committee({ name: 'Priya Nair', dealLinks: [{ dealId: 'd-2', linked: true }] })).toEqual([]);
  });

  it('remembers as many touchpoints as a record does, over all its records', () => {
    const many = (about: object, offset: number) =>
      Array.from({ length: 80 }, (_, hour) =>
        aSignal('touchpoint.recorded', at('2026-09-07') + (2 * hour + offset) * hourMs, {
          touchpoint: { type: 'email', direction: 'inbound', ...about },
        }),
      );
    const [journey] = journeys(deal({ accountId: 'a-1' }), ...many({ dealId: 'd-1' }, 0), ...many({ accountId: 'a-1' }, 1));
    expect(journey?.touchpoints).toHaveLength(remembered.happenings);
    expect(journey?.touchpoints.at(-1)?.at).toBe(at('2026-09-07') + 60 * hourMs);
  });

  it('has the newest close date, and every one before it once', () => {
    const [journey] = journeys(
      deal({ closeDate: '2026-12-01' }, '2026-09-09'),
      deal({ closeDate: '2026-10-01' }, '2026-09-07'),
      deal({ closeDate: '2026-10-01' }, '2026-09-08'),
    );
    expect(journey?.deal).toMatchObject({
      closeDate: { day: '2026-12-01' },
      closeDates: [
        { day: '2026-10-01', setAt: at('2026-09-07') },
        { day: '2026-12-01', setAt: at('2026-09-09') },
      ],
    });
    expect(journeys(deal({ closeDate: '2026-10-01' }), deal({ closeDate: null }, '2026-09-08'))[0]?.deal?.closeDate).toBeNull();
  });

  it('has a next step until it is taken away', () => {
    const set = aSignal('next-step.set', '2026-09-08', { nextStep: { dealId: 'd-1', title: 'Security review', due: '2026-10-02' } });
    const cleared = aSignal('next-step.set', '2026-09-09', { nextStep: { dealId: 'd-1', title: null } });
    expect(journeys(deal(), set)[0]?.nextStep).toEqual({ title: 'Security review', due: '2026-10-02', setAt: at('2026-09-08') });
    expect(journeys(deal(), cleared, set)[0]?.nextStep).toBeNull();
  });
});

describe('the CRM’s own limit', () => {
  const moved = (stage: string, when: string) => aSignal('stage.entered', when, { stage: { dealId: 'd-1', stage } });
  const limit = (stage: string, days: number | null, when = '2026-09-10') => deal({ stallLimit: { stage, days } }, when);
  const limitOf = (...signals: Signal[]) => journeys(deal(), ...signals)[0]?.deal?.stallLimit;

  it('counts since the deal came into that stage of the CRM, however often it is said again', () => {
    const path = [moved('contractsent', '2026-09-07'), moved('procurement', '2026-09-09'), deal({ stage: 'procurement' }, '2026-09-11')];
    expect(limitOf(...path, limit('procurement', 14))).toEqual({ days: 14, since: at('2026-09-09') });
  });

  it('holds in no other stage, and not where the CRM says that there is none', () => {
    const path = [moved('contractsent', '2026-09-07'), moved('procurement', '2026-09-09')];
    expect(limitOf(...path, limit('contractsent', 14))).toBeNull();
    expect(limitOf(...path, limit('procurement', 14), limit('procurement', null, '2026-09-11'))).toBeNull();
    expect(limitOf(...path)).toBeNull();
  });
});

describe('an account’s journeys', () => {
  it('are one for every map that knows its lifecycle stage, or knew it', () => {
    expect(journeys(account({ lifecycleStage: 'onboarding' })).map(({ id }) => id)).toEqual(['account:a-1:customers']);
    expect(journeys(account({ lifecycleStage: 'growth' })).map(({ id }) => id)).toEqual(['account:a-1:customers', 'account:a-1:partners']);
    expect(
      journeys(account({ lifecycleStage: 'onboarding' }), account({ lifecycleStage: 'churned' }, '2026-09-09')).map(
        ({ visits }) => visits.at(-1)?.stage,
      ),
    ).toEqual([null]);
    expect(journeys(account({ lifecycleStage: 'lead' }))).toEqual([]);
  });

  it('bring metrics and milestones, whatever these are called', () => {
    const names = ['nps', '__proto__', 'constructor'];
    const signals = names.flatMap((name) => [
      aSignal('metric.recorded', '2026-09-08', { metric: { accountId: 'a-1', name, value: 1 } }),
      aSignal('metric.recorded', '2026-09-09', { metric: { accountId: 'a-1', name, value: 2 } }),
      aSignal('milestone.completed', '2026-09-09', { milestone: { accountId: 'a-1', name } }),
      aSignal('milestone.completed', '2026-09-08', { milestone: { accountId: 'a-1', name } }),
    ]);
    const [journey] = journeys(account({ lifecycleStage: 'onboarding' }), ...signals);
    expect(Object.entries(journey?.metrics ?? {}).map(([name, values]) => [name, values.map(({ value }) => value)])).toEqual(
      [...names].sort().map((name) => [name, [2, 1]]),
    );
    expect(Object.entries(journey?.milestones ?? {})).toEqual([...names].sort().map((name) => [name, at('2026-09-08')]));
  });
});
