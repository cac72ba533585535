import type { EpochMs } from '../../../core/time.ts';
import type { Steps } from '../query.ts';
import type { Erased } from '../without-record.ts';

/** `tag` makes ids of what follows, the same ones if it is done twice. */
export type Run = { now: EpochMs; tag: string };
export type Touched = { what: string; put(run: Run): Steps<unknown> };
/** What a slice of a place touches; `last`: where the next one goes on, null after the last one. */
export type Slice = { last: string | null; touched: Touched[] };
/** Where names can be. `after`: how far the slice before went; null: the first one. */
export type Place = (erased: Erased, after: string | null) => Steps<Slice>;

/** Rows looked at in one slice: about three milliseconds' work. */
export const sliceRows = 250;
