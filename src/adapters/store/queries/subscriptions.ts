import type { Subscription } from '../../../core/subscription.ts';
import { asc, eq } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';

/** Digests that people have asked for in Slack. */
export function defineSubscriptions({ db, tables, rows, write }: Dialect) {
  const { subscriptions } = tables;
  const values = slots(subscriptions, ['by', 'channel', 'weekday', 'time', 'timezone', 'filter', 'match', 'createdAt']);
  const put = write(
    db
      .insert(subscriptions)
      .values({ ...values, id: slot('id') })
      .onConflictDoUpdate({ target: subscriptions.id, set: values }),
  );
  const end = write(db.delete(subscriptions).where(eq(subscriptions.id, slot('id'))));
  const all = rows(db.select().from(subscriptions).orderBy(asc(subscriptions.createdAt), asc(subscriptions.id)));
  const one = rows(
    db
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.id, slot('id'))),
  );
  const ofPerson = rows(
    db
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.by, slot('by')))
      .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id)),
  );
  return {
    put: (subscription: Subscription) => ask(put, subscription),
    end: (id: string) => ask(end, { id }),
    one: (id: string): Steps<Subscription | null> => askOne(one, { id }),
    list: (by: string | null): Steps<Subscription[]> => (by === null ? ask(all) : ask(ofPerson, { by })),
  };
}
