import { describe, expect, it } from 'vitest';
import { forgetKnown } from '../../src/app/forget-known.ts';
import { aSignal } from '../core/builders.ts';
import { acme, aTeam, deal } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

const person = (when: string, fields: object) => aSignal('person.upserted', when, { person: { id: 'p-1', ...fields } });
const merged = (when: string, from: string, into: string) => aSignal('record.merged', when, { merge: { kind: 'account', from: [from], into } });

describe('merges', () => {
  it('in a circle, one after the other and in one body, leave one record that the newest of them named', async () => {
    for (const inOneBody of [true, false]) {
      const bot = await aSmallBot({ config: aTeam() });
      await bot.live(...acme(), aSignal('account.upserted', '2026-09-07 09:01', { account: { id: 'a-2', segment: 'big' } }));
      bot.setTime('2026-09-07 10:00');
      const circle = [merged('2026-09-07 09:30', 'a-1', 'a-2'), merged('2026-09-07 09:40', 'a-2', 'a-1')];
      if (inOneBody) await bot.receive(circle);
      else for (const signal of circle) await bot.receive([signal]);
      await bot.ingest();
      const { accounts } = await bot.store.loadNeighbourhood([{ kind: 'account', id: 'a-2' }]);
      expect([...accounts.values()].map(({ record }) => [record.id, record.name?.value, record.segment?.value])).toEqual([
        ['a-1', 'Acme GmbH', 'big'],
      ]);
    }
  });

  it('of a deal end its journey; the survivor’s goes on', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme(), deal('d-2', { accountId: 'a-1' }));
    await bot.live(aSignal('record.merged', '2026-09-08 09:00', { merge: { kind: 'deal', from: ['d-1'], into: 'd-2' } }));
    expect(await bot.journey('deal:d-1')).toMatchObject({ outcome: 'deleted', recheckAt: null });
    expect(await bot.journey('deal:d-2')).toMatchObject({ outcome: 'open', amount: 48_000 });
  });

  it('of an account end its own journeys', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(
      aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-1', lifecycleStage: 'growth' } }),
      merged('2026-09-08 09:00', 'a-1', 'a-2'),
    );
    expect(await bot.journey('account:a-1:customers')).toMatchObject({ outcome: 'deleted' });
    expect(await bot.journey('account:a-2:customers')).toMatchObject({ outcome: 'open', stage: 'growth' });
  });

  it('that cross leave the deal that is the survivor in the end with its own account', async () => {
    const intoOther = (when: string, from: string, into: string) => aSignal('record.merged', when, { merge: { kind: 'deal', from: [from], into } });
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(
      ...acme(),
      aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id: 'd-2', accountId: null, name: 'Pilot', stage: 'decision' } }),
      intoOther('2026-09-08 09:00', 'd-1', 'd-2'),
      intoOther('2026-09-08 10:00', 'd-2', 'd-1'),
    );
    expect(await bot.journey('deal:d-1')).toMatchObject({ outcome: 'open', accountId: 'a-1' });
  });

  it('leave the survivor its journey, though the CRM deletes what was merged away: before the merge, with it or after it', async () => {
    const merge = merged('2026-09-08 09:00', 'a-1', 'a-2');
    const gone = aSignal('record.deleted', '2026-09-08 09:00', { record: { kind: 'account', id: 'a-1' } });
    for (const bodies of [[[gone], [merge]], [[merge], [gone]], [[merge, gone]], [[gone, merge], [gone]]]) {
      const bot = await aSmallBot({ config: aTeam() });
      await bot.live(
        ...['a-1', 'a-2'].map((id) => aSignal('account.upserted', '2026-09-07 09:00', { account: { id, name: 'Acme', lifecycleStage: 'growth' } })),
      );
      for (const body of bodies) await bot.live(...body);
      expect(await bot.journey('account:a-2:customers')).toMatchObject({ outcome: 'open', stage: 'growth' });
      expect((await bot.search.candidates('account', 'acme', 10)).map(({ id }) => id)).toEqual(['a-2']);
    }
  });
});

