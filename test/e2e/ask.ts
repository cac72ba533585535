import type { KnownBlock } from '@slack/types';
import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { readAloud } from '../adapters/slack/read-aloud.ts';

/** What the bot answers to `/journey TEXT`. */
export async function ask(sandbox: Sandbox, text: string, user = 'dana'): Promise<SandboxMessage> {
  return answerTo(sandbox, await sandbox.command({ user, channel: 'general', command: '/journey', text }));
}

/** The first message that came back for one command or click, by that one's own id: the picture of an earlier answer may come in between. */
export async function answerTo(sandbox: Sandbox, { responseUrlId }: { responseUrlId?: string }): Promise<SandboxMessage> {
  const find = () => sandbox.workspace.ephemerals().find((message) => message.responseUrlId === responseUrlId);
  await expect.poll(find, { timeout: 20_000 }).toBeDefined();
  return find() as SandboxMessage;
}

/** The blocks of a message as somebody reads them. */
export const aloud = ({ blocks }: SandboxMessage): string => readAloud({ blocks: (blocks ?? []) as KnownBlock[] });
