import { describe, expect, it } from 'vitest';
import { ConflictError, StoreError } from '../../src/app/errors.ts';
import type { Store } from '../../src/app/ports.ts';
import { mostNames } from '../../src/app/room-for-names.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { minuteMs } from '../../src/core/time.ts';
import { aSignal, at } from '../core/builders.ts';
import { acme, aTeam, deal } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

const poison = { ...deal('d-9'), type: 'nonsense' } as unknown as Signal;
const named = async ({ store }: { store: Store }) => (await store.namesAfter('deal', null, 100)).map(({ id }) => id);
const merged = (when: string, from: string, into: string) => aSignal('record.merged', when, { merge: { kind: 'account', from: [from], into } });

describe('webhook bodies', () => {
  it('become journeys, and are done with', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.receive(acme());
    await bot.ingest();
    expect(await bot.journey('deal:d-1')).toMatchObject({ name: 'Acme rollout', stage: 'decision', accountId: 'a-1', amount: 48_000 });
    expect(await bot.store.inboxBacklog()).toMatchObject({ pending: 0, dead: 0 });
    expect(await bot.store.feeds()).toEqual([{ source: 'signals', lastReceivedAt: bot.clock.now(), lateAt: null }]);
  });

  it('that cannot be parsed become dead letters, and can be replayed', async () => {
    let mended = false;
    const bot = await aSmallBot({
      config: aTeam(),
      parse: async (rows) =>
        rows.map(({ body }) => (mended ? { kind: 'signals', signals: JSON.parse(body) as Signal[] } : { kind: 'dead', error: 'no such thing' })),
    });
    await bot.receive(acme());
    await bot.ingest();
    const [letter] = await bot.store.deadLetters(10);
    expect(letter).toMatchObject({ error: 'no such thing', source: 'signals' });
    mended = true;
    await bot.store.replayDeadLetter(letter?.id ?? 0, bot.clock.now());
    await bot.ingest();
    expect(await named(bot)).toEqual(['d-1']);
    expect(await bot.store.deadLetters(10)).toEqual([]);
  });

  it('that cannot be done now stay, and are tried again when it is time', async () => {
    let away = true;
    const bot = await aSmallBot({
      config: aTeam(),
      parse: async (rows) =>
        rows.map(({ body }) =>
          away
            ? { kind: 'later', retryAt: at('2026-09-07 09:05'), error: 'the CRM is away' }
            : { kind: 'signals', signals: JSON.parse(body) as Signal[] },
        ),
    });
    await bot.receive(acme());
    await bot.ingest();
    away = false;
    await bot.ingest();
    expect(await named(bot)).toEqual([]);
    bot.setTime('2026-09-07 09:05');
    await bot.ingest();
    expect(await named(bot)).toEqual(['d-1']);
  });

  it('that are to be tried again at once do not keep the others waiting for good', async () => {
    const bot = await aSmallBot({ parse: async (rows) => rows.map(() => ({ kind: 'later', retryAt: 0, error: 'again' })) });
    await bot.receive(acme());
    await bot.ingest();
    expect((await bot.store.inboxBacklog()).pending).toBe(1);
  });

  it('one of which is poison kill only that one', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    for (const signals of [[deal('d-1')], [deal('d-2'), poison], [deal('d-3')]]) await bot.receive(signals);
    await bot.ingest();
    expect(await named(bot)).toEqual(['d-1', 'd-3']);
    expect(await bot.store.inboxBacklog()).toMatchObject({ pending: 0, dead: 1 });
  });

  it('that break their source wait alone, and die in the end', async () => {
    const bot = await aSmallBot({
      config: aTeam(),
      parse: async (rows) =>
        rows.map(({ body }) => {
          if (body.includes('d-2')) throw new TypeError('cannot read properties of undefined');
          return { kind: 'signals', signals: JSON.parse(body) as Signal[] };
        }),
    });
    for (const id of ['d-1', 'd-2', 'd-3']) await bot.receive([deal(id)]);
    await bot.ingest();
    expect(await named(bot)).toEqual(['d-1', 'd-3']);
    expect(await bot.store.inboxBacklog()).toMatchObject({ pending: 1, dead: 0 });
    for (let minutes = 1; minutes < 5; minutes++) {
      bot.setTime(at('2026-09-07 09:00') + minutes * minuteMs);
      await bot.ingest();
    }
    expect(await bot.store.inboxBacklog()).toMatchObject({ pending: 0, dead: 1 });
  });
});