describe('a person who is deleted', () => {
  it('is nobody in the journeys of other accounts, too, which are looked at then; and somebody again after coming back', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules: { 'single-threaded': { people: 2, window: '10d' } } }) });
    const consultant = (id: string, when: string) => aSignal('person.upserted', when, { person: { id, accountId: 'a-7', name: 'Priya Nair' } });
    const called = (personId: string) =>
      aSignal('touchpoint.recorded', '2026-09-20 10:00', { touchpoint: { dealId: 'd-1', personId, type: 'call', direction: 'inbound' } });
    const newest = async (): Promise<unknown> => (await bot.alerts('deal:d-1')).map(({ state, finding }) => [state, finding.headline]).at(-1);
    await bot.live(...acme(), consultant('p-1', '2026-09-07 09:00'), consultant('p-2', '2026-09-07 09:00'), called('p-1'), called('p-2'));
    expect(await newest()).toContain('resolved');
    await bot.live(aSignal('record.deleted', '2026-09-21 09:00', { record: { kind: 'person', id: 'p-2' } }));
    const only = 'Only someone who is not on the buying committee is active';
    expect(await newest()).toEqual(['open', only]);
    await bot.live(consultant('p-2', '2026-09-22 09:00'));
    expect(await newest()).toEqual(['resolved', only]);
  });
});

describe('a privacy deletion', () => {
  const erased = (kind: 'account' | 'person' | 'deal', id: string) => aSignal('record.erased', '2026-09-08 09:00', { record: { kind, id } });

  it('makes every record forget the person, whatever account it belongs to', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    const elsewhere = (id: string) =>
      aSignal('touchpoint.recorded', '2026-09-07 10:00', { touchpoint: { accountId: 'a-7', personId: id, type: 'email', direction: 'inbound' } });
    await bot.live(
      ...acme(),
      person('2026-09-07 09:00', { accountId: 'a-1', name: 'Priya Nair' }),
      elsewhere('p-1'),
      elsewhere('p-old'),
      aSignal('record.merged', '2026-09-07 11:00', { merge: { kind: 'person', from: ['p-old'], into: 'p-1' } }),
      erased('person', 'p-1'),
    );
    const { accounts, people } = await bot.store.loadNeighbourhood([
      { kind: 'account', id: 'a-7' },
      { kind: 'person', id: 'p-1' },
    ]);
    expect(accounts.get('a-7')?.record.touchpoints.map(({ personId }) => personId)).toEqual([null, null]);
    expect(JSON.stringify([...people.values()])).not.toContain('Priya');
  });

  it('of an account ends its journeys at once', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(
      aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-1', name: 'Acme', lifecycleStage: 'growth' } }),
      erased('account', 'a-1'),
    );
    expect(await bot.journey('account:a-1:customers')).toMatchObject({ outcome: 'deleted' });
  });

  it('of a deal ends its journey at once', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme(), erased('deal', 'd-1'));
    expect(await bot.journey('deal:d-1')).toMatchObject({ outcome: 'deleted' });
  });
});

