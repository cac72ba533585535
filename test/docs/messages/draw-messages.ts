// `npm run docs:pictures`: draws every message as the page of the sandbox shows it. Needs Chromium, as the browser tests do.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Page } from 'playwright-core';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';
import { now } from '../../adapters/slack/samples.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { root } from '../documents.ts';
import { isForm, isHome, type MessageExample } from './message-example.ts';
import { messageExamples } from './message-examples.ts';
import { pictureOf } from './messages-page.ts';

const reader = 'dana';
/** High enough for the longest form. */
const size = { width: 900, height: 1600 };
const margin = 16;

const sandbox = await startSandbox({ now: () => now });
sandbox.workspace.join('#deal-alerts', sandbox.botUserId);
const app = await startApp(sandbox);
const browser = await launchChromium();
const userId = sandbox.workspace.users().find(({ name }) => name === reader)?.id ?? '';
try {
  for (const example of messageExamples) {
    const path = join(root, 'docs', pictureOf(example));
    await mkdir(dirname(path), { recursive: true });
    const page = await browser.newPage({ viewport: size });
    await draw(example, page, path);
    await page.close();
    process.stdout.write(`${pictureOf(example)}\n`);
  }
} finally {
  await browser.close();
  await app.stop();
  await sandbox.close();
}

/** Says it where it belongs, and takes a picture of it on the page. */
async function draw({ name, said }: MessageExample, page: Page, path: string): Promise<void> {
  if (isForm(said)) {
    app.shortcut(name, async ({ ack, shortcut, client }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: said });
    });
    await sandbox.globalShortcut({ user: reader, callbackId: name });
    await open(page, `/?as=${reader}`);
    await page.getByRole('dialog').screenshot({ path });
    const viewId = sandbox.workspace.modal(userId)?.viewId;
    if (viewId !== undefined) await sandbox.closeModal({ user: reader, viewId });
  } else if (isHome(said)) {
    await app.client.views.publish({ user_id: userId, view: said });
    await open(page, `/?as=${reader}&home=1`);
    const home = page.locator('.home');
    const whole = await home.boundingBox();
    const last = await home.locator('> *').last().boundingBox();
    if (whole === null || last === null) throw new Error(`${name} is not on the page`);
    await page.screenshot({ path, clip: { ...whole, height: last.y + last.height + margin - whole.y } });
  } else {
    const { ts } = await app.client.chat.postMessage({ channel: '#deal-alerts', ...said });
    await open(page, `/?as=${reader}&channel=deal-alerts`);
    await page.locator(`[id="m-${ts}"] article`).screenshot({ path });
  }
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(sandbox.url + path);
  await page.locator('body.is-live').waitFor();
}

async function startApp({ apiUrl, appToken, botToken }: Sandbox): Promise<App> {
  const clientOptions = { slackApiUrl: apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({ appToken, logLevel: LogLevel.ERROR, installerOptions: { clientOptions } });
  const bolt = new App({ token: botToken, receiver, convoStore: false, logLevel: LogLevel.ERROR, clientOptions });
  await bolt.start();
  return bolt;
}
