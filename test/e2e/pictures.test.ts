import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { story } from './story.ts';

/** The process that draws lets all others go first: on a busy machine a picture takes long. */
const soon = { timeout: 25_000 };
let here: BotHere | null = null;
afterEach(async () => {
  await here?.end();
  here = null;
});

type Image = { type: string; slack_file?: { id: string }; alt_text?: string };

async function started(): Promise<BotHere> {
  here = await botHere();
  expect(await here.send(story(Date.now()))).toBe(200);
  await here.bot.idle();
  return here;
}

/** What follows an answer as a picture. */
async function pictureOf({ sandbox }: BotHere, name: string): Promise<Image> {
  const { responseUrlId } = await sandbox.command({ user: 'dana', channel: 'general', command: '/journey', text: `account ${name}` });
  const images = (message: SandboxMessage): Image[] => ((message.blocks ?? []) as Image[]).filter(({ type }) => type === 'image');
  const found = () =>
    sandbox.workspace
      .ephemerals()
      .filter((message) => message.responseUrlId === responseUrlId)
      .flatMap(images);
  await expect.poll(() => found().length, soon).toBe(1);
  return found()[0] ?? { type: 'none' };
}

describe('the picture of an account, with the whole bot', () => {
  it('shows in words what is on it, is uploaded once, and goes when the account is erased', { timeout: 90_000 }, async () => {
    const bot = await started();
    const { workspace } = bot.sandbox;
    const first = await pictureOf(bot, 'Acme');
    expect(first.alt_text).toMatch(/^Journey map of Acme GmbH: 1 open journey/);
    expect(first.alt_text).toMatch(/Decision: is here now, \d+ of 15 days, late, 10 touchpoints in and 10 out/);
    for (const name of ['Priya', 'Lena', 'Omar']) expect(first.alt_text).not.toContain(name);
    expect((await pictureOf(bot, 'Acme')).slack_file).toEqual(first.slack_file);
    expect(workspace.calls('files.completeUploadExternal')).toHaveLength(1);
    const other = await pictureOf(bot, 'Calm');
    const erased = { id: 'gone', type: 'record.erased', occurredAt: new Date().toISOString(), record: { kind: 'account', id: 'a-acme' } };
    expect(await bot.send([erased])).toBe(200);
    await expect.poll(() => workspace.file(first.slack_file?.id ?? '')?.isDeleted, soon).toBe(true);
    expect(workspace.file(other.slack_file?.id ?? '')?.isDeleted).toBe(false);
  });
});
