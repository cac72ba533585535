import { webApi } from '@slack/bolt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TooManyPicturesError } from '../../../../src/adapters/slack/pictures/to-png.ts';
import { createUploads } from '../../../../src/adapters/slack/pictures/uploads.ts';
import { aboutNobody } from '../../../../src/core/picture.ts';
import { now } from '../samples.ts';
import { type Logged, recordingLogger } from '../slack-in-sandbox.ts';
import { pictureMemory } from './picture-memory.ts';

const drawing = { svg: '<svg/>', alt: '', width: 1, height: 1 };
afterEach(() => vi.restoreAllMocks());

/** `readyAfter`: how often Slack has to be asked about a file. */
function setting({ readyAfter = 1, takesBytes = true, png = async () => Buffer.from('png'), isOver = false } = {}) {
  const client = new webApi.WebClient('xoxb-1');
  const store = pictureMemory();
  const logged: Logged[] = [];
  const paused: number[] = [];
  let asked = 0;
  const ok = { ok: true as const };
  vi.spyOn(client.files, 'getUploadURLExternal').mockImplementation(async () => ({ ...ok, upload_url: 'https://up.example/1', file_id: 'F1' }));
  vi.spyOn(client.files, 'completeUploadExternal').mockResolvedValue({ ...ok, files: [] });
  vi.spyOn(client.files, 'info').mockImplementation(async () => ({ ...ok, file: { id: 'F1', mimetype: ++asked > readyAfter ? 'image/png' : '' } }));
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('', { status: takesBytes ? 200 : 500 }));
  const uploads = createUploads({
    client,
    store,
    png,
    pause: async (ms) => void paused.push(ms),
    isOver: () => isOver,
    clock: { now: () => now },
    logger: recordingLogger(logged),
  });
  return { uploads, store, logged, paused, client };
}

describe('an upload', () => {
  it('waits until Slack can show it', async () => {
    const { uploads, paused } = setting({ readyAfter: 3 });
    expect(await uploads.fileOf(drawing, aboutNobody)).toBe('F1');
    expect(paused).toEqual([200, 300, 500]);
  });

  it('is waited for fifteen seconds and no longer, and used by a later question', async () => {
    const { uploads, paused, client } = setting({ readyAfter: 12 });
    expect(await uploads.fileOf(drawing, aboutNobody)).toBeNull();
    expect(paused.reduce((sum, ms) => sum + ms, 0)).toBe(15_000);
    expect(await uploads.fileOf(drawing, aboutNobody)).toBe('F1');
    expect(client.files.getUploadURLExternal).toHaveBeenCalledTimes(1);
  });

  it('is noted before its bytes are in Slack, so that an erasure finds it', async () => {
    const { uploads, store, logged, client } = setting({ takesBytes: false });
    expect(await uploads.fileOf(drawing, aboutNobody)).toBeNull();
    expect([...store.pictures.values()]).toMatchObject([{ fileId: 'F1', about: aboutNobody, at: now }]);
    expect(client.files.completeUploadExternal).not.toHaveBeenCalled();
    expect(logged).toMatchObject([{ level: 'warn' }]);
  });

  it('that has to be left out, or that the end of the bot breaks off, is nothing to warn of', async () => {
    const tooMany = setting({ png: async () => Promise.reject(new TooManyPicturesError('8 pictures wait to be drawn already')) });
    expect(await tooMany.uploads.fileOf(drawing, aboutNobody)).toBeNull();
    expect(tooMany.logged).toMatchObject([{ level: 'info', fields: { why: '8 pictures wait to be drawn already' } }]);
    const ending = setting({ png: async () => Promise.reject(new Error('the drawing process has ended')), isOver: true });
    expect(await ending.uploads.fileOf(drawing, aboutNobody)).toBeNull();
    expect(ending.logged).toEqual([]);
  });
});
