import type { Card, CardHold } from '../../../core/alerts/card.ts';
import type { Change } from '../../../core/change.ts';
import type { Receipt } from '../../../core/delivery.ts';
import type { EpochMs } from '../../../core/time.ts';
import { and, asc, eq, gte, lte, sql } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';
import type { Tables } from '../schema.ts';

export type Cards = ReturnType<typeof defineCards>;

/** What each channel has about each journey. */
export function defineCards({ db, tables, rows, write }: Dialect) {
  const { cards } = tables;
  const values = slots(cards, ['journeyId', 'channel', 'content', 'fingerprint', 'saidAt']);
  const holding = slots(cards, ['holdBy', 'holdSince', 'holdUntil']);
  const receipt = slots(cards, ['postedChannelId', 'postedTs', 'postedAt', 'postedFingerprint']);
  const byId = eq(cards.id, slot('id'));
  // Where a card stands and what holds it back is noted by changes of their own: an evaluation that began before the deliverer's must not undo it.
  const put = write(
    db
      .insert(cards)
      .values({ ...values, ...holding, ...receipt, id: slot('id'), firstPostedAt: slot('postedAt') })
      .onConflictDoUpdate({ target: cards.id, set: values }),
  );
  const posted = rows(
    db
      .update(cards)
      .set({ ...receipt, firstPostedAt: sql`coalesce(${cards.firstPostedAt}, ${slot('postedAt')})` })
      .where(byId)
      .returning({ fingerprint: cards.fingerprint }),
  );
  const hold = write(db.update(cards).set(holding).where(byId));
  const holdAll = write(
    db
      .update(cards)
      .set(holding)
      .where(and(eq(cards.holdBy, slot('heldBy')), lte(cards.holdSince, slot('until')), eq(cards.channel, slot('channel')))),
  );
  const one = rows(db.select().from(cards).where(byId));
  const ofJourney = rows(
    db
      .select()
      .from(cards)
      .where(eq(cards.journeyId, slot('journeyId')))
      .orderBy(asc(cards.id)),
  );
  const isHeld = eq(cards.holdBy, slot('by'));
  const oldest = [asc(cards.holdSince), asc(cards.id)];
  const held = rows(
    db
      .select()
      .from(cards)
      .where(isHeld)
      .orderBy(...oldest),
  );
  const heldIn = rows(
    db
      .select()
      .from(cards)
      .where(and(isHeld, eq(cards.channel, slot('channel'))))
      .orderBy(...oldest),
  );
  const heldAfter = rows(
    db
      .select()
      .from(cards)
      .where(and(isHeld, sql`(${cards.holdSince}, ${cards.id}) > (${slot('since')}, ${slot('after')})`))
      .orderBy(...oldest)
      .limit(slot('limit')),
  );
  const since = rows(
    db
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(cards)
      .where(and(eq(cards.channel, slot('channel')), gte(cards.firstPostedAt, slot('since')))),
  );

  return {
    put: (card: Card) => ask(put, { ...card, ...holdValues(card.hold), ...receiptValues(card.posted) }),
    /** Whether the card is another one by now than what was posted. */
    *posted(id: string, where: Receipt | null, fingerprint: string): Steps<boolean> {
      const card = yield* askOne(posted, { id, ...receiptValues(where === null ? null : { ...where, fingerprint }) });
      return card !== null && card.fingerprint !== fingerprint;
    },
    hold: (id: string, state: Card['hold']) => ask(hold, { id, ...holdValues(state) }),
    holdAll: ({ channel, heldBy, until, hold }: Extract<Change, { kind: 'cards.hold' }>) =>
      ask(holdAll, { channel, heldBy, until, ...holdValues(hold) }),
    *one(id: string): Steps<Card | null> {
      const row = yield* askOne(one, { id });
      return row === null ? null : cardOf(row);
    },
    *ofJourney(journeyId: string): Steps<Card[]> {
      return (yield* ask(ofJourney, { journeyId })).map(cardOf);
    },
    *held(by: CardHold['by'], channel?: string): Steps<Card[]> {
      return (yield* channel === undefined ? ask(held, { by }) : ask(heldIn, { by, channel })).map(cardOf);
    },
    *heldAfter(by: CardHold['by'], after: Card | null, limit: number): Steps<Card[]> {
      return (yield* ask(heldAfter, { by, since: after?.hold?.since ?? -1, after: after?.id ?? '', limit })).map(cardOf);
    },
    *postedSince(channel: string, from: EpochMs): Steps<number> {
      return (yield* askOne(since, { channel, since: from }))?.count ?? 0;
    },
  };
}

const holdValues = (hold: Card['hold']) => ({ holdBy: hold?.by ?? null, holdSince: hold?.since ?? null, holdUntil: hold?.until ?? null });

const receiptValues = (posted: Card['posted']) => ({
  postedChannelId: posted?.channelId ?? null,
  postedTs: posted?.ts ?? null,
  postedAt: posted?.at ?? null,
  postedFingerprint: posted?.fingerprint ?? null,
});

export const cardOf = ({ id, journeyId, channel, content, fingerprint, saidAt, ...row }: Tables['cards']['$inferSelect']): Card => ({
  id,
  journeyId,
  channel,
  content,
  fingerprint,
  posted:
    row.postedChannelId === null || row.postedTs === null || row.postedAt === null
      ? null
      : { channelId: row.postedChannelId, ts: row.postedTs, at: row.postedAt, fingerprint: row.postedFingerprint ?? '' },
  hold: row.holdBy === null || row.holdSince === null ? null : { by: row.holdBy, since: row.holdSince, until: row.holdUntil },
  saidAt,
});
