import { describe, expect, it, vi } from 'vitest';
import type { SandboxMessage } from '../../../../src/sandbox/workspace.ts';
import { type SlackTest, startedSlack } from '../slack-in-sandbox.ts';
import { pictureMemory } from './picture-memory.ts';

/** The process that draws lets all others go first: on a busy machine a picture takes long. */
const whileDrawn = { timeout: 25_000 };

const started = async (options: Parameters<typeof startedSlack>[0] = {}) => {
  const pictures = pictureMemory();
  return { pictures, ...(await startedSlack({ pictures, fileProcessing: { looks: 1, ms: 600_000 }, ...options })) };
};

async function ephemeralsOf({ sandbox }: SlackTest, text: string, atLeast: number): Promise<SandboxMessage[]> {
  const { responseUrlId } = await sandbox.command({ user: 'dana', channel: 'general', command: '/journey', text });
  const found = () => sandbox.workspace.ephemerals().filter((message) => message.responseUrlId === responseUrlId);
  await vi.waitFor(() => expect(found().length).toBeGreaterThanOrEqual(atLeast), whileDrawn);
  return found();
}
const blockOf = (message: SandboxMessage | undefined, type: string) =>
  (message?.blocks as { type: string; slack_file?: { id: string }; alt_text?: string }[] | undefined)?.find((block) => block.type === type);
const callsOf = ({ sandbox }: SlackTest, method: string) => sandbox.workspace.calls(method);

describe('the picture of an account', () => {
  it('follows the answer once Slack can show it, with its words', async () => {
    const test = await started();
    const [answer, picture] = await ephemeralsOf(test, 'account acme', 2);
    expect(blockOf(answer, 'image')).toBeUndefined();
    expect(answer?.text).toContain('Acme GmbH');
    expect(blockOf(picture, 'image')).toMatchObject({ alt_text: expect.stringContaining('Journey map of Acme GmbH') });
    expect(callsOf(test, 'files.info').length).toBeGreaterThan(1);
  });

  it('is uploaded once, however often and by how many it is asked for', async () => {
    const test = await started();
    const answers = await Promise.all([ephemeralsOf(test, 'account acme', 2), ephemeralsOf(test, 'account acme', 2)]);
    const [, again] = await ephemeralsOf(test, 'account acme', 2);
    const ids = [...answers.map((each) => each[1]), again].map((message) => blockOf(message, 'image')?.slack_file?.id);
    expect(new Set(ids).size).toBe(1);
    expect(callsOf(test, 'files.completeUploadExternal')).toHaveLength(1);
    expect([...test.pictures.pictures.values()]).toMatchObject([
      { fileId: ids[0], about: { accountId: 'a-1', journeys: ['deal:d-1'], names: ['Acme GmbH', 'Acme rollout'] } },
    ]);
  });

  it('is uploaded anew where somebody has deleted it in Slack', async () => {
    const test = await started();
    const [, first] = await ephemeralsOf(test, 'account acme', 2);
    await test.slack.notifier.forgetPicture(blockOf(first, 'image')?.slack_file?.id ?? '');
    const [, second] = await ephemeralsOf(test, 'account acme', 2);
    expect(blockOf(second, 'image')?.slack_file?.id).not.toBe(blockOf(first, 'image')?.slack_file?.id);
    expect(callsOf(test, 'files.completeUploadExternal')).toHaveLength(2);
  });

  it('that Slack will not take leaves the answer as it is, and says nothing wrong', async () => {
    const test = await started();
    test.sandbox.workspace.setWeather({ failNext: { method: 'files.getUploadURLExternal', error: 'internal_error', times: 1 } });
    const answers = await ephemeralsOf(test, 'account acme', 1);
    await vi.waitFor(() => expect(test.logged.some(({ message }) => message.includes('could not be brought to Slack'))).toBe(true), whileDrawn);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.text).toContain('Acme GmbH');
  });

  it('is deleted at once where its account is erased while it is on its way', async () => {
    const pictures = pictureMemory();
    const forgetful = { ...pictures, picture: async () => null };
    const test = await startedSlack({ pictures: forgetful });
    await ephemeralsOf(test, 'account acme', 1);
    await vi.waitFor(() => expect(callsOf(test, 'files.delete')).toHaveLength(1), whileDrawn);
    expect(test.sandbox.workspace.ephemerals()).toHaveLength(1);
  });
});

describe('charts', () => {
  it('stand in the answer', async () => {
    const test = await started();
    const [answer] = await ephemeralsOf(test, 'metrics', 1);
    expect(blockOf(answer, 'data_visualization')).toBeDefined();
  });

  it('that Slack refuses follow as pictures, and the next answer does not try', async () => {
    const test = await started();
    test.sandbox.workspace.setWeather({ failNext: { method: 'response_url', status: 404, error: 'invalid_blocks', times: 1 } });
    for (const round of [1, 2]) {
      const [answer, ...images] = await ephemeralsOf(test, 'metrics', 3);
      expect([round, blockOf(answer, 'data_visualization'), blockOf(answer, 'table')?.type]).toEqual([round, undefined, 'table']);
      expect(images.map((image) => blockOf(image, 'image')?.alt_text?.slice(0, 20))).toEqual(['Moved on, in % (% mo', 'Half left within, in']);
    }
    expect(callsOf(test, 'response_url').filter(({ status }) => status === 404)).toHaveLength(1);
    expect(test.pictures.committed).toContainEqual(expect.objectContaining({ kind: 'meta.put', key: 'slack:charts-refused' }));
    expect(callsOf(test, 'files.completeUploadExternal')).toHaveLength(2);
  });
});

describe('a picture to be forgotten', () => {
  it('is deleted in Slack, and one that is gone already is no failure', async () => {
    const test = await started();
    const [, picture] = await ephemeralsOf(test, 'account acme', 2);
    const id = blockOf(picture, 'image')?.slack_file?.id ?? '';
    await test.slack.notifier.forgetPicture(id);
    await test.slack.notifier.forgetPicture(id);
    await test.slack.notifier.forgetPicture('F0NEVER');
    expect(callsOf(test, 'files.delete')).toHaveLength(3);
  });
});
