import type { ImageBlock, KnownBlock } from '@slack/types';
import { messageOf } from '../../../app/errors.ts';
import type { Clock, Logger } from '../../../app/ports.ts';
import { aboutNobody } from '../../../core/picture.ts';
import { dayMs } from '../../../core/time.ts';
import type { Illustration, View, ViewBlock } from '../views/blocks.ts';
import { isChart } from '../views/charts.ts';
import { slackErrorCode } from '../web-client.ts';
import { chartPicture } from './chart-picture.ts';
import type { PictureStore, Uploads } from './uploads.ts';

/** Says a message, in whatever way: rejects where Slack refuses it. */
type Say<Result> = (view: View<ViewBlock>) => Promise<Result>;

export type Show = {
  /** For what can wait some seconds: with its charts, or else with pictures of them, or else without. */
  whole<Result>(view: View<ViewBlock>, say: Say<Result>): Promise<Result>;
  /** For somebody who waits: at once, without whatever is not to be had at once; pictures follow in messages of their own. */
  atOnce(view: View<ViewBlock>, say: Say<unknown>): Promise<void>;
};

type ShowOptions = { uploads: Uploads; store: PictureStore; clock: Clock; logger: Logger };

const refusedKey = 'slack:charts-refused';
/** A Slack that does not know charts today may know them next week. */
const refusedForMs = 7 * dayMs;
/** Of an address to answer to, which takes five messages. */
const followingAtMost = 3;

/** Brings charts and pictures into messages, and never holds one up for them. */
export function createShow({ uploads, store, clock, logger }: ShowOptions): Show {
  return {
    async whole(view, say) {
      if (!view.blocks.some(isChart)) return say(view);
      if (await isRefused()) return sayWithPictures(view, say);
      return trying(view, say, () => sayWithPictures(view, say));
    },
    async atOnce(view, say) {
      const charts = view.blocks.filter(isChart);
      let asPictures: Illustration[] = [];
      if (charts.length > 0 && !(await isRefused())) {
        await trying(view, say, async () => {
          await say(withoutCharts(view));
          asPictures = charts.map(illustrated);
        });
      } else {
        await say(withoutCharts(view));
        asPictures = charts.map(illustrated);
      }
      await follow(view, asPictures, say);
    },
  };

  /** The answer is there: whatever fails now, nobody is told that it failed. */
  async function follow({ picture }: View<ViewBlock>, asPictures: readonly Illustration[], say: Say<unknown>): Promise<void> {
    try {
      const following = [...(picture === undefined ? [] : [picture()]), ...asPictures];
      for (const illustration of following.slice(0, followingAtMost)) {
        const image = await imageOf(illustration);
        if (image !== null) await say({ text: illustration.drawing.alt, blocks: [image] });
      }
    } catch (error) {
      logger.warn({ error: messageOf(error) }, 'a picture could not be shown; what it shows stands in the answer before it');
    }
  }

  /** Where the message gets through without its charts, it was them that Slack refuses: the next one does not try. */
  async function trying<Result>(view: View<ViewBlock>, say: Say<Result>, otherwise: () => Promise<Result>): Promise<Result> {
    try {
      return await say(view);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const result = await otherwise();
      await store.commit([{ kind: 'meta.put', key: refusedKey, value: String(clock.now()) }]);
      return result;
    }
  }

  async function sayWithPictures<Result>(view: View<ViewBlock>, say: Say<Result>): Promise<Result> {
    const images = new Map<ViewBlock, ImageBlock | null>();
    for (const block of view.blocks) if (isChart(block)) images.set(block, await imageOf(illustrated(block)));
    const plain = withoutCharts(view);
    if ([...images.values()].every((image) => image === null)) return say(plain);
    const blocks = view.blocks.flatMap((block): KnownBlock[] => (isChart(block) ? [images.get(block) ?? []].flat() : [block]));
    try {
      return await say({ ...view, blocks });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return say(plain);
    }
  }

  async function imageOf({ title, drawing, about }: Illustration): Promise<ImageBlock | null> {
    const id = await uploads.fileOf(drawing, about);
    if (id === null) return null;
    return { type: 'image', slack_file: { id }, alt_text: drawing.alt, title: { type: 'plain_text', text: title } };
  }

  async function isRefused(): Promise<boolean> {
    const at = await store.meta(refusedKey);
    return at !== null && clock.now() - Number(at) < refusedForMs;
  }
}

const illustrated = (chart: ViewBlock & { type: 'data_visualization'; title: string }): Illustration => ({
  title: chart.title,
  drawing: chartPicture(chart),
  about: aboutNobody,
});

const withoutCharts = ({ text, blocks }: View<ViewBlock>): View => ({ text, blocks: blocks.filter((block) => !isChart(block)) });

/**
 * The Web API names the error; an address to answer to says no with a bare status, 404 for blocks that it refuses as for one that is used up
 * (https://github.com/slackapi/java-slack-sdk/issues/1349).
 */
function isRefusal(error: unknown): boolean {
  if (slackErrorCode(error) === 'invalid_blocks') return true;
  const status: unknown = error instanceof Error && error.name !== 'WebAPIHTTPError' && 'statusCode' in error ? error.statusCode : null;
  return status === 400 || status === 404;
}
