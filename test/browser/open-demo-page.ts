import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startBot } from '../../src/main.ts';
import { createRandom } from '../../src/sandbox/company/random.ts';
import { type OpenDemo, openDemo } from '../../src/sandbox/demo/open-demo.ts';
import { createStoryWatch } from '../../src/sandbox/demo/story-watch.ts';
import { tellHistory } from '../../src/sandbox/demo/tell-story.ts';
import { launchChromium } from './chromium.ts';

export type DemoPage = {
  demo: OpenDemo;
  /** A fresh window of that person's on that channel, or on another place of the page. */
  open(person: string, place?: { channel?: string; home?: boolean }, size?: { width: number; height: number }): Promise<Page>;
};

const seed = 2026;

/** The demo as `npm run demo` opens it, real bot and all, when it has said what there is to say of the company's history. */
export function openDemoPage(): DemoPage {
  let browser: Browser;
  const opened = {} as DemoPage;
  beforeAll(async () => {
    const demo = await openDemo({ startBot, print: () => undefined, port: 0, seed });
    if (demo === null) throw new Error('no port is free');
    opened.demo = demo;
    const { company, feed, tell, clock, sandbox } = demo;
    const stop = new AbortController().signal;
    const watch = createStoryWatch(sandbox.workspace, stop);
    const story = { company, feed, tell, now: clock.now, watch, random: createRandom(seed), print: () => undefined, stop, patienceMs: 60_000 };
    if (!(await tellHistory(story))) throw new Error('the bot did not say what there is to say');
    browser = await launchChromium();
  }, 120_000);
  opened.open = async (person, { channel, home = false } = {}, viewport = { width: 1280, height: 800 }) => {
    const { workspace, url } = opened.demo.sandbox;
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(15_000);
    const query = new URLSearchParams({ as: workspace.user(person)?.id ?? '' });
    if (channel !== undefined) query.set('channel', workspace.channel(channel)?.id ?? '');
    if (home) query.set('home', '1');
    await page.goto(`${url}/?${query}`);
    await page.locator('body.is-live').waitFor();
    return page;
  };
  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await opened.demo?.[Symbol.asyncDispose]();
  });
  return opened;
}
