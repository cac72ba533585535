import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createImport } from '../../src/app/import-history.ts';
import { createReconcile } from '../../src/app/reconcile.ts';
import { keepReconcile } from '../../src/app/reconcile-state.ts';
import { parseDuration } from '../../src/core/duration.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { hourMs } from '../../src/core/time.ts';
import { aSignal, at } from '../core/builders.ts';
import { aTeam } from './a-team.ts';
import { aFakeHistory, anObject } from './fake-history.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const rules = { stalled: { after: '15bd' }, 'missing-role': {}, ghosted: { attempts: 2, after: '5bd' }, 'stage-regression': {} };
const config = aTeam({ rules, reconcile: { hubspot: parseDuration('30m') } });
const now = '2026-11-02 10:00';
const source = 'hubspot' as const;

/** Five customers' history: stages back and forth, people, calls nobody answered, a merge, a deletion, a deal that was won. */
const story: Signal[] = [1, 2, 3, 4, 5].flatMap((number) => {
  const [account, deal, person] = [`a-${number}`, `d-${number}`, `p-${number}`];
  const start = at('2026-09-07 09:00') + number * hourMs;
  const day = (days: number): number => start + days * 24 * hourMs;
  const call = (days: number) =>
    aSignal('touchpoint.recorded', day(days), { touchpoint: { dealId: deal, personId: person, type: 'call', direction: 'outbound' } }, { source });
  const moved = (days: number, stage: string) => aSignal('stage.entered', day(days), { stage: { dealId: deal, stage } }, { source });
  return [
    aSignal('account.upserted', day(0), { account: { id: account, name: `Account ${number}` } }, { source }),
    aSignal(
      'deal.upserted',
      day(1),
      { deal: { id: deal, accountId: account, name: `Deal ${number}`, stage: 'awareness', amount: number } },
      { source },
    ),
    aSignal(
      'person.upserted',
      day(1),
      { person: { id: person, accountId: account, dealIds: [deal], name: `Person ${number}`, roles: [number % 2 ? 'legal' : 'champion'] } },
      { source },
    ),
    ...[moved(3, 'decision'), moved(6, 'consideration'), moved(8, 'decision'), call(4), call(9), call(10)],
    aSignal(
      'deal.upserted',
      day(9),
      { deal: { id: deal, name: `Deal ${number}, second phase`, stage: number === 5 ? 'closedwon' : 'decision' } },
      { source },
    ),
    ...(number === 3 ? [aSignal('record.merged', day(12), { merge: { kind: 'account', from: ['a-2'], into: 'a-3' } }, { source })] : []),
    ...(number === 4 ? [aSignal('record.deleted', day(12), { record: { kind: 'deal', id: deal } }, { source })] : []),
  ];
});

const silent = () => undefined;
const shared = (bot: SmallBot) => ({
  ...{ store: bot.store, config: () => config, clock: bot.clock, newId: () => crypto.randomUUID(), breathe: async () => undefined },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
});
const memory = () =>
  aFakeHistory(
    story.map((signal) => anObject(signal.occurredAt, signal)),
    { rowsAPage: 7 },
  );

async function told(bot: SmallBot, signals: readonly Signal[]): Promise<void> {
  for (const signal of signals) await bot.receive([signal], source);
  await bot.ingest(source);
}

async function imported(bot: SmallBot): Promise<void> {
  const run = createImport({ ...shared(bot), history: memory(), waitUntil: async () => undefined });
  await run({ order: 'all', since: null, restart: false }, { stopping: new AbortController().signal });
}

async function compared(bot: SmallBot): Promise<void> {
  await bot.store.commit([keepReconcile(source, { goodAt: at('2026-09-01'), comparedAt: at('2026-09-01'), retryAt: null, run: null })]);
  const stopping = new AbortController().signal;
  await createReconcile({ ...shared(bot), history: memory(), told: true, stopping, drained: () => bot.ingest(source) }).run();
}

/** Journeys, alerts and cards, when all of it has settled. */
async function outcome(take: (bot: SmallBot) => Promise<void>) {
  const bot = await aSmallBot({ config, now });
  await take(bot);
  await bot.at('2026-11-02 10:10');
  const states = await Promise.all([1, 2, 3, 4, 5].map((number) => bot.store.journeyState(`deal:d-${number}`)));
  const around = await bot.store.loadNeighbourhood([1, 2, 3, 4, 5].map((number) => ({ kind: 'deal', id: `d-${number}` })));
  return {
    records: [around.accounts, around.deals, around.people].map((kind) => [...kind].map(([id, { record }]) => [id, record]).sort()),
    journeys: states.map(({ row }) => ({ ...row, revision: 0, evaluatedAt: 0 })),
    alerts: states.map(({ alerts }) =>
      alerts.map(({ identity, state, finding }) => ({ identity, state, finding })).sort((a, b) => (a.identity < b.identity ? -1 : 1)),
    ),
    cards: states.map(({ cards }) => cards.map(({ channel, content, posted }) => ({ channel, content, posted: posted !== null }))),
    said: bot.slack
      .cards()
      .map(({ content }) => content?.name)
      .sort(),
  };
}

it('webhooks, webhooks with a third missing and a comparison, and an import make the same journeys and the same cards', async () => {
  const byWebhooks = await outcome((bot) => told(bot, story));
  expect(byWebhooks.said).toEqual(['Deal 1, second phase', 'Deal 2, second phase', 'Deal 3, second phase']);
  expect(await outcome(imported)).toEqual(byWebhooks);
  const someOf = fc.shuffledSubarray(story, { minLength: Math.floor(story.length / 2), maxLength: Math.ceil((story.length * 2) / 3) });
  await fc.assert(
    fc.asyncProperty(someOf, async (some) => {
      const healed = await outcome(async (bot) => {
        await told(bot, [...some, ...some.slice(0, 10)]);
        await compared(bot);
      });
      expect(healed).toEqual(byWebhooks);
    }),
    { numRuns: 8 },
  );
});
