import type { SandboxMessage, Workspace } from '../workspace.ts';

/** One line of the terminal for a message: `#deal-alerts  ⚠️  Acme rollout: Stalled in Decision  (new card)`. */
export function messageLine(message: SandboxMessage, how: 'posted' | 'edited', workspace: Workspace): string {
  const channel = workspace.channel(message.channel);
  const where = channel?.isDirect ? `@${channel.name}` : `#${channel?.name ?? message.channel}`;
  return `${where.padEnd(18)} ${mark(message)} ${shortened(plainText(message))}  (${kind(message, how)})`;
}

/** Slack's `text` without its escapes, for a terminal and for comparing names. */
export const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What a message says, its blocks included. */
export const wholeText = (message: SandboxMessage): string => unescaped(`${message.text}\n${JSON.stringify(message.blocks ?? [])}`);

export const saysAllClear = (message: SandboxMessage): boolean => /^all clear/i.test(message.text);

const mark = (message: SandboxMessage): string => (saysAllClear(message) ? '🟢' : /critical/i.test(message.text) ? '🔴' : '🟠');

function kind(message: SandboxMessage, how: 'posted' | 'edited'): string {
  if (message.threadTs !== undefined && message.threadTs !== message.ts) return 'reply in the thread';
  return how === 'edited' ? 'card edited in place' : 'new message';
}

/** Control characters would move a terminal's cursor: CRM text goes without them. */
const plainText = ({ text }: SandboxMessage): string => unescaped(text).replaceAll(/\p{Cc}+/gu, ' ');

const shortened = (text: string): string => (text.length > 110 ? `${text.slice(0, 109)}…` : text);
