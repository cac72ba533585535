import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shuffled } from '../../../shuffled.ts';
import { type Joined, monday, salesforceOfTest } from './joined.ts';
import { seen, story } from './story.ts';

const signalsOf = (pages: Awaited<ReturnType<Joined['pages']>>) => pages.flatMap(({ signals }) => signals);

/** Everything that happens is told at once, and looked up at once; a comparison in the end brings what is told of nothing (deletions). */
async function inOrder(): Promise<Joined> {
  const joined = await salesforceOfTest();
  await story(joined, async () => {
    await joined.arrive();
  });
  joined.signals.push(...signalsOf(await joined.pages(monday)));
  return joined;
}

describe('one history, told in three ways', () => {
  it('ends with the same records by import as by messages in order', async () => {
    const told = await inOrder();
    const imported = await salesforceOfTest();
    await story(imported);
    const signals = signalsOf(await imported.pages());
    expect(Object.keys(seen(imported, signals))).toHaveLength(7);
    expect(seen(imported, signals)).toEqual(seen(told));
  });

  it('ends with the same records when messages come shuffled, doubled and with a third missing, and a comparison follows', async () => {
    const expected = seen(await inOrder());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 12 }), fc.boolean(), async (seed, batch, late) => {
        const joined = await salesforceOfTest();
        const arrive = (): Promise<number[]> =>
          joined.arrive({
            order: (waiting) => shuffled(waiting, seed),
            batch,
            times: 2,
            lose: ({ notificationId }) => shuffled([0, 1, 2], seed + Number(notificationId.slice(3, 15)))[0] === 0,
          });
        await story(joined, async () => {
          if (!late) await arrive();
        });
        if (late) await arrive();
        joined.signals.push(...signalsOf(await joined.pages(monday)));
        expect(seen(joined)).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  it('ends with the same records when nothing was told at all and a comparison brings everything', async () => {
    const joined = await salesforceOfTest({ pageSize: 3 });
    await story(joined);
    expect(seen(joined, signalsOf(await joined.pages(monday)))).toEqual(seen(await inOrder()));
  });

  it('says the same facts by import and by message: their ids are the same', async () => {
    const joined = await salesforceOfTest();
    await story(joined);
    await joined.arrive();
    const imported = new Set(signalsOf(await joined.pages()).map(({ id }) => id));
    const alone = joined.signals.filter(({ id }) => !imported.has(id));
    expect(alone).toEqual([]);
    expect(joined.signals.length).toBeGreaterThan(20);
  });
});
