import type { JourneyRow } from '../../../core/journey/journey-row.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, eq, getTableColumns, gt, gte, lt, or } from '../drizzle.ts';
import { ask, type Dialect, type Steps, slot } from '../query.ts';

/** Journeys that a digest counts: open now, or ended in the period. Asked for in slices, by id. */
export function defineDigestJourneys({ db, tables, rows }: Dialect) {
  const { journeys } = tables;
  const slice = rows(
    db
      .select(getTableColumns(journeys))
      .from(journeys)
      .where(
        and(
          gt(journeys.id, slot('after')),
          or(eq(journeys.outcome, 'open'), and(gte(journeys.outcomeAt, slot('from')), lt(journeys.outcomeAt, slot('to')))),
        ),
      )
      .orderBy(asc(journeys.id))
      .limit(slot('limit')),
  );
  return (period: { from: EpochMs; to: EpochMs }, after: string, limit: number): Steps<JourneyRow[]> => ask(slice, { ...period, after, limit });
}
