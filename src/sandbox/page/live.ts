import type { PageHost } from '../sandbox.ts';
import type { SandboxMessage } from '../workspace.ts';
import { isReply } from './conversation.ts';

/** What changed since a reader was told last. The updates are drawn from the state at that time, so a burst costs one drawing. */
export type Changes = {
  /** Everything shown may be stale. */
  all: boolean;
  messages: Set<string>;
  replies: Map<string, string>;
  sidebar: boolean;
  modal: boolean;
  home: boolean;
  crm: boolean;
};

export type Watcher = { userId: string; channelId: string | null; onChanges(changes: Changes, eventCount: number): void };

export type Live = {
  /** How many events there were so far. */
  eventCount(): number;
  /** Tells the watcher now, if something happened after event `since`, and from now on. Returns how to stop. */
  watch(watcher: Watcher, since: number): () => void;
  /** Everything that anybody sees is stale. */
  redraw(): void;
  close(): void;
};

const burstMs = 40;
const connectionPollMs = 1000;

export function createLive(host: PageHost): Live {
  const pending = new Map<Watcher, Changes>();
  let eventCount = 0;
  let timer: NodeJS.Timeout | undefined;
  let wasConnected = host.connections() > 0;

  const tell = (mark: (changes: Changes, watcher: Watcher) => void) => {
    eventCount += 1;
    for (const [watcher, changes] of pending) mark(changes, watcher);
    if (pending.size > 0) timer ??= setTimeout(flush, burstMs);
  };
  const flush = () => {
    timer = undefined;
    for (const [watcher, changes] of pending) {
      if (isNothing(changes)) continue;
      pending.set(watcher, nothing());
      watcher.onChanges(changes, eventCount);
    }
  };
  const tellMessage = (message: SandboxMessage) =>
    tell((changes, watcher) => {
      if (message.ephemeralTo && message.ephemeralTo !== watcher.userId) return;
      changes.sidebar = true;
      if (message.channel !== watcher.channelId) return;
      if (!isReply(message) || message.isBroadcast) changes.messages.add(message.ts);
      if (message.threadTs === undefined) return;
      changes.messages.add(message.threadTs);
      changes.replies.set(message.ts, message.threadTs);
    });

  // Sockets come and go without an event; only the dot beside the app's name depends on it.
  const connectionPoll = setInterval(() => {
    const isConnected = host.connections() > 0;
    if (isConnected !== wasConnected) tell((changes) => Object.assign(changes, { sidebar: true }));
    wasConnected = isConnected;
  }, connectionPollMs).unref();

  const stops = [
    host.workspace.on('message', tellMessage),
    host.workspace.on('update', tellMessage),
    host.workspace.on('ephemeral', tellMessage),
    host.workspace.on('delete', ({ channel }) =>
      tell((changes, watcher) => Object.assign(changes, { sidebar: true, all: changes.all || channel === watcher.channelId })),
    ),
    host.workspace.on('modal', ({ user }) => tell((changes, watcher) => Object.assign(changes, { modal: changes.modal || user === watcher.userId }))),
    host.workspace.on('home', ({ user }) => tell((changes, watcher) => Object.assign(changes, { home: changes.home || user === watcher.userId }))),
    host.workspace.on('channel', () => tell((changes) => Object.assign(changes, { sidebar: true }))),
    host.workspace.on('user', () => tell((changes) => Object.assign(changes, { sidebar: true }))),
    host.controls.crm?.onChange(() => tell((changes) => Object.assign(changes, { crm: true }))),
  ];

  return {
    eventCount: () => eventCount,
    watch(watcher, since) {
      pending.set(watcher, nothing());
      if (since !== eventCount) watcher.onChanges({ ...nothing(), all: true }, eventCount);
      return () => pending.delete(watcher);
    },
    redraw: () => tell((changes) => Object.assign(changes, { all: true })),
    close() {
      clearInterval(connectionPoll);
      clearTimeout(timer);
      pending.clear();
      for (const stop of stops) stop?.();
    },
  };
}

function nothing(): Changes {
  return { all: false, messages: new Set(), replies: new Map(), sidebar: false, modal: false, home: false, crm: false };
}

function isNothing(changes: Changes): boolean {
  const { messages, replies, ...marks } = changes;
  return messages.size === 0 && replies.size === 0 && Object.values(marks).every((isMarked) => !isMarked);
}
