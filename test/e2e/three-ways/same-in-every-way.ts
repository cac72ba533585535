import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import type { OpenCrm } from './teller.ts';
import { usual } from './the-map.ts';
import { asItHappens, healed, imported, importedAndTold, outcomeOf } from './ways.ts';

type Journeys = Outcome['journeys'];

export type Crm = {
  name: string;
  open: OpenCrm;
  /** Its webhooks do not tell of deletions: a comparison has to. */
  compares?: boolean;
};

/**
 * An import is told that a deal was deleted, and nothing more of it: it has no journey there. Whoever knew it before keeps its journey as an ended one.
 * So all others are compared, and all cards by which there is something to do: a deleted deal has none.
 */
export const openOnes = (journeys: Journeys): Journeys =>
  Object.fromEntries(Object.entries(journeys).filter(([, { outcome }]) => outcome !== 'deleted'));

type Told = Awaited<ReturnType<typeof outcomeOf>>;

/** What has to hold for each CRM: the same history gives the same journeys and the same cards, in whatever way the bot learns of it. */
export function sameInEveryWay({ name, open, compares = false }: Crm): void {
  describe(`one history of ${name}, told in several ways`, () => {
    let live: Told;
    let late: Told;
    let read: Told;
    let both: Told;
    let summed: Told;
    beforeAll(async () => {
      [live, late, read, both, summed] = await Promise.all([
        outcomeOf(open, asItHappens(compares)),
        outcomeOf(open, healed(7)),
        outcomeOf(open, imported),
        outcomeOf(open, importedAndTold(3)),
        outcomeOf(open, importedAndTold(5), usual),
      ]);
    }, 180_000);

    it('is worth telling: a dozen customers, two dozen deals, and alerts of many rules', () => {
      expect(Object.keys(read.journeys).length).toBeGreaterThanOrEqual(24);
      expect([...read.rules]).toEqual(
        expect.arrayContaining([
          'stalled',
          'no-activity',
          'ghosted',
          'silent-role',
          'missing-role',
          'single-threaded',
          'stage-regression',
          'skipped-stage',
          'close-date',
        ]),
      );
      expect(read.cards.length).toBeGreaterThan(12);
      expect(read.unknown).toHaveLength(1);
    });

    it('gives the same journeys by webhooks that are late, shuffled, doubled and a third lost, once the bot has compared', () => {
      expect(late.missed).toBeGreaterThan(0);
      expect(openOnes(late.journeys)).toEqual(read.journeys);
    });

    it('knows of a deleted deal that it is, and has nothing to do for it, whether it was there before or not', () => {
      const gone = (told: Told) => Object.values(told.journeys).filter(({ outcome }) => outcome === 'deleted');
      expect(gone(live).map(({ name }) => name)).toEqual(['Removed']);
      expect([gone(late).length, gone(read).length]).toEqual([1, 0]);
      for (const { toDo } of [live, late, read, both])
        expect(toDo.filter(({ id }) => gone(live).some((journey) => id.includes(journey.id)))).toEqual([]);
    });

    it('gives the same journeys and cards when all of it is told once more after an import', () => {
      expect(both.journeys).toEqual(read.journeys);
      expect(both.cards.toSorted()).toEqual(read.cards.toSorted());
    });

    it('gives the same journeys by webhooks as it happens', () => {
      expect(openOnes(live.journeys)).toEqual(read.journeys);
    });

    it.each([
      ['as it happens', () => live],
      ['late', () => late],
    ])('has the same alerts open as an import, also those that another rule holds back, and says the same of them: %s', (_, told) => {
      expect(told().open).toEqual(read.open);
      expect(told().toDo).toEqual(read.toDo);
    });

    it('counts what happens again, which only somebody can who was there: an import has not seen what opened and was resolved before it', () => {
      for (const { episode, before } of Object.values(live.times)) expect(episode).toBe(before + 1);
      expect(Object.values(live.times).some(({ episode }) => episode > 1)).toBe(true);
      expect(new Set(Object.values(read.times).map(({ episode }) => episode))).toEqual(new Set([1]));
    });

    it.each([
      ['as it happens', () => live],
      ['late', () => late],
      ['by import', () => read],
      ['by import and late', () => both],
    ])('has each card once, and leaves nothing: %s', (_, told) => {
      const { cards, old, summaries, deadLetters, unknown } = told();
      const first = cards.map((card) => card.split('\n', 1)[0]);
      expect(new Set(cards).size).toBe(cards.length);
      expect(first.filter((line, index) => first.indexOf(line) !== index)).toEqual([]);
      expect([summaries, old, deadLetters]).toEqual([[], [], 0]);
      expect(unknown).toEqual(read.unknown);
    });

    it('makes one summary a channel of an import that brings much to light, whatever is told afterwards', () => {
      expect(summed.journeys).toEqual(read.journeys);
      expect(summed.toDo).toEqual(read.toDo);
      expect(summed.summaries.map(({ channel }) => channel)).toEqual(['#deal-alerts']);
      expect(summed.cards.filter((card) => card.startsWith('#deal-alerts'))).toEqual([]);
    });
  });
}
