import { expect, it } from 'vitest';
import { printMessages } from '../../../src/sandbox/demo/print-messages.ts';
import { clientOf, openSandbox } from '../open-sandbox.ts';

it('prints what the bot says and edits, and nothing that a visitor types', async () => {
  const sandbox = await openSandbox();
  const lines: string[] = [];
  printMessages(sandbox.workspace, (line) => lines.push(line));
  const channel = sandbox.workspace.channel('deal-alerts')?.id ?? '';
  const client = clientOf(sandbox);
  await client.conversations.join({ channel });
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'Acme rollout: Stalled' });
  await sandbox.say({ user: 'dana', channel: 'deal-alerts', text: 'critical: is this an alert?' });
  await client.chat.update({ channel, ts, text: 'All clear: Acme rollout' });
  expect(lines.map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual([
    '#deal-alerts 🟠 Acme rollout: Stalled (new)',
    '#deal-alerts 🟢 All clear: Acme rollout (edited in place)',
  ]);
});

it('prints people, dates and links as Slack shows them, not as they are written', async () => {
  const sandbox = await openSandbox();
  const lines: string[] = [];
  printMessages(sandbox.workspace, (line) => lines.push(line));
  const channel = sandbox.workspace.channel('deal-alerts')?.id ?? '';
  const client = clientOf(sandbox);
  await client.conversations.join({ channel });
  const dana = sandbox.workspace.user('dana')?.id;
  await client.chat.postMessage({
    channel,
    text: `<@${dana}> has it until <!date^1795333409^{date}|22 Nov>: <https://crm.example/d|R&amp;D &lt;Pilot&gt;>`,
  });
  expect(lines.map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual(['#deal-alerts 🟠 @Dana Weiss has it until 22 Nov: R&D <Pilot> (new)']);
});
