import type { ModalView } from '@slack/web-api';
import { describe, expect, it, vi } from 'vitest';
import { connectApp, openSandbox, refusalOf } from '../open-sandbox.ts';

const command = { user: 'dana', channel: '#deal-alerts', command: '/journey', text: '  account acme ' };

describe('a slash command', () => {
  it('carries what Slack sends', async () => {
    const sandbox = await openSandbox({ now: () => 1_700_000_000_000 });
    let body: Record<string, unknown> = {};
    await connectApp(sandbox, (app) =>
      app.command('/journey', async ({ ack, body: given }) => {
        body = { ...given };
        await ack();
      }),
    );
    await sandbox.command(command);
    expect(body).toMatchObject({
      command: '/journey',
      text: 'account acme',
      user_id: sandbox.workspace.user('dana')?.id,
      user_name: 'dana',
      channel_id: sandbox.workspace.channel('deal-alerts')?.id,
      channel_name: 'deal-alerts',
      team_id: sandbox.teamId,
      api_app_id: expect.any(String),
      token: expect.any(String),
      trigger_id: expect.any(String),
      response_url: expect.stringContaining(`${sandbox.url}/commands/${sandbox.teamId}/`),
      is_enterprise_install: 'false',
    });
  });

  it('comes from the stranger’s own organisation', async () => {
    const sandbox = await openSandbox();
    const teams: string[] = [];
    await connectApp(sandbox, (app) =>
      app.command('/journey', async ({ ack, body }) => {
        teams.push(body.team_id);
        await ack();
      }),
    );
    await sandbox.command({ ...command, user: 'sam' });
    expect(teams).not.toContain(sandbox.teamId);
  });

  it('is answered to one person by default, to the channel when asked', async () => {
    const sandbox = await openSandbox();
    await connectApp(sandbox, (app) =>
      app.command('/journey', async ({ ack, respond, body }) => {
        if (body.text === 'loud') await ack({ text: 'hear ye', response_type: 'in_channel' });
        else {
          await ack({ text: 'at once', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*at once*' } }] });
          await respond('later');
        }
      }),
    );
    const quiet = await sandbox.command(command);
    expect(quiet.reply).toMatchObject({ text: 'at once', blocks: [{ type: 'section' }] });
    await vi.waitFor(
      () =>
        expect(sandbox.workspace.ephemerals({ user: 'dana' }).map(({ text, responseUrlId }) => [text, responseUrlId])).toEqual([
          ['at once', quiet.responseUrlId],
          ['later', quiet.responseUrlId],
        ]),
      { timeout: 20_000 },
    );
    await sandbox.command({ ...command, text: 'loud' });
    expect(sandbox.workspace.messages('#deal-alerts').map(({ text }) => text)).toEqual(['hear ye']);
  });

  it('shows an error instead of an answer that Slack would refuse', async () => {
    const sandbox = await openSandbox();
    await connectApp(sandbox, (app) => app.command('/journey', ({ ack }) => ack({ text: 'x', blocks: [{ type: 'header' }] as never })));
    const result = await sandbox.command(command);
    expect(result).toMatchObject({ ok: false, error: 'invalid_response', refusal: expect.stringContaining('missing required field: text') });
    expect(sandbox.workspace.ephemerals()).toEqual([]);
  });

  it('opens one modal with its trigger_id, within three seconds', async () => {
    let now = 1_700_000_000_000;
    const sandbox = await openSandbox({ now: () => now });
    const view: ModalView = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [{ type: 'divider' }] };
    const results: (string | undefined)[] = [];
    await connectApp(sandbox, (app) =>
      app.command('/journey', async ({ body, ack, client }) => {
        if (body.text === 'late') now += 3001;
        results.push(await refusalOf(client.views.open({ trigger_id: body.trigger_id, view })));
        results.push(await refusalOf(client.views.open({ trigger_id: body.trigger_id, view })));
        await ack();
      }),
    );
    await sandbox.command(command);
    await sandbox.command({ ...command, text: 'late' });
    expect(results).toEqual([undefined, 'exchanged_trigger_id', 'expired_trigger_id', 'expired_trigger_id']);
    expect(sandbox.workspace.modal('dana')).toMatchObject({ depth: 1, view: { title: { text: 'T' } } });
  });
});
