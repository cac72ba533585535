import type { PageHost } from '../sandbox.ts';
import type { PageText } from './page-text.ts';
import type { ReadMarks } from './read-marks.ts';

/** What all routes of the page share. */
export type PageState = {
  host: PageHost;
  text: PageText;
  readMarks: ReadMarks;
  /** Epoch milliseconds. */
  now: () => number;
  /** Changes whenever an asset does. */
  assetVersion: string;
  /** How many events the workspace has told so far: a page drawn at n asks for what came after n. */
  eventCount: () => number;
  /** Everything that is shown is drawn anew, everywhere: the time has changed. */
  redraw: () => void;
};
