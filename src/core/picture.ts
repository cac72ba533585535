import type { EpochMs } from './time.ts';

/** A picture that was uploaded to Slack. `hash`: of what it shows, so that the same one is uploaded once. */
export type PictureFile = { hash: string; fileId: string; about: PictureSubject; at: EpochMs };

/** What a picture shows by name: with any of it erased, it has to go. People are never named in one, but a deal may be named after a person. */
export type PictureSubject = { accountId: string | null; journeys: string[]; names: string[] };

/** Of a picture of figures: it is about nobody. */
export const aboutNobody: PictureSubject = { accountId: null, journeys: [], names: [] };
