import type { AlertFilter, ListOrder, OpenedAlerts } from '../../../app/ports.ts';
import type { Alert } from '../../../core/alerts/alert.ts';
import type { AuditEntry } from '../../../core/alerts/audit.ts';
import { type Severity, severities } from '../../../core/journey/journey-map.ts';
import type { JourneyRow } from '../../../core/journey/journey-row.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, isNotNull, isNull, lt, lte, or, sql } from '../drizzle.ts';
import { likeText } from '../like-text.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';

export type Alerts = ReturnType<typeof defineAlerts>;

/** Alerts, and the record of what was done to them. */
export function defineAlerts({ db, tables, rows, write }: Dialect) {
  const { alerts, audit, cards, journeys } = tables;
  const isOpen = sql`${alerts.state} <> 'resolved'`;
  const isPast = and(sql`${alerts.state} = 'resolved'`, eq(alerts.identity, slot('identity')));
  const values = slots(alerts, [
    'journeyId',
    'rule',
    'rank',
    'state',
    'episode',
    'since',
    'openedAt',
    'resolvedAt',
    'inhibitedBy',
    'assignedTo',
    'holds',
    'relevant',
    'alert',
  ]);
  const put = write(
    db
      .insert(alerts)
      .values({ ...values, id: slot('id'), identity: slot('identity') })
      .onConflictDoUpdate({ target: alerts.id, set: values }),
  );
  const newer = rows(
    db
      .select({ id: alerts.id })
      .from(alerts)
      .where(and(isPast, gt(alerts.episode, slot('episode'))))
      .limit(1),
  );
  const overtake = write(
    db
      .update(alerts)
      .set({ relevant: sql`${alerts.holds}` })
      .where(and(isPast, lt(alerts.episode, slot('episode')), eq(alerts.relevant, true))),
  );
  const byId = rows(
    db
      .select({ alert: alerts.alert })
      .from(alerts)
      .where(eq(alerts.id, slot('id'))),
  );
  const ofJourney = rows(
    db
      .select({ alert: alerts.alert })
      .from(alerts)
      .where(and(eq(alerts.journeyId, slot('journeyId')), eq(alerts.relevant, true)))
      .orderBy(asc(alerts.openedAt), asc(alerts.id)),
  );
  const addAudit = write(
    db
      .insert(audit)
      .values(slots(audit, ['id', 'at', 'journeyId', 'alertId', 'who', 'what', 'why']))
      .onConflictDoNothing(),
  );
  const { sequence: _, ...auditColumns } = getTableColumns(audit);
  const auditOf = rows(
    db
      .select(auditColumns)
      .from(audit)
      .where(eq(audit.journeyId, slot('journeyId')))
      .orderBy(desc(audit.at), desc(audit.sequence))
      .limit(slot('limit')),
  );

  // By id and not by time: thousands that an import opens share one instant. The plus keeps SQLite from looking them up by time, and sorting every slice.
  const inSlice = and(gt(alerts.id, slot('after')), sql`+${alerts.openedAt} >= ${slot('from')}`, sql`+${alerts.openedAt} < ${slot('to')}`);
  const opened = rows(db.select({ alert: alerts.alert }).from(alerts).where(inSlice).orderBy(asc(alerts.id)).limit(slot('limit')));
  const journeysOfSlice = db
    .select({ id: alerts.journeyId })
    .from(alerts)
    .where(and(inSlice, lte(alerts.id, slot('last'))));
  const deeds = rows(
    db
      .select(auditColumns)
      .from(audit)
      .where(and(inArray(audit.journeyId, journeysOfSlice), gte(audit.at, slot('from')), isNotNull(audit.alertId), sql`${audit.who} <> 'bot'`)),
  );
  const posted = rows(
    db
      .select({ journeyId: cards.journeyId, at: sql<number>`min(${cards.firstPostedAt})`.mapWith(Number) })
      .from(cards)
      .where(and(inArray(cards.journeyId, journeysOfSlice), isNotNull(cards.firstPostedAt)))
      .groupBy(cards.journeyId),
  );
  const duringSlots = (column: typeof alerts.openedAt | typeof alerts.resolvedAt) => and(gte(column, slot('from')), lt(column, slot('to')));
  const ofPeriod = rows(
    db
      .select({ alert: alerts.alert })
      .from(alerts)
      .where(and(gt(alerts.id, slot('after')), or(isOpen, duringSlots(alerts.openedAt), duringSlots(alerts.resolvedAt))))
      .orderBy(asc(alerts.id))
      .limit(slot('limit')),
  );
  const rules = rows(db.selectDistinct({ rule: alerts.rule }).from(alerts).orderBy(asc(alerts.rule)));

  return {
    /** @throws an engine's error about `alerts_open` when another alert of the identity is not resolved */
    *put(alert: Alert): Steps<void> {
      const { identity, episode } = alert;
      const isResolved = alert.state === 'resolved';
      const isNewest = isResolved && (yield* askOne(newer, { identity, episode })) === null;
      if (isNewest) yield* ask(overtake, { identity, episode });
      yield* ask(put, {
        ...alert,
        rank: rankOf(alert.finding.severity),
        since: alert.finding.since,
        resolvedAt: alert.resolution?.at ?? null,
        assignedTo: alert.assigned?.to ?? null,
        relevant: !isResolved || alert.holds || isNewest,
        alert,
      });
    },
    *one(id: string): Steps<Alert | null> {
      return (yield* askOne(byId, { id }))?.alert ?? null;
    },
    *ofJourney(journeyId: string): Steps<Alert[]> {
      return (yield* ask(ofJourney, { journeyId })).map(({ alert }) => alert);
    },
    addAudit: (entry: AuditEntry) => ask(addAudit, entry),
    audit: (journeyId: string, limit: number): Steps<AuditEntry[]> => ask(auditOf, { journeyId, limit }),
    /** Built for each question: a person asks, and the filters are many. */
    *open(
      filter: AlertFilter,
      limit: number,
      offset: number,
      order: ListOrder = 'severity',
    ): Steps<{ rows: { alert: Alert; journey: JourneyRow }[]; total: number; journeys: number }> {
      const condition = and(isOpen, isNull(alerts.inhibitedBy), ...conditionsOf(filter));
      const joined = eq(journeys.id, alerts.journeyId);
      const page = rows(
        db
          .select({ alert: alerts.alert, journey: getTableColumns(journeys) })
          .from(alerts)
          .innerJoin(journeys, joined)
          .where(condition)
          .orderBy(...inOrder(order))
          .limit(limit)
          .offset(offset),
      );
      const count = rows(
        db
          .select({
            total: sql<number>`count(*)`.mapWith(Number),
            journeys: sql<number>`count(distinct ${alerts.journeyId})`.mapWith(Number),
          })
          .from(alerts)
          .innerJoin(journeys, joined)
          .where(condition),
      );
      const counts = yield* askOne(count);
      return { rows: yield* ask(page), total: counts?.total ?? 0, journeys: counts?.journeys ?? 0 };
    },
    *opened(period: { from: EpochMs; to: EpochMs }, after: string | null, limit: number): Steps<OpenedAlerts> {
      const slice = { ...period, after: after ?? '', limit };
      const found = (yield* ask(opened, slice)).map(({ alert }) => alert);
      const last = found.at(-1)?.id;
      if (last === undefined) return { alerts: [], deeds: [], postedAt: new Map() };
      const ids = new Set(found.map(({ id }) => id));
      return {
        alerts: found,
        deeds: (yield* ask(deeds, { ...slice, last })).filter(({ alertId }) => alertId !== null && ids.has(alertId)),
        postedAt: new Map((yield* ask(posted, { ...slice, last })).map(({ journeyId, at }) => [journeyId, at])),
      };
    },
    *rules(): Steps<string[]> {
      return (yield* ask(rules)).map(({ rule }) => rule);
    },
    *ofPeriod(period: { from: EpochMs; to: EpochMs }, after: string | null, limit: number): Steps<Alert[]> {
      return (yield* ask(ofPeriod, { ...period, after: after ?? '', limit })).map(({ alert }) => alert);
    },
  };

  function* conditionsOf({ rules, ownerEmail, mine, match = {}, journeyIds }: AlertFilter) {
    const { owner, segment, stage, map, rule, severity, amount } = match;
    if (rules !== undefined) yield inArray(alerts.rule, rules);
    if (rule !== undefined) yield inArray(alerts.rule, rule);
    const owners = [...(ownerEmail === undefined ? [] : [[ownerEmail]]), ...(owner === undefined ? [] : [owner])];
    for (const emails of owners)
      yield inArray(
        sql`lower(${journeys.ownerEmail})`,
        emails.map((email) => email.toLowerCase()),
      );
    // The list is a document in both databases; its keys are quoted there.
    if (segment !== undefined) yield or(...segment.map((key) => sql`${journeys.segments} like ${`%${likeText(JSON.stringify(key))}%`} escape '!'`));
    if (stage !== undefined) yield inArray(journeys.stage, stage);
    if (map !== undefined) yield inArray(journeys.mapKey, map);
    if (severity !== undefined) yield inArray(alerts.rank, severity.map(rankOf));
    if (amount !== undefined) yield sql`${journeys.amount} ${sql.raw(amount.operator === '==' ? '=' : amount.operator)} ${amount.value}`;
    // Each half by an index of its own.
    if (mine !== undefined) yield or(inArray(alerts.journeyId, ownedBy(mine.ownerEmail)), eq(alerts.assignedTo, mine.userId));
    if (journeyIds !== undefined) yield inArray(alerts.journeyId, journeyIds);
  }

  function ownedBy(email: string | null) {
    const isTheirs = sql`lower(${journeys.ownerEmail}) = ${email?.toLowerCase() ?? ''}`;
    return db.select({ id: journeys.id }).from(journeys).where(isTheirs);
  }

  function inOrder(order: ListOrder) {
    const worst = [asc(alerts.rank), asc(alerts.since), asc(alerts.id)];
    switch (order) {
      case 'severity':
        return worst;
      case 'age':
        return [asc(alerts.since), asc(alerts.id)];
      case 'amount':
        return [asc(sql`${journeys.amount} is null`), desc(journeys.amount), asc(alerts.journeyId), ...worst];
    }
  }
}

const rankOf = (severity: Severity): number => severities.length - 1 - severities.indexOf(severity);
