import { setTimeout as wait } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Clock, Logger } from '../../../app/ports.ts';
import { createShow, type Show } from './show.ts';
import { createToPng } from './to-png.ts';
import { createUploads, type PictureStore } from './uploads.ts';

type PicturesOptions = { client: webApi.WebClient; store: PictureStore; clock: Clock; logger: Logger };

/** Pictures, from what they show to Slack: nothing is loaded or asked before the first one. */
export function createPictures({ client, store, clock, logger }: PicturesOptions): { show: Show; stop(): void } {
  const ending = new AbortController();
  const drawing = createToPng();
  const pause = (ms: number): Promise<void> => wait(ms, undefined, { signal: ending.signal, ref: false });
  const uploads = createUploads({ client, store, png: drawing.png, pause, isOver: () => ending.signal.aborted, clock, logger });
  return {
    show: createShow({ uploads, store, clock, logger }),
    stop() {
      ending.abort();
      drawing.stop();
    },
  };
}
