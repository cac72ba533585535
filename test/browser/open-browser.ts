import type { App } from '@slack/bolt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import { launchChromium } from './chromium.ts';
import { sampleText, startSampleBot } from './sample-bot.ts';

export type OpenBrowser = {
  sandbox: Sandbox;
  bot: App;
  /** A fresh window, when the page in it has begun to follow the workspace. */
  open(path?: string, size?: { width: number; height: number }): Promise<Page>;
};

/** One workspace, bot and browser for the tests of a file. A test fails when the page's script threw or a rule of the page was broken. */
export function openBrowser({
  startBot = startSampleBot,
  ...options
}: SandboxOptions & { startBot?: (sandbox: Sandbox) => Promise<App> } = {}): OpenBrowser {
  let browser: Browser;
  const complaints: string[] = [];
  const opened = {} as OpenBrowser;
  beforeAll(async () => {
    opened.sandbox = await startSandbox({ pageText: sampleText, ...options });
    opened.bot = await startBot(opened.sandbox);
    browser = await launchChromium();
  });
  opened.open = async (path = '/', viewport = { width: 1280, height: 800 }) => {
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(8000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(opened.sandbox.url + path);
    await page.locator('body.is-live').waitFor();
    return page;
  };
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await opened.bot?.stop();
    await opened.sandbox?.close();
  });
  return opened;
}
