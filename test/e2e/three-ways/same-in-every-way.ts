import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import type { OpenCrm } from './teller.ts';
import { usual } from './the-map.ts';
import { asItHappens, healed, imported, importedAndTold, outcomeOf } from './ways.ts';

type Journeys = Outcome['journeys'];
type ToDo = Outcome['toDo'];

export type Crm = {
  name: string;
  open: OpenCrm;
  /** Its webhooks do not tell of deletions: a comparison has to. */
  compares?: boolean;
  /** What only a bot can know that was there when it happened, and why: taken off before its journeys and cards are compared with those of an import. */
  onlyTold?(journeys: Journeys): Journeys;
  onlyToldCards?(toDo: ToDo): ToDo;
};

/** A deal that was deleted before an import began has no journey there. */
const openOnes = (journeys: Journeys): Journeys => Object.fromEntries(Object.entries(journeys).filter(([, { outcome }]) => outcome !== 'deleted'));

type Told = Awaited<ReturnType<typeof outcomeOf>>;

/** What has to hold for each CRM: the same history gives the same journeys and the same cards, in whatever way the bot learns of it. */
export function sameInEveryWay({ name, open, compares = false, onlyTold = (journeys) => journeys, onlyToldCards = (toDo) => toDo }: Crm): void {
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

    it('gives the same journeys and cards by webhooks that are late, shuffled, doubled and a third lost, once the bot has compared', () => {
      expect(late.missed).toBeGreaterThan(0);
      expect(onlyTold(openOnes(late.journeys))).toEqual(onlyTold(read.journeys));
      expect(onlyToldCards(late.toDo)).toEqual(onlyToldCards(read.toDo));
    });

    it('gives the same journeys and cards when all of it is told once more after an import', () => {
      expect(both.journeys).toEqual(read.journeys);
      expect(both.cards.toSorted()).toEqual(read.cards.toSorted());
    });

    it('gives the same journeys by webhooks as it happens', () => {
      expect(onlyTold(openOnes(live.journeys))).toEqual(onlyTold(read.journeys));
    });

    it('gives the same cards by webhooks as it happens, as far as there is something to do', () => {
      // Whoever was there all the time has cards of what has come and gone, too, and alerts that another rule holds back now.
      expect(onlyToldCards(live.toDo)).toEqual(onlyToldCards(read.toDo));
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
