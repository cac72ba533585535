import { describe, expect, it, vi } from 'vitest';
import { botScopes } from '../../../src/adapters/slack/scopes.ts';
import { openWorkspace, slackInSandbox, startedSlack } from './slack-in-sandbox.ts';

describe('starting', () => {
  it('connects, joins the public channels, and is then ready', async () => {
    const { slack, sandbox, problems } = await slackInSandbox();
    expect(slack.connected()).toBe(false);
    await slack.start(['#deal-alerts', '#revenue', '#deal-alerts']);
    expect(slack.connected()).toBe(true);
    expect(sandbox.connections()).toBe(1);
    for (const name of ['deal-alerts', 'revenue']) expect(sandbox.workspace.channel(name)?.members).toContain(sandbox.botUserId);
    expect(sandbox.workspace.calls('conversations.join')).toHaveLength(2);
    expect(problems).toEqual([]);
  });

  it('says once which channels it cannot use, and why', async () => {
    const channels = [{ name: 'old', isArchived: true }, { name: 'board', isPrivate: true, members: ['dana'] }, { name: 'general' }];
    const { problems } = await startedSlack({ channels }, ['#nowhere', '#old', '#board', '#general']);
    expect(problems).toEqual([
      [
        { channel: '#nowhere', problem: expect.stringContaining('does not exist') },
        { channel: '#old', problem: 'is archived', isArchived: true },
        { channel: '#board', problem: expect.stringContaining('/invite @journey') },
      ],
    ]);
  });

  it('takes channel ids, and finds names on any page', async () => {
    const channels = Array.from({ length: 1200 }, (_, index) => ({ name: `c-${index}`, id: `C0CHANNEL${index}`, members: [] }));
    const { slack, sandbox, problems } = await startedSlack({ channels }, ['#c-1', '#c-1199', 'C0CHANNEL7']);
    expect(problems).toEqual([]);
    for (const name of ['c-1', 'c-1199', 'c-7']) expect(sandbox.workspace.channel(name)?.members).toContain(sandbox.botUserId);
    await slack.join(['#c-2']);
    expect(sandbox.workspace.channel('c-2')?.members).toContain(sandbox.botUserId);
  });

  it('starts although channels cannot be listed', async () => {
    const { slack, sandbox, logged } = await slackInSandbox();
    sandbox.workspace.setWeather({ failNext: { method: 'conversations.list', times: 1, error: 'fatal_error' } });
    await slack.start(['#deal-alerts']);
    expect(slack.connected()).toBe(true);
    expect(logged).toContainEqual(expect.objectContaining({ level: 'warn', message: 'cannot list the channels of Slack' }));
  });

  it('names the token that Slack refuses, and where to find it', async () => {
    const sandbox = await openWorkspace();
    const wrongBot = await slackInSandbox({ sandbox: { ...sandbox, botToken: 'xoxb-wrong', apiUrl: sandbox.apiUrl } });
    await expect(wrongBot.slack.start([])).rejects.toThrow(/SLACK_BOT_TOKEN is refused by Slack \(invalid_auth\).*Bot User OAuth Token/);
    const wrongApp = await slackInSandbox({ sandbox, way: { mode: 'socket', appToken: 'xapp-wrong' } });
    await expect(wrongApp.slack.start([])).rejects.toThrow(/SLACK_APP_TOKEN is refused by Slack \(invalid_auth\).*connections:write/);
    expect(wrongApp.slack.connected()).toBe(false);
  });

  it('names the scope that is missing, and says that the app must be reinstalled', async () => {
    const scopes = Object.keys(botScopes).filter((scope) => scope !== 'channels:join');
    const { slack } = await slackInSandbox({ scopes });
    await expect(slack.start([])).rejects.toThrow(/lacks the scope channels:join\..*reinstall/);
  });

  it('starts without what it can do without, and says what is missing', async () => {
    const { slack, logged } = await slackInSandbox({
      scopes: Object.keys(botScopes).filter((scope) => !/^(files|links|im):/.test(scope)),
      botEvents: [],
    });
    await slack.start([]);
    expect(slack.connected()).toBe(true);
    const warned = logged.find(({ level }) => level === 'warn');
    expect(warned?.message).toMatch(/lacks the scopes files:write, .*reinstall.*Until then there are no pictures/);
  });

  it('says that Slack cannot be reached', async () => {
    const { slack, sandbox } = await slackInSandbox();
    await sandbox.close();
    await expect(slack.start([])).rejects.toThrow(/cannot be reached .*SLACK_API_URL/);
  });
});

describe('the connection', () => {
  it.each(['refresh_requested', 'abrupt'] as const)('comes back by itself (%s)', async (how) => {
    const { slack, sandbox, ask } = await startedSlack();
    const opened = sandbox.workspace.calls('apps.connections.open').length;
    sandbox.disconnect(how);
    await vi.waitFor(() => expect(sandbox.workspace.calls('apps.connections.open').length).toBeGreaterThan(opened), { timeout: 20_000 });
    await vi.waitFor(() => expect(slack.connected() && sandbox.connections() === 1).toBe(true), { timeout: 20_000 });
    expect((await ask('help')).text).toContain('/journey account');
  });

  it('survives a reconnect that fails for a while', async () => {
    const { slack, sandbox, fatal } = await startedSlack();
    sandbox.workspace.setWeather({ failNext: [{ method: 'apps.connections.open', times: 1, status: 503 }] });
    sandbox.disconnect('abrupt');
    await vi.waitFor(() => expect(slack.connected()).toBe(false), { timeout: 20_000 });
    await vi.waitFor(() => expect(slack.connected()).toBe(true), { timeout: 20_000 });
    expect(fatal).toEqual([]);
  });

  it('reports a reconnect that is refused for good, so that the process can end', async () => {
    const { slack, sandbox, fatal } = await startedSlack();
    sandbox.workspace.setWeather({ failNext: [{ method: 'apps.connections.open', times: 5, error: 'invalid_auth' }] });
    sandbox.disconnect('abrupt');
    await vi.waitFor(() => expect(fatal).toHaveLength(1), { timeout: 20_000 });
    expect(fatal[0]?.message).toContain('SLACK_APP_TOKEN is refused by Slack (invalid_auth)');
    expect(slack.connected()).toBe(false);
  });

  it('ends with stop also where it is about to connect again', async () => {
    const { slack, sandbox } = await startedSlack();
    sandbox.workspace.setWeather({ latencyMs: 300 });
    sandbox.disconnect('abrupt');
    await vi.waitFor(() => expect(slack.connected()).toBe(false), { timeout: 20_000 });
    await slack.stop();
    expect(sandbox.workspace.calls('apps.connections.open')).toHaveLength(2);
    await vi.waitFor(() => expect(sandbox.connections()).toBe(0), { timeout: 20_000 });
    expect(slack.connected()).toBe(false);
  });

  it('ends with stop', async () => {
    const { slack, sandbox } = await startedSlack();
    await slack.stop();
    expect(slack.connected()).toBe(false);
    await vi.waitFor(() => expect(sandbox.connections()).toBe(0), { timeout: 20_000 });
  });
});
