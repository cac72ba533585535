import { unescapeText } from '../slack-escapes.ts';
import type { SandboxMessage, Workspace } from '../workspace.ts';
import { saysAllClear } from './message-text.ts';

/** Prints each of the bot's messages as a line, and an edit where it reads differently. What visitors type in the page is theirs. */
export function printMessages(workspace: Workspace, print: (line: string) => void): void {
  const printed = new Map<string, string>();
  const show = (message: SandboxMessage, how: string): void => {
    if (workspace.user(message.user)?.kind !== 'bot') return;
    const line = inWords(message, workspace);
    const key = `${message.channel}/${message.ts}`;
    if (printed.get(key) === line) return;
    printed.set(key, line);
    const channel = workspace.channel(message.channel);
    print(`   ${`${channel?.isDirect ? '@' : '#'}${channel?.name ?? message.channel}`.padEnd(18)} ${line}  (${how})`);
  };
  workspace.on('message', (message) => show(message, isReply(message) ? 'reply in its thread' : 'new'));
  workspace.on('update', (message) => show(message, 'edited in place'));
  workspace.on('ephemeral', (message) => show(message, `only ${workspace.user(message.ephemeralTo ?? '')?.realName ?? 'one person'} sees it`));
}

const longest = 110;

function inWords(message: SandboxMessage, workspace: Workspace): string {
  // Control characters would move a terminal's cursor: what a CRM holds goes without them.
  const text = unescapeText(asShown(message.text, workspace)).replaceAll(/\p{Cc}+/gu, ' ');
  return `${mark(message)}${text.length > longest ? `${text.slice(0, longest - 1)}…` : text}`;
}

/** Mentions by name; links and dates as what stands there for who cannot see them. */
const asShown = (text: string, workspace: Workspace): string =>
  text.replaceAll(/<@(\w+)>/g, (_, id: string) => `@${workspace.user(id)?.realName ?? id}`).replaceAll(/<[^<>|]*\|([^<>]*)>/g, '$1');

const isReply = ({ threadTs, ts }: SandboxMessage): boolean => threadTs !== undefined && threadTs !== ts;

function mark(message: SandboxMessage): string {
  if (message.ephemeralTo !== undefined || isReply(message)) return '💬 ';
  if (saysAllClear(message)) return '🟢 ';
  // A greeting begins with its own sign.
  if (/^\p{Extended_Pictographic}/u.test(message.text)) return '';
  return /critical/i.test(message.text) ? '🔴 ' : '🟠 ';
}