describe('a large body', () => {
  const large = (count: number) => Array.from({ length: count }, (_, index) => deal(`d-${String(index).padStart(3, '0')}`));

  it('is taken in parts, and done with the last one', async () => {
    let commits = 0;
    let fails = true;
    const bot = await aSmallBot({
      config: aTeam(),
      wrap: (store) => ({
        ...store,
        commit: async (changes) => {
          if (++commits === 2 && fails) throw new StoreError('disk full');
          return store.commit(changes);
        },
      }),
    });
    await bot.receive(large(150));
    await expect(bot.ingest()).rejects.toThrow('disk full');
    expect(await named(bot)).toHaveLength(64);
    expect((await bot.store.inboxBacklog()).pending).toBe(1);
    fails = false;
    commits = 0;
    await bot.ingest();
    expect(commits).toBe(3);
    expect(await bot.store.namesAfter('deal', null, 500)).toHaveLength(150);
    expect((await bot.store.inboxBacklog()).pending).toBe(0);
  });

  it.each([
    ['metrics', (name: string) => aSignal('metric.recorded', '2026-09-07 08:00', { metric: { accountId: 'a-1', name, value: 1 } })],
    ['milestones', (name: string) => aSignal('milestone.completed', '2026-09-07 08:00', { milestone: { accountId: 'a-1', name } })],
  ])('that would give an account more %s than it may have are dead letters, and no others', async (kind, signalOf) => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.receive(Array.from({ length: mostNames }, (_, index) => signalOf(`n${index}`)));
    await bot.ingest();
    await bot.receive([signalOf('one-more')]);
    await bot.receive([signalOf('n0')]);
    await bot.receive([deal('d-2')]);
    await bot.ingest();
    expect(await bot.store.deadLetters(10)).toMatchObject([
      {
        error: `the account would have more than 200 ${kind} of different names, which is as many as it may have`,
        body: expect.stringContaining('one-more'),
      },
    ]);
    expect(await named(bot)).toEqual(['d-2']);
  });

  it('with poison in it is a dead letter, whatever comes after the poison', async () => {
    const bot = await aSmallBot({ config: aTeam() });
    await bot.receive([...large(70), poison, ...large(150).slice(70)]);
    await bot.ingest();
    expect(await bot.store.inboxBacklog()).toMatchObject({ pending: 0, dead: 1 });
    expect(await named(bot)).toHaveLength(64);
  });
});

describe('somebody else who writes at the same time', () => {
  /** Does something between the first reading and its commit. */
  const meanwhile = (what: () => Promise<void>) => {
    let done = false;
    return (store: Store): Store => ({
      ...store,
      async loadNeighbourhood(refs) {
        const around = await store.loadNeighbourhood(refs);
        if (!done) {
          done = true;
          await what();
        }
        return around;
      },
    });
  };

  it('loses nothing: it is read again and decided again', async () => {
    const bot = await aSmallBot({
      config: aTeam(),
      wrap: meanwhile(async () => {
        await bot.receive([{ ...deal('d-1', { amount: 7 }), source: 'hubspot' }], 'hubspot');
        await bot.ingest('hubspot');
      }),
    });
    await bot.receive([deal('d-1', { name: 'Rollout' })]);
    await bot.ingest();
    expect(await bot.journey('deal:d-1')).toMatchObject({ name: 'Rollout', amount: 7 });
  });

  it('is not lost either when the record it wrote to is merged away', async () => {
    const bot = await aSmallBot({
      config: aTeam(),
      wrap: meanwhile(async () => {
        await bot.receive(
          [{ ...aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-1', segment: 'big' } }), source: 'hubspot' }],
          'hubspot',
        );
        await bot.ingest('hubspot');
      }),
    });
    await bot.receive([merged('2026-09-07 09:00', 'a-1', 'a-2')]);
    await bot.ingest();
    const around = await bot.store.loadNeighbourhood([{ kind: 'account', id: 'a-1' }]);
    expect(around.accounts.get('a-2')?.record.segment?.value).toBe('big');
  });

  it('again and again is reported, and tried again later', async () => {
    const bot = await aSmallBot({
      config: aTeam(),
      wrap: (store) => ({ ...store, commit: async () => Promise.reject(new ConflictError('somebody else')) }),
    });
    await bot.receive(acme());
    await expect(bot.ingest()).rejects.toThrow(ConflictError);
    expect((await bot.store.inboxBacklog()).pending).toBe(1);
  });
});