describe('what the map does not know', () => {
  it('is counted once a record, and kept aside', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(
      deal('d-1', { stage: 'custom_7' }),
      aSignal('role.assigned', '2026-09-07 09:00', { role: { personId: 'p-1', role: 'Chief Vibes' } }),
      person('2026-09-07 09:01', { roles: ['Chief Vibes', 'legal'] }),
    );
    const values = await bot.store.unknownValues(10);
    expect(values.map(({ what, value, count }) => [what, value, count])).toEqual(
      expect.arrayContaining([
        ['role', 'Chief Vibes', 1],
        ['stage', 'custom_7', 1],
      ]),
    );
    expect(values).toHaveLength(2);
  });

  it('is an owner whom nobody knows, until the map does: then journeys have it, and lists find them by it', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme({ ownerEmail: '12345' }), deal('d-2', { ownerEmail: '12345' }), deal('d-3', { ownerEmail: '12345' }));
    expect(await bot.store.unknownValues(5)).toMatchObject([{ what: 'owner', value: '12345', count: 3 }]);
    expect(await bot.journey('deal:d-2')).toMatchObject({ ownerEmail: null });
    const known = { ...aTeam(), owners: [{ crm: '12345', email: 'eve@us.example' }] };
    bot.setConfig(known);
    await bot.store.recheckOpen(bot.clock.now());
    await bot.at(bot.clock.now());
    expect(await bot.journey('deal:d-2')).toMatchObject({ ownerEmail: 'eve@us.example' });
    expect(await forgetKnown(bot.store, known)).toEqual([]);
    // Forgotten again, it is noted again.
    bot.setConfig(aTeam());
    await bot.store.recheckOpen(bot.clock.now());
    await bot.at(bot.clock.now());
    expect(await bot.store.unknownValues(5)).toMatchObject([{ what: 'owner', value: '12345', count: 3 }]);
  });

  const account = (id: string, lifecycleStage: string, when = '2026-09-07 09:00') =>
    aSignal('account.upserted', when, { account: { id, name: id, lifecycleStage } });
  const noted = async ({ store }: Awaited<ReturnType<typeof aSmallBot>>) =>
    (await store.unknownValues(10)).map(({ what, value, mapKey, count }) => [what, value, mapKey, count]);

  it('is a lifecycle stage that no map for accounts knows, counted once an account', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(account('a-1', 'Weird'), account('a-2', 'Weird'), account('a-2', 'Weird', '2026-09-08 09:00'), account('a-3', 'growth'));
    expect(await noted(bot)).toEqual([['stage', 'Weird', 'customers', 2]]);
    // One that is on the map already says it by its own visit.
    await bot.live(account('a-3', 'Weird', '2026-09-08 09:00'));
    expect(await noted(bot)).toEqual([['stage', 'Weird', 'customers', 3]]);
  });

  it('is no lifecycle stage of who is no customer, and none where no map is for accounts', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    const stages = [
      'lead',
      'Marketing Qualified Lead',
      'salesqualifiedlead',
      'Opportunity',
      'Prospect',
      'Channel Partner / Reseller',
      'Interessent',
      '-',
    ];
    await bot.live(...stages.map((stage, index) => account(`a-${index}`, stage)));
    expect(await noted(bot)).toEqual([]);
    const onlyDeals = await aSmallBot({ config: { ...aTeam(), maps: aTeam().maps.filter((map) => map.for.kind === 'deals') } });
    await onlyDeals.live(account('a-1', 'Weird'));
    expect(await noted(onlyDeals)).toEqual([]);
  });

  it('is counted when a deal of a strange pipeline changes, not when its neighbours do', async () => {
    const config = aTeam();
    const [first] = config.maps;
    const bot = await aSmallBot({
      config: { ...config, maps: first === undefined ? [] : [{ ...first, for: { kind: 'deals', pipelines: ['default'] } }] },
    });
    await bot.live(
      ...acme(),
      deal('d-2', { accountId: 'a-1', pipeline: 'strange' }),
      ...acme({ amount: 1 })
        .slice(1)
        .map((signal) => ({ ...signal, id: 'x' })),
    );
    expect(await bot.store.unknownValues(10)).toMatchObject([{ what: 'pipeline', value: 'strange', count: 1 }]);
  });
});

describe('who belongs to a deal by naming it alone', () => {
  it('is on its committee, whichever of the two comes first', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.live(...acme(), person('2026-09-07 09:05', { dealIds: ['d-1'], name: 'Tom Weber', roles: ['legal'] }));
    expect((await bot.answers.dealById('d-1'))?.committee).toMatchObject([{ name: 'Tom Weber' }]);
    await bot.live(person('2026-09-07 09:06', { dealIds: ['d-2'] }), deal('d-2', { accountId: 'a-1' }));
    expect((await bot.answers.dealById('d-2'))?.committee).toMatchObject([{ name: 'Tom Weber' }]);
    expect((await bot.answers.dealById('d-1'))?.committee).toEqual([]);
  });

  it('clears its alerts with what they do', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules: { 'missing-role': {} } }) });
    await bot.live(...acme(), person('2026-09-07 09:05', { dealIds: ['d-1'], name: 'Tom Weber' }));
    await bot.until('2026-09-15 09:00');
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ rule: 'missing-role', state: 'open' }]);
    await bot.live(aSignal('role.assigned', '2026-09-15 10:00', { role: { personId: 'p-1', role: 'legal' } }));
    expect(await bot.alerts('deal:d-1')).toMatchObject([{ rule: 'missing-role', state: 'resolved' }]);
  });
});

it('a deal that changes its account takes its journey, alerts and card along', async () => {
  const bot = await aSmallBot({ config: aTeam({ rules: { 'missing-role': {} } }) });
  await bot.live(...acme());
  await bot.until('2026-09-14 09:00');
  await bot.live(
    aSignal('account.upserted', '2026-09-14 10:00', { account: { id: 'a-2', name: 'Zeta' } }),
    aSignal('deal.upserted', '2026-09-14 10:00', { deal: { id: 'd-1', accountId: 'a-2' } }),
  );
  await bot.deliver.run();
  expect(await bot.journey('deal:d-1')).toMatchObject({ accountId: 'a-2' });
  expect(bot.slack.cards()).toMatchObject([{ content: { account: { id: 'a-2', name: 'Zeta' } }, edits: 1 }]);
  await bot.live(aSignal('person.upserted', '2026-09-14 11:00', { person: { id: 'p-1', accountId: 'a-2', name: 'Tom', roles: ['legal'] } }));
  await bot.deliver.run();
  expect(bot.slack.cards()).toMatchObject([{ content: { state: 'clear' } }]);
});
