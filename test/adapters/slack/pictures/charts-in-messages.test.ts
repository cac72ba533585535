import { describe, expect, it } from 'vitest';
import type { RenderedFor } from '../../../../src/app/notifier.ts';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { metricsSummary } from '../samples.ts';
import { startedSlack } from '../slack-in-sandbox.ts';
import { pictureMemory } from './picture-memory.ts';

const message = (deliveryId: string): RenderedFor => ({
  deliveryId,
  message: { kind: 'digest-part', digestId: 'dg-1', parentId: 'del-0', timezone: 'UTC', detail: { kind: 'metrics', metrics: metricsSummary() } },
  card: null,
});
const typesOf = ({ workspace }: Sandbox, ts: string): string[] =>
  ((workspace.message('deal-alerts', ts)?.blocks ?? []) as { type: string }[]).map(({ type }) => type);
const target = { channel: '#deal-alerts', threadTs: null, channelId: null, since: 0 };

describe('charts of a message in a channel', () => {
  it('are pictures where Slack refuses them, of the same figures, and no message is lost', async () => {
    const pictures = pictureMemory();
    const { slack, sandbox } = await startedSlack({ pictures }, ['#deal-alerts']);
    const whole = await slack.notifier.post(message('del-1'), target);
    expect(typesOf(sandbox, whole.ts)).toEqual(['section', 'data_visualization', 'data_visualization', 'table', 'section', 'context']);
    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', error: 'invalid_blocks', times: 1 } });
    const pictured = await slack.notifier.post(message('del-2'), target);
    expect(typesOf(sandbox, pictured.ts)).toEqual(['section', 'image', 'image', 'table', 'section', 'context']);
    const tries = sandbox.workspace.calls('chat.postMessage').length;
    // Edited, and posted again: pictures at once, and no new ones.
    await slack.notifier.edit(message('del-2'), pictured);
    await slack.notifier.post(message('del-3'), target);
    expect(sandbox.workspace.calls('chat.postMessage')).toHaveLength(tries + 1);
    expect(sandbox.workspace.calls('files.completeUploadExternal')).toHaveLength(2);
    expect(typesOf(sandbox, pictured.ts).filter((type) => type === 'image')).toHaveLength(2);
  });

  it('are left away where pictures cannot be had either', async () => {
    const { slack, sandbox } = await startedSlack({ pictures: pictureMemory() }, ['#deal-alerts']);
    sandbox.workspace.setWeather({
      failNext: [
        { method: 'chat.postMessage', error: 'invalid_blocks', times: 1 },
        { method: 'files.getUploadURLExternal', error: 'internal_error', times: 2 },
      ],
    });
    const { ts } = await slack.notifier.post(message('del-1'), target);
    expect(typesOf(sandbox, ts)).toEqual(['section', 'table', 'section', 'context']);
  });
});
