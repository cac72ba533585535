import { afterAll, describe, expect, it } from 'vitest';
import { journeyPicture } from '../../../../src/adapters/slack/pictures/journey-picture.ts';
import { createToPng, TooManyPicturesError } from '../../../../src/adapters/slack/pictures/to-png.ts';
import { accountSummary, now } from '../samples.ts';

const drawing = createToPng();
afterAll(() => drawing.stop());

describe('a drawing', () => {
  it('becomes a PNG of twice its size', async () => {
    const picture = journeyPicture(accountSummary(), now);
    const png = await drawing.png(picture);
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([picture.width * 2, picture.height * 2]);
    // Not an empty sheet.
    expect(png.length).toBeGreaterThan(20_000);
  });

  it('that is none fails alone, and others beside it are drawn', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>';
    const [broken, whole] = await Promise.allSettled([drawing.png({ svg: '<svg' }), drawing.png({ svg })]);
    expect(broken).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('cannot be drawn') } });
    expect(whole.status).toBe('fulfilled');
  });

  it('fails where its process is stopped meanwhile, and the next one has a new process', async () => {
    const other = createToPng();
    const waiting = other.png(journeyPicture(accountSummary(), now));
    waiting.catch(() => undefined);
    other.stop();
    await expect(waiting).rejects.toThrow('has ended');
    expect((await other.png({ svg: '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>' })).length).toBeGreaterThan(0);
    other.stop();
  });

  it('is left out where eight wait already', async () => {
    const other = createToPng();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>';
    const drawn = await Promise.allSettled(Array.from({ length: 9 }, () => other.png({ svg })));
    expect(drawn.map(({ status }) => status)).toEqual([...Array(8).fill('fulfilled'), 'rejected']);
    expect(drawn[8]).toMatchObject({ reason: expect.any(TooManyPicturesError) });
    other.stop();
  });

  it('that hangs is not waited for, and the next one has a new process', async () => {
    const hasty = createToPng({ longestMs: 1 });
    const picture = () => hasty.png(journeyPicture(accountSummary(), now));
    await expect(picture()).rejects.toThrow('has ended');
    await expect(picture()).rejects.toThrow('has ended');
    hasty.stop();
  });
});
