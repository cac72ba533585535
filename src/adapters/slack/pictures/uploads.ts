import { createHash } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Clock, Logger, Store } from '../../../app/ports.ts';
import type { PictureSubject } from '../../../core/picture.ts';
import { slackErrorCode } from '../web-client.ts';
import type { Drawing } from './drawing.ts';
import { TooManyPicturesError } from './to-png.ts';

/** What is kept of pictures: `Store`, as far as it is used. */
export type PictureStore = Pick<Store, 'picture' | 'commit' | 'meta'>;

type UploadOptions = {
  /** Never retries: what failed is tried again with the next question. */
  client: webApi.WebClient;
  store: PictureStore;
  png(drawing: Drawing): Promise<Buffer>;
  /** Lets Slack work on a file for a moment. */
  pause(ms: number): Promise<void>;
  /** The bot is being stopped: what fails now is nobody's fault. */
  isOver(): boolean;
  clock: Clock;
  logger: Logger;
};

export type Uploads = {
  /** The id of a file in Slack that shows this and can be shown, or null where that cannot be had within some seconds. Never rejects. */
  fileOf(drawing: Drawing, about: PictureSubject): Promise<string | null>;
};

const uploadTimeoutMs = 10_000;
/** Between questions whether a file can be shown: sooner first, fifteen seconds in all. */
const pausesMs = [200, 300, 500, 1000, 1000, 2000, 2000, 4000, 4000];
/** Changes when pictures are drawn in another way. */
const hashedAs = 'v1';

/** Pictures in Slack, each uploaded once: what shows the same has the same file, also after a restart. */
export function createUploads({ client, store, png, pause, isOver, clock, logger }: UploadOptions): Uploads {
  const underWay = new Map<string, Promise<string | null>>();

  return {
    fileOf(drawing, about) {
      const hash = createHash('sha256').update(`${hashedAs}\n${drawing.svg}`).digest('hex');
      const running = underWay.get(hash) ?? find(hash, drawing, about).finally(() => underWay.delete(hash));
      underWay.set(hash, running);
      return running;
    },
  };

  async function find(hash: string, drawing: Drawing, about: PictureSubject): Promise<string | null> {
    try {
      const known = await store.picture(hash);
      // Somebody may have deleted it in Slack.
      if (known !== null && (await canBeShown(known.fileId))) return known.fileId;
      return await upload(hash, drawing, about);
    } catch (error) {
      if (isOver()) return null;
      if (error instanceof TooManyPicturesError) logger.info({ why: error.message }, 'a picture is left out; what it shows stands in the text');
      else logger.warn({ code: slackErrorCode(error), err: error }, 'a picture could not be brought to Slack; what it shows stands in the text');
      return null;
    }
  }

  /**
   * Noted as soon as Slack has a name for it, so that an erasure finds it. One that comes while the bytes are on their way takes the note away before
   * there is a file to delete: then it is deleted here.
   */
  async function upload(hash: string, drawing: Drawing, about: PictureSubject): Promise<string | null> {
    const bytes = await png(drawing);
    const { upload_url: url, file_id: fileId } = await client.files.getUploadURLExternal({ filename: 'journey.png', length: bytes.length });
    if (url === undefined || fileId === undefined) throw new Error('Slack gave no address to upload a picture to');
    await store.commit([{ kind: 'picture.put', picture: { hash, fileId, about, at: clock.now() } }]);
    const answer = await fetch(url, { method: 'POST', body: new Uint8Array(bytes), signal: AbortSignal.timeout(uploadTimeoutMs) });
    if (!answer.ok) throw new Error(`Slack took no picture: ${answer.status}`);
    await client.files.completeUploadExternal({ files: [{ id: fileId, title: 'Journey' }] });
    const shown = await canBeShown(fileId);
    if ((await store.picture(hash))?.fileId === fileId) return shown ? fileId : null;
    await client.files.delete({ file: fileId });
    return null;
  }

  /** Slack works on a new file for a while, and until then refuses every message with it. A file that is ready has its type. */
  async function canBeShown(fileId: string): Promise<boolean> {
    for (const ms of [0, ...pausesMs]) {
      if (ms > 0) await pause(ms);
      try {
        const { file } = await client.files.info({ file: fileId });
        if (file?.mimetype !== undefined && file.mimetype !== '') return true;
      } catch (error) {
        if (gone.has(slackErrorCode(error) ?? '')) return false;
        throw error;
      }
    }
    return false;
  }
}

/** Also what `files.delete` says where there is nothing to delete any more. */
export const gone: ReadonlySet<string> = new Set(['file_not_found', 'file_deleted']);
