import type { SandboxMessage } from '../workspace.ts';

/** Slack's `text` without its escapes: for a terminal, and for comparing names. */
export const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What a message says, its blocks included. */
export const wholeText = (message: SandboxMessage): string => unescaped(`${message.text}\n${JSON.stringify(message.blocks ?? [])}`);

export const saysAllClear = ({ text }: SandboxMessage): boolean => /^all clear/i.test(text);
