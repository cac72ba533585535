import { describe, expect, it } from 'vitest';
import { createApplyHistory } from '../../src/app/apply-history.ts';
import { ConflictError } from '../../src/app/errors.ts';
import type { Store } from '../../src/app/ports.ts';
import type { Change } from '../../src/core/change.ts';
import type { Signal, Source } from '../../src/core/journey/signal.ts';
import { onlyRules } from '../core/alerts/decision-table.ts';
import { aConfig, aMap, aSignal } from '../core/builders.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const rules = onlyRules({ 'missing-role': { grace: '0h' } });
const config = aConfig({
  maps: [
    aMap({ rules, stages: [{ key: 'decision', from: { any: ['decision'] }, expects: { roles: ['legal'] }, rules }] }),
    aMap({
      key: 'customers',
      for: { kind: 'accounts' },
      rules: {},
      stages: [{ key: 'kickoff', begins: { milestones: [], won: true, renewalDays: null }, rules: {} }],
    }),
  ],
});
const when = '2026-09-07 09:00';
const told = {
  account: aSignal('account.upserted', when, { account: { id: 'a-1', name: 'Acme GmbH', ownerEmail: 'dana@us.example' } }),
  deal: aSignal('deal.upserted', when, { deal: { id: 'd-1', accountId: 'a-1', name: 'Acme rollout', stage: 'decision', status: 'open' } }),
  wonDeal: aSignal('deal.upserted', when, { deal: { id: 'd-1', accountId: 'a-1', name: 'Acme rollout', stage: 'decision', status: 'won' } }),
  person: aSignal('person.upserted', when, { person: { id: 'p-1', accountId: 'a-1', name: 'Priya', roles: ['legal'] } }),
  guest: aSignal('person.upserted', when, { person: { id: 'p-1', accountId: 'a-2', dealIds: ['d-1'], name: 'Priya', roles: ['legal'] } }),
};
type Told = keyof typeof told;

/** Lets `meanwhile` happen between what the first commit was decided by and that commit. */
function interleaving() {
  const hooks: { meanwhile: (() => Promise<void>) | null; commits: (readonly Change[])[]; reads: number } = {
    meanwhile: null,
    commits: [],
    reads: 0,
  };
  const wrap = (store: Store): Store => ({
    ...store,
    async loadNeighbourhood(refs) {
      hooks.reads += 1;
      return store.loadNeighbourhood(refs);
    },
    async commit(changes, durable) {
      const { meanwhile } = hooks;
      hooks.meanwhile = null;
      await meanwhile?.();
      await store.commit(changes, durable);
      hooks.commits.push(changes);
    },
  });
  return { hooks, wrap };
}

/** What is known of the journeys around Acme, but for how often it was written. */
async function journeysOf(bot: SmallBot) {
  const { journeys, alerts } = await bot.store.loadNeighbourhood([
    { kind: 'account', id: 'a-1' },
    { kind: 'deal', id: 'd-1' },
  ]);
  const facts = [...journeys.values()].map(({ id, accountId, ownerEmail, stage, outcome, settlingSince }) => ({
    id,
    accountId,
    ownerEmail,
    stage,
    outcome,
    settlingSince,
  }));
  const open = [...alerts.values()].flat().flatMap(({ identity, state }) => (state === 'resolved' ? [] : [identity]));
  return { journeys: facts.sort((a, b) => (a.id < b.id ? -1 : 1)), open };
}

const receive = (bot: SmallBot, what: readonly Told[], source: Source): Promise<void> =>
  bot.receive(
    what.map((each): Signal => ({ ...told[each], source })),
    source,
  );

async function inTurn(...bodies: (readonly Told[])[]) {
  const bot = await aSmallBot({ config });
  for (const body of bodies) {
    await receive(bot, body, 'signals');
    await bot.ingest();
  }
  return journeysOf(bot);
}

