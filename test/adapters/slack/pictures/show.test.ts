import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { createShow } from '../../../../src/adapters/slack/pictures/show.ts';
import type { View, ViewBlock } from '../../../../src/adapters/slack/views/blocks.ts';
import { section, view } from '../../../../src/adapters/slack/views/blocks.ts';
import { barChart } from '../../../../src/adapters/slack/views/charts.ts';
import { md } from '../../../../src/adapters/slack/views/escape.ts';
import { aboutNobody } from '../../../../src/core/picture.ts';
import { dayMs } from '../../../../src/core/time.ts';
import { now } from '../samples.ts';
import { type Logged, recordingLogger } from '../slack-in-sandbox.ts';
import { pictureMemory } from './picture-memory.ts';

const refusal = () => new webApi.WebAPIPlatformError({ ok: false, error: 'invalid_blocks' });
const bars = [
  { label: 'A', value: 1, n: 10 },
  { label: 'B', value: 2, n: 11 },
];
const charted = (): View<ViewBlock> =>
  view(md`Figures`, [section([md`In words`]), ...barChart('One', bars, { unit: 'x', of: 'y' }), ...barChart('Two', bars, { unit: 'x', of: 'y' })]);

/** `takes`: what Slack shows; `uploads`: whether it takes pictures. */
function setting({ takes = ['section', 'data_visualization', 'image'], uploads = true, broken = false } = {}) {
  const said: string[][] = [];
  const asked: string[] = [];
  const logged: Logged[] = [];
  let at = now;
  const show = createShow({
    uploads: {
      async fileOf({ alt }) {
        asked.push(alt.slice(0, 3));
        return uploads ? `F${asked.length}` : null;
      },
    },
    store: pictureMemory(),
    clock: { now: () => at },
    logger: recordingLogger(logged),
  });
  const tried: string[][] = [];
  const say = async ({ blocks }: View<ViewBlock>): Promise<string> => {
    const types = blocks.map(({ type }) => type);
    tried.push(types);
    if (broken) throw new webApi.WebAPIPlatformError({ ok: false, error: 'channel_not_found' });
    if (types.some((type) => !takes.includes(type))) throw refusal();
    said.push(types);
    return 'said';
  };
  const later = (ms: number): void => {
    at += ms;
  };
  return { show, say, said, tried, asked, logged, later };
}

const [words, chart, image] = ['section', 'data_visualization', 'image'];

describe('a message that can wait', () => {
  it('has its charts where Slack knows them', async () => {
    const { show, say, said, asked } = setting();
    expect(await show.whole(charted(), say)).toBe('said');
    expect([said, asked]).toEqual([[[words, chart, chart]], []]);
  });

  it('has pictures of them where it does not, and the next one does not try, for a week', async () => {
    const { show, say, tried, later } = setting({ takes: ['section', 'image'] });
    await show.whole(charted(), say);
    await show.whole(charted(), say);
    expect(tried).toEqual([
      [words, chart, chart],
      [words, image, image],
      [words, image, image],
    ]);
    later(7 * dayMs);
    await show.whole(charted(), say);
    expect(tried[3]).toEqual([words, chart, chart]);
  });

  it('has neither where pictures cannot be shown', async () => {
    for (const options of [{ takes: ['section', 'image'], uploads: false }, { takes: ['section'] }]) {
      const { show, say, said } = setting(options);
      expect(await show.whole(charted(), say)).toBe('said');
      expect(said).toEqual([[words]]);
    }
  });

  it('fails as it would without charts, and nothing is held against them', async () => {
    const elsewhere = setting({ broken: true });
    await expect(elsewhere.show.whole(charted(), elsewhere.say)).rejects.toThrow('channel_not_found');
    expect(elsewhere.tried).toHaveLength(1);
    const refusing = setting({ takes: [] });
    await expect(refusing.show.whole(charted(), refusing.say)).rejects.toThrow('invalid_blocks');
    await expect(refusing.show.whole(charted(), refusing.say)).rejects.toThrow('invalid_blocks');
    expect(refusing.tried.filter((types) => types.includes('data_visualization'))).toHaveLength(2);
  });
});

describe('an answer that somebody waits for', () => {
  it('comes first, and its picture after it', async () => {
    const { show, say, said } = setting();
    const drawing = { svg: '<svg/>', alt: 'A map.', width: 1, height: 1 };
    await show.atOnce({ ...view(md`Acme`, [section([md`Acme`])]), picture: () => ({ title: 'Map', drawing, about: aboutNobody }) }, say);
    expect(said).toEqual([[words], [image]]);
  });

  it('comes at once without charts that Slack refuses, with pictures of them after it', async () => {
    const { show, say, said } = setting({ takes: ['section', 'image'] });
    await show.atOnce(charted(), say);
    expect(said).toEqual([[words], [image], [image]]);
  });

  it('stands by itself where its picture cannot even be drawn', async () => {
    const { show, say, said, logged } = setting();
    const picture = () => {
      throw new Error('no pencil');
    };
    await show.atOnce({ ...view(md`Acme`, [section([md`Acme`])]), picture }, say);
    expect(said).toEqual([[words]]);
    expect(logged).toMatchObject([{ level: 'warn', fields: { error: 'no pencil' } }]);
  });

  it('fails where it cannot be said at all', async () => {
    const { show, say } = setting({ broken: true });
    await expect(show.atOnce(charted(), say)).rejects.toThrow('channel_not_found');
  });
});
