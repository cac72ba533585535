import { type Alert, alertStates } from '../../../core/alerts/alert.ts';
import type { JourneyRow } from '../../../core/journey/journey-row.ts';
import { sql } from '../drizzle.ts';
import type { ColumnKit } from '../sqlite/columns.ts';

/** What follows from it: journeys, alerts and the record of what was done. */
export const journeyTables = ({ table, index, uniqueIndex, sequence, key, text, oneOf, count, amount, time, flag, json }: ColumnKit) => ({
  journeys: table(
    'journeys',
    {
      id: key().primaryKey(),
      kind: oneOf(['deal', 'account']).notNull(),
      accountId: key(),
      dealId: key(),
      mapKey: text().notNull(),
      stage: text(),
      stageEnteredAt: time(),
      segments: json<string[]>().notNull(),
      name: text().notNull(),
      ownerEmail: text(),
      amount: amount(),
      currency: text(),
      url: text(),
      outcome: text().$type<JourneyRow['outcome']>().notNull(),
      outcomeAt: time(),
      source: text().notNull(),
      recheckAt: time(),
      settlingSince: time(),
      evaluatedAt: time(),
      revision: count().notNull(),
    },
    (journeys) => [
      index('journeys_account').on(journeys.accountId),
      // The second column lets those that are settling be passed over without reading them.
      index('journeys_recheck').on(journeys.recheckAt, journeys.settlingSince).where(sql`${journeys.recheckAt} is not null`),
      index('journeys_settling').on(journeys.settlingSince).where(sql`${journeys.settlingSince} is not null`),
      index('journeys_owner').on(sql`lower(${journeys.ownerEmail})`, journeys.outcome),
      index('journeys_outcome').on(journeys.outcomeAt).where(sql`${journeys.outcomeAt} is not null`),
    ],
  ),
  alerts: table(
    'alerts',
    {
      id: key().primaryKey(),
      identity: key().notNull(),
      journeyId: key().notNull(),
      rule: text().notNull(),
      /** 0: the worst severity. */
      rank: count().notNull(),
      state: oneOf(alertStates).notNull(),
      episode: count().notNull(),
      since: time().notNull(),
      openedAt: time().notNull(),
      resolvedAt: time(),
      inhibitedBy: text(),
      /** The Slack user who is to see to it. */
      assignedTo: key(),
      holds: flag().notNull(),
      /** What an evaluation needs: it is not resolved, or holds, or is the newest resolved episode of its identity. */
      relevant: flag().notNull(),
      alert: json<Alert>().notNull(),
    },
    (alerts) => [
      uniqueIndex('alerts_open').on(alerts.identity).where(sql`${alerts.state} <> 'resolved'`),
      index('alerts_identity').on(alerts.identity, alerts.episode),
      index('alerts_journey').on(alerts.journeyId),
      // In the order of lists, with what they filter by most.
      index('alerts_worst').on(alerts.rank, alerts.since, alerts.id, alerts.rule, alerts.journeyId).where(sql`${alerts.state} <> 'resolved'`),
      index('alerts_assigned').on(alerts.assignedTo).where(sql`${alerts.assignedTo} is not null`),
      index('alerts_opened').on(alerts.openedAt),
      index('alerts_resolved').on(alerts.resolvedAt).where(sql`${alerts.resolvedAt} is not null`),
    ],
  ),
  audit: table(
    'audit',
    {
      sequence: sequence(),
      id: key().notNull(),
      at: time().notNull(),
      journeyId: key(),
      alertId: key(),
      who: text().notNull(),
      what: text().notNull(),
      why: text(),
    },
    (audit) => [uniqueIndex('audit_id').on(audit.id), index('audit_journey').on(audit.journeyId, audit.at)],
  ),
});
