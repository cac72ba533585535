import type { OwnedAccount } from '../../../app/owned-account.ts';
import { type Severity, severities } from '../../../core/journey/journey-map.ts';
import { and, eq, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot } from '../query.ts';

/** What belongs to one of our people. */
export function defineOwned({ db, tables, rows }: Dialect) {
  const { accounts, alerts, journeys } = tables;
  // By the index on both: however many closed ones there are, they are passed over.
  const isOwned = and(sql`lower(${journeys.ownerEmail}) = ${slot('email')}`, eq(journeys.outcome, sql`'open'`));
  // A deal without an account stands for itself.
  const group = sql<string>`coalesce(${journeys.accountId}, ${journeys.id})`;
  const untaken = sql<number | null>`min(case when ${alerts.state} = 'open' then ${alerts.rank} end)`;
  const worst = sql<number | null>`min(${alerts.rank})`;
  const oldest = sql<number | null>`min(${alerts.since})`;
  const name = sql<string>`coalesce(min(${accounts.name}), min(${journeys.name}))`;
  const last = sql`${severities.length}`;
  const page = rows(
    db
      .select({
        accountId: sql<string | null>`min(${journeys.accountId})`,
        journeyId: sql<string>`min(${journeys.id})`,
        name,
        alerts: sql<number>`count(distinct ${alerts.id})`.mapWith(Number),
        worst,
        untaken,
      })
      .from(journeys)
      .leftJoin(accounts, eq(accounts.id, journeys.accountId))
      .leftJoin(alerts, and(eq(alerts.journeyId, journeys.id), sql`${alerts.state} <> 'resolved'`, sql`${alerts.inhibitedBy} is null`))
      .where(isOwned)
      .groupBy(group)
      .orderBy(sql`coalesce(${untaken}, ${last})`, sql`coalesce(${worst}, ${last})`, sql`coalesce(${oldest}, 0)`, name, group)
      .limit(slot('limit'))
      .offset(slot('offset')),
  );
  const count = rows(
    db
      .select({ total: sql<number>`count(distinct ${group})`.mapWith(Number) })
      .from(journeys)
      .where(isOwned),
  );

  return {
    /** What nobody has taken comes first: the worst, then the oldest; what is all clear last, by name. */
    *accounts(ownerEmail: string, limit: number, offset: number): Steps<{ rows: OwnedAccount[]; total: number }> {
      const email = ownerEmail.toLowerCase();
      const total = (yield* askOne(count, { email }))?.total ?? 0;
      const found = yield* ask(page, { email, limit, offset });
      return { rows: found.map(({ worst: rank, untaken: open, ...row }) => ({ ...row, worst: severityOf(rank), isTaken: open === null })), total };
    },
  };
}

/** Ranks count from the worst severity. */
const severityOf = (rank: number | null): Severity | null => (rank === null ? null : (severities[severities.length - 1 - rank] ?? null));
