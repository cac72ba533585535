import type { SandboxMessage, SandboxUser, Workspace } from '../workspace.ts';
import type { ThreadSummary } from './drawing/message.ts';

/** Some messages of a channel, oldest first, each with what stands above it. */
export type Passage = { entries: ConversationEntry[]; hasOlder: boolean };
export type ConversationEntry = { message: SandboxMessage; previous: SandboxMessage | undefined; thread: ThreadSummary | undefined };

const pageSize = 100;

/** What a channel shows to a reader: the last messages, or those before `before`. */
export function readPassage(workspace: Workspace, channel: string, reader: SandboxUser, before?: string): Passage {
  const all = visibleMessages(workspace, channel, reader).filter((message) => before === undefined || message.ts < before);
  const first = Math.max(0, all.length - pageSize);
  return { entries: withSurroundings(workspace, channel, all, all.slice(first)), hasOlder: first > 0 };
}

/** The messages of `wanted` that the channel shows to the reader. */
export function readEntries(workspace: Workspace, channel: string, reader: SandboxUser, wanted: ReadonlySet<string>): ConversationEntry[] {
  const all = visibleMessages(workspace, channel, reader);
  return withSurroundings(
    workspace,
    channel,
    all,
    all.filter((message) => wanted.has(message.ts)),
  );
}

/** A thread: its first message, and the replies. Null without that message. */
export function readThread(
  workspace: Workspace,
  channel: string,
  reader: SandboxUser,
  threadTs: string,
): { parent: SandboxMessage; replies: SandboxMessage[] } | null {
  const parent = workspace.message(channel, threadTs);
  if (!parent) return null;
  const own = workspace.ephemerals({ user: reader.id, channel }).filter((message) => message.threadTs === threadTs);
  const replies = workspace.messages(channel).filter((message) => message.threadTs === threadTs && message.ts !== threadTs);
  return { parent, replies: inOrder([...replies, ...own]) };
}

export function isReply(message: SandboxMessage): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}

function visibleMessages(workspace: Workspace, channel: string, reader: SandboxUser): SandboxMessage[] {
  const own = workspace.ephemerals({ user: reader.id, channel });
  const shown = [...workspace.messages(channel), ...own].filter((message) => !isReply(message) || message.isBroadcast);
  return own.length > 0 ? inOrder(shown) : shown;
}

function withSurroundings(workspace: Workspace, channel: string, all: SandboxMessage[], chosen: SandboxMessage[]): ConversationEntry[] {
  const threads = summarizeThreads(workspace, channel, new Set(chosen.map((message) => message.ts)));
  return chosen.map((message) => ({ message, previous: all[all.indexOf(message) - 1], thread: threads.get(message.ts) }));
}

function summarizeThreads(workspace: Workspace, channel: string, wanted: ReadonlySet<string>): Map<string, ThreadSummary> {
  const threads = new Map<string, ThreadSummary>();
  for (const message of workspace.messages(channel)) {
    if (message.threadTs === undefined || !isReply(message) || !wanted.has(message.threadTs)) continue;
    const thread = threads.get(message.threadTs) ?? { replies: 0, lastTs: message.ts, people: [] };
    const author = workspace.user(message.user);
    const isNew = author && !thread.people.some((person) => person.id === author.id);
    threads.set(message.threadTs, {
      replies: thread.replies + 1,
      lastTs: message.ts,
      people: isNew ? [...thread.people, author] : thread.people,
    });
  }
  return threads;
}

function inOrder(messages: SandboxMessage[]): SandboxMessage[] {
  return messages.sort((one, other) => (one.ts < other.ts ? -1 : 1));
}