describe('two sources that tell at once', () => {
  it.each<[string, readonly Told[], readonly Told[], readonly Told[]]>([
    ['of an account, and of its deal', [], ['account'], ['deal']],
    ['of an account, and of its deal that is won', [], ['account'], ['wonDeal']],
    ['of an account with somebody, and of its deal', [], ['account', 'person'], ['deal']],
    ['of an account with its deal, and of somebody there', [], ['account', 'deal'], ['person']],
    ['of a deal, and of somebody at an account of which nobody has told', [], ['deal'], ['person']],
    ['of a deal, and of somebody elsewhere who belongs to it', [], ['deal'], ['guest']],
    ['of a deal and of somebody there, of a known account', ['account'], ['deal'], ['person']],
  ])('%s: whoever is last, both count', async (_what, before, one, other) => {
    const wanted = await inTurn(before, one, other);
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const { hooks, wrap } = interleaving();
      const bot = await aSmallBot({ config, wrap });
      await receive(bot, before, 'signals');
      await bot.ingest();
      await receive(bot, first, 'hubspot');
      await receive(bot, second, 'signals');
      hooks.meanwhile = async () => bot.ingest('hubspot');
      await bot.ingest();
      expect(await journeysOf(bot)).toEqual(wanted);
    }
  });
});

describe('an import beside the running bot', () => {
  /** A slice of history through the bot's own store, as another process would write it. */
  function importing(bot: SmallBot, store: Store) {
    const applyHistory = createApplyHistory({
      store,
      config: () => config,
      clock: bot.clock,
      newId: () => 'import-1',
      breathe: async () => undefined,
    });
    return async (...what: Told[]): Promise<void> => {
      await applyHistory(
        what.map((each): Signal => ({ ...told[each], source: 'hubspot' })),
        { source: 'hubspot', keepsKnown: true, since: 0, stopping: () => false, beside: () => [], onCommitted: () => undefined },
      );
    };
  }
  const cases: [Told, Told][] = [
    ['account', 'deal'],
    ['deal', 'account'],
    ['account', 'wonDeal'],
    ['person', 'deal'],
    ['deal', 'person'],
  ];

  it.each(cases)('that tells of the %s while it hears of the %s, and comes last', async (imported, live) => {
    const { hooks, wrap } = interleaving();
    const bot = await aSmallBot({ config });
    const done = importing(bot, wrap(bot.store));
    await receive(bot, [live], 'signals');
    hooks.meanwhile = async () => bot.ingest();
    await done(imported);
    await bot.at('2026-09-07 10:00');
    expect(await journeysOf(bot)).toEqual(await inTurn([imported, live]));
  });

  it.each(cases)('that tells of the %s while it hears of the %s, and comes first', async (imported, live) => {
    const { hooks, wrap } = interleaving();
    const bot = await aSmallBot({ config, wrap });
    const done = importing(bot, bot.store);
    await receive(bot, [live], 'signals');
    hooks.meanwhile = async () => done(imported);
    await bot.ingest();
    await bot.at('2026-09-07 10:00');
    expect(await journeysOf(bot)).toEqual(await inTurn([imported, live]));
  });

  it('reads nothing twice where nobody else was heard', async () => {
    const { hooks, wrap } = interleaving();
    const bot = await aSmallBot({ config });
    await importing(bot, wrap(bot.store))('account', 'deal', 'person');
    expect([hooks.reads, hooks.commits.length]).toEqual([1, 1]);
  });
});

it('costs what is said of known records nothing', async () => {
  const { hooks, wrap } = interleaving();
  const bot = await aSmallBot({ config, wrap });
  await receive(bot, ['account', 'deal', 'person'], 'signals');
  await bot.ingest();
  hooks.reads = 0;
  await bot.live(
    aSignal('touchpoint.recorded', '2026-09-07 09:01', { touchpoint: { dealId: 'd-1', personId: 'p-1', type: 'call', direction: 'inbound' } }),
  );
  expect(hooks.reads).toBe(1);
});

it('leaves what somebody else writes again and again to whoever evaluates what is due', async () => {
  const { hooks, wrap } = interleaving();
  let rivals = 0;
  const bot = await aSmallBot({
    config,
    wrap: (store) => {
      const watched = wrap(store);
      return {
        ...watched,
        async commit(changes, durable) {
          if (changes.some(({ kind }) => kind === 'journey.put') && !changes.some(({ kind }) => kind === 'record.put')) {
            rivals += 1;
            throw new ConflictError('somebody else');
          }
          await watched.commit(changes, durable);
        },
      };
    },
  });
  await receive(bot, ['account'], 'hubspot');
  await receive(bot, ['deal'], 'signals');
  hooks.meanwhile = async () => bot.ingest('hubspot');
  await bot.ingest();
  // The deal came last: it is judged by what the other one has told.
  expect(rivals).toBe(5);
  expect(await bot.journey('deal:d-1')).toMatchObject({ accountId: null, recheckAt: bot.clock.now() });
});
