import type { Message } from '../../../core/delivery.ts';
import type { PictureFile } from '../../../core/picture.ts';
import type { EpochMs } from '../../../core/time.ts';
import { asc, eq, lt } from '../drizzle.ts';
import { ask, askOne, type Dialect, type Steps, slot, slots } from '../query.ts';
import { type Erased, textWithout } from '../without-record.ts';
import type { Place, Run } from './erase-place.ts';
import { createLookThrough } from './look-through.ts';
import type { Outbox } from './outbox.ts';

/** More are forgotten at the next look. */
const expiredAtOnce = 200;
/** No channel of Slack's: deletions go one after the other. */
const channel = 'pictures';

export type Pictures = ReturnType<typeof definePictures>;

/** Pictures that are in Slack. A row goes together with a delivery that deletes its file there. */
export function definePictures(dialect: Dialect, outbox: Outbox) {
  const { db, tables, rows, write } = dialect;
  const { pictures } = tables;
  const values = slots(pictures, ['fileId', 'about', 'at']);
  const put = write(
    db
      .insert(pictures)
      .values({ ...values, hash: slot('hash') })
      .onConflictDoUpdate({ target: pictures.hash, set: values }),
  );
  const one = rows(
    db
      .select()
      .from(pictures)
      .where(eq(pictures.hash, slot('hash'))),
  );
  const old = rows(
    db
      .select({ hash: pictures.hash, fileId: pictures.fileId })
      .from(pictures)
      .where(lt(pictures.at, slot('before')))
      .orderBy(asc(pictures.at))
      .limit(expiredAtOnce),
  );
  const drop = write(db.delete(pictures).where(eq(pictures.hash, slot('hash'))));
  const lookThrough = createLookThrough(dialect);

  const erasePlace: Place = (erased, after) =>
    lookThrough(
      pictures,
      pictures.hash,
      { hash: pictures.hash, fileId: pictures.fileId, doc: pictures.about },
      erased,
      after,
      ({ hash, fileId, doc }) => (shows(doc, erased) ? { what: 'pictures', put: (run) => forget({ hash, fileId }, run) } : null),
    );

  return {
    erasePlace,
    /** A file that another one takes the place of is deleted. */
    *put(picture: PictureFile): Steps<void> {
      const before = yield* askOne(one, { hash: picture.hash });
      if (before !== null && before.fileId !== picture.fileId) yield* forget(before, { now: picture.at, tag: 'replaced' });
      yield* ask(put, picture);
    },
    one: (hash: string): Steps<PictureFile | null> => askOne(one, { hash }),
    /** Forgets those that were uploaded before `before`. */
    *expire(before: EpochMs, now: EpochMs): Steps<void> {
      for (const row of yield* ask(old, { before })) yield* forget(row, { now, tag: 'expired' });
    },
  };

  function* forget({ hash, fileId }: Pick<PictureFile, 'hash' | 'fileId'>, { now, tag }: Run): Steps<void> {
    yield* ask(drop, { hash });
    const message: Message = { kind: 'forget-picture', fileId };
    yield* outbox.add({ id: `${tag}.picture.${fileId}`, channel, message, dueAt: now, createdAt: now, attempts: 0 });
  }
}

const shows = ({ accountId, journeys, names }: PictureFile['about'], erased: Erased): boolean =>
  (erased.kind === 'account' && accountId !== null && erased.ids.has(accountId)) ||
  journeys.some((id) => erased.journeys.has(id)) ||
  names.some((name) => textWithout(name, erased) !== name);
