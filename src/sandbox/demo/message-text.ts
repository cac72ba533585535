import { unescapeText } from '../slack-escapes.ts';
import type { SandboxMessage } from '../workspace.ts';

/** What a message says, its blocks included. */
export const wholeText = (message: SandboxMessage): string => unescapeText(`${message.text}\n${JSON.stringify(message.blocks ?? [])}`);

export const saysAllClear = ({ text }: SandboxMessage): boolean => /^all clear/i.test(text);
