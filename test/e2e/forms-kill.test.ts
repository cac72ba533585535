import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { ask } from './ask.ts';
import { startBotProcess } from './bot-process.ts';
import { postsOf, type RunningBot, runningBot, shown } from './running-bot.ts';
import { story } from './story.ts';

/** The process is killed the moment Slack has been told that something is done, and started again. */
describe('what Slack was told is done', { timeout: 90_000 }, () => {
  let running: RunningBot;
  beforeAll(async () => {
    running = await runningBot();
    await running.bot.send(story(Date.now()));
    await vi.waitFor(() => expect(acmeCard()).toBeDefined(), { timeout: 20_000 });
  }, 40_000);
  afterAll(() => running.end());

  const dana = () => running.sandbox.workspace.users().find(({ name }) => name === 'dana')?.id ?? '';
  const modal = () => running.sandbox.workspace.modal(dana());
  const acmeCard = () => postsOf(running.sandbox).find((message) => message.threadTs === undefined && message.text.includes('Acme rollout'));

  const accountAnswer = (): Promise<SandboxMessage> => ask(running.sandbox, 'account acm');

  async function submitAndKill(at: { channel: string; ts: string; actionId: string }, filled: Record<string, unknown>): Promise<void> {
    const { sandbox } = running;
    await sandbox.act({ user: 'dana', ...at });
    await expect.poll(modal, { timeout: 20_000 }).toBeDefined();
    const values = Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, { [name]: value }]));
    const viewId = modal()?.viewId ?? '';
    expect(await sandbox.submit({ user: 'dana', viewId, values })).toMatchObject({ ok: true });
    await running.bot.kill('SIGKILL');
    if (modal() !== undefined) await sandbox.closeModal({ user: 'dana', viewId });
    running.bot = await startBotProcess(running.environment);
    await expect.poll(() => sandbox.connections(), { timeout: 20_000 }).toBeGreaterThan(0);
  }

  it('is there after a kill: a touchpoint', async () => {
    const answer = await accountAnswer();
    const filled = { type: 'call', direction: 'inbound', at: Math.floor(Date.now() / 1000) - 60, note: 'Killed right behind it' };
    await submitAndKill({ channel: answer.channel, ts: answer.ts, actionId: 'log_touchpoint' }, filled);
    await expect.poll(async () => shown(await accountAnswer()), { timeout: 20_000 }).toContain('Killed right behind it');
  });

  it('is there after a kill: a role', async () => {
    const answer = await accountAnswer();
    await submitAndKill({ channel: answer.channel, ts: answer.ts, actionId: 'set_role' }, { person: 'p-acme-cfo', role: 'blocker', held: 'held' });
    await expect.poll(async () => shown(await accountAnswer()), { timeout: 20_000 }).toContain('Blocker (set in Slack)');
  });

  it('is there after a kill: who sees to an alert, on the card and once in its thread', async () => {
    const card = acmeCard() as SandboxMessage;
    const marco = running.sandbox.workspace.users().find(({ name }) => name === 'marco')?.id ?? '';
    await submitAndKill({ channel: card.channel, ts: card.ts, actionId: 'assign' }, { person: marco });
    await expect.poll(() => shown(acmeCard() as SandboxMessage), { timeout: 20_000 }).toContain(`Assigned to <@${marco}>`);
    const told = () => postsOf(running.sandbox).filter((message) => message.threadTs === card.ts && shown(message).includes('gave you this'));
    await expect.poll(() => told().length, { timeout: 20_000 }).toBe(1);
  });
});
