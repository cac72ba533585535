import { expect, it } from 'vitest';
import type { CrmHistory } from '../../src/app/crm.ts';
import { CrmAwayError } from '../../src/app/errors.ts';
import { createLookForGone } from '../../src/app/look-for-gone.ts';
import type { Comparison } from '../../src/app/reconcile.ts';
import { missedBetween } from '../../src/app/reconcile-state.ts';
import { parseDuration } from '../../src/core/duration.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { type EpochMs, hourMs } from '../../src/core/time.ts';
import { aSignal, at } from '../core/builders.ts';
import { acme, aTeam } from './a-team.ts';
import { aFakeHistory } from './fake-history.ts';
import { aSmallBot } from './small-bot.ts';

const config = aTeam({ reconcile: { hubspot: parseDuration('30m') } });
const person = (id: string): Signal =>
  aSignal('person.upserted', '2026-09-07 09:00', { person: { id, accountId: 'a-1', dealIds: ['d-1'], name: 'Priya Nair' } });
const deletion = (id: string, when: EpochMs): Signal => aSignal('record.deleted', when, { record: { kind: 'person', id } }, { source: 'hubspot' });

/** A bot that knows `people` of HubSpot and one of another CRM, and a HubSpot that does not have `gone` any more. */
async function looking(people: number, gone: (id: string) => boolean) {
  const bot = await aSmallBot({ config, now: '2026-09-07 10:00' });
  const ids = Array.from({ length: people }, (_, index) => `hubspot:${String(index).padStart(4, '0')}`);
  await bot.receive([...acme(), ...ids.map(person), person('pipedrive:1')]);
  await bot.ingest();
  const asked: string[][] = [];
  const comparisons: Comparison[] = [];
  const stop = new AbortController();
  const failAt = new Map<number, Error>();
  const history: CrmHistory = {
    ...aFakeHistory([]),
    async gonePeople(slice, when) {
      const failure = failAt.get(asked.length);
      failAt.delete(asked.length);
      if (failure !== undefined) throw failure;
      asked.push(slice);
      return slice.filter(gone).map((id) => deletion(id, when));
    },
  };
  let made = 0;
  const look = createLookForGone({
    ...{ store: bot.store, history, config: () => config, clock: bot.clock, stopping: stop.signal },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    newId: () => `look-${++made}`,
    breathe: async () => undefined,
    onComparison: (comparison) => void comparisons.push(comparison),
  });
  await look();
  return {
    bot,
    ids,
    asked,
    comparisons,
    failAt,
    stop,
    async at(when: string): Promise<void> {
      bot.setTime(when);
      await look();
    },
    deleted: async () => (await bot.store.peopleAfter(null, 1_000)).filter(({ deletedAt }) => deletedAt !== null).map(({ id }) => id),
  };
}

it('asks once a day after everybody of the CRM, a hundred at a time, and takes those for deleted whom it does not have any more', async () => {
  const { bot, ids, asked, comparisons, at: lookAt, deleted } = await looking(250, (id) => id.endsWith('7'));
  await lookAt('2026-09-08 09:59');
  expect(asked).toEqual([]);
  await lookAt('2026-09-08 10:00');
  expect(asked.map((slice) => slice.length)).toEqual([100, 100, 50]);
  expect(asked.flat()).toEqual(ids);
  expect(await deleted()).toEqual(ids.filter((id) => id.endsWith('7')));
  expect(comparisons).toMatchObject([{ outcome: 'finished', missed: { person: 25 } }]);
  expect(await missedBetween(bot.store, 'hubspot', 0, at('2026-09-09'))).toEqual({ person: 25 });
  await lookAt('2026-09-08 11:00');
  expect(asked).toHaveLength(3);
  await lookAt('2026-09-09 10:00');
  // Whoever is known to be gone is not asked after again.
  expect(asked.slice(3).flat()).toEqual(ids.filter((id) => !id.endsWith('7')));
  expect(comparisons).toHaveLength(1);
});

it('goes on where the CRM was away', async () => {
  const { ids, asked, failAt, at: lookAt, deleted } = await looking(250, (id) => id === 'hubspot:0003');
  failAt.set(1, new CrmAwayError('too often', at('2026-09-08 10:00') + hourMs));
  await lookAt('2026-09-08 10:00');
  await lookAt('2026-09-08 10:30');
  expect([asked.length, await deleted()]).toEqual([1, []]);
  await lookAt('2026-09-08 11:00');
  expect(asked.flat()).toEqual(ids);
  expect(await deleted()).toEqual(['hubspot:0003']);
});

it('does not believe that everybody is gone', async () => {
  const { asked, at: lookAt, deleted, comparisons } = await looking(3, () => true);
  await lookAt('2026-09-08 10:00');
  expect([asked.length, await deleted(), comparisons]).toEqual([1, [], []]);
  await lookAt('2026-09-08 10:01');
  expect(asked).toHaveLength(1);
});

it('stops when the bot does', async () => {
  const { asked, stop, at: lookAt } = await looking(3, () => false);
  stop.abort();
  await lookAt('2026-09-08 10:00');
  expect(asked).toEqual([]);
});
