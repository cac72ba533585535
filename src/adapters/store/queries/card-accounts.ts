import { and, eq, inArray, isNotNull } from '../drizzle.ts';
import { ask, type Dialect, type Steps } from '../query.ts';

/** Whom the cards of a channel are about. Built for each question: a person asks. */
export function defineCardAccounts({ db, tables, rows }: Dialect) {
  const { cards, journeys } = tables;
  return {
    *inChannel(channels: readonly string[], ts: string | null, limit: number): Steps<string[]> {
      const stands = and(inArray(cards.channel, [...channels]), isNotNull(cards.firstPostedAt), isNotNull(journeys.accountId));
      const found = yield* ask(
        rows(
          db
            .selectDistinct({ accountId: journeys.accountId })
            .from(cards)
            .innerJoin(journeys, eq(journeys.id, cards.journeyId))
            .where(ts === null ? stands : and(stands, eq(cards.postedTs, ts)))
            .limit(limit),
        ),
      );
      return found.flatMap(({ accountId }) => accountId ?? []);
    },
  };
}
