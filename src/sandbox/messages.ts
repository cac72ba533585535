import { createTimestamps, parseTs } from './timestamps.ts';
import type { SandboxMessage } from './workspace.ts';

export type MessageDraft = Omit<SandboxMessage, 'ts'>;

/** The messages of all channels. Adding, finding and changing one costs the same however many there are. */
export type Messages = {
  stamp(channel: string): string;
  add(draft: MessageDraft): SandboxMessage;
  get(channel: string, ts: string): SandboxMessage | undefined;
  replace(message: SandboxMessage): void;
  remove(channel: string, ts: string): SandboxMessage | undefined;
  /** In ts order, replies included. */
  all(channel: string): readonly SandboxMessage[];
  /** What a channel's history shows: no replies, but those that were broadcast. */
  topLevel(channel: string): readonly SandboxMessage[];
  /** The replies, without the parent. */
  replies(channel: string, threadTs: string): readonly SandboxMessage[];
};

type Shelf = {
  all: SandboxMessage[];
  topLevel: SandboxMessage[];
  byTs: Map<string, SandboxMessage>;
  replies: Map<string, SandboxMessage[]>;
};

export function createMessages({ now, keep }: { now: () => number; keep: number }): Messages {
  const shelves = new Map<string, Shelf>();
  const stamp = createTimestamps(now);
  const shelfOf = (channel: string): Shelf => {
    const shelf = shelves.get(channel) ?? { all: [], topLevel: [], byTs: new Map(), replies: new Map() };
    shelves.set(channel, shelf);
    return shelf;
  };
  return {
    stamp,
    add(draft) {
      const message: SandboxMessage = { ...draft, ts: stamp(draft.channel) };
      const shelf = shelfOf(draft.channel);
      shelf.byTs.set(message.ts, message);
      for (const list of listsOf(shelf, message)) list.push(message);
      if (shelf.all.length > keep + Math.ceil(keep / 4)) forget(shelf, shelf.all.length - keep);
      return message;
    },
    get: (channel, ts) => shelves.get(channel)?.byTs.get(ts),
    replace(message) {
      const shelf = shelfOf(message.channel);
      if (!shelf.byTs.has(message.ts)) return;
      shelf.byTs.set(message.ts, message);
      for (const list of listsOf(shelf, message)) {
        const index = indexOf(list, message.ts);
        if (index >= 0) list[index] = message;
      }
    },
    remove(channel, ts) {
      const shelf = shelfOf(channel);
      const message = shelf.byTs.get(ts);
      if (message) drop(shelf, message);
      return message;
    },
    all: (channel) => shelves.get(channel)?.all ?? [],
    topLevel: (channel) => shelves.get(channel)?.topLevel ?? [],
    replies: (channel, threadTs) => shelves.get(channel)?.replies.get(threadTs) ?? [],
  };
}

/** The first index whose ts is not before `micros`. */
export function lowerBound(list: readonly SandboxMessage[], micros: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (parseTs(list[middle]?.ts ?? '') < micros) low = middle + 1;
    else high = middle;
  }
  return low;
}

function listsOf(shelf: Shelf, message: SandboxMessage): SandboxMessage[][] {
  if (message.threadTs === undefined || message.threadTs === message.ts) return [shelf.all, shelf.topLevel];
  const replies = shelf.replies.get(message.threadTs) ?? [];
  shelf.replies.set(message.threadTs, replies);
  return message.isBroadcast ? [shelf.all, shelf.topLevel, replies] : [shelf.all, replies];
}

function indexOf(list: readonly SandboxMessage[], ts: string): number {
  const index = lowerBound(list, parseTs(ts));
  return list[index]?.ts === ts ? index : -1;
}

function drop(shelf: Shelf, message: SandboxMessage): void {
  shelf.byTs.delete(message.ts);
  for (const list of listsOf(shelf, message)) {
    const index = indexOf(list, message.ts);
    if (index >= 0) list.splice(index, 1);
  }
}

/** Batches keep this rare: the price a message stays constant. */
function forget(shelf: Shelf, count: number): void {
  const oldestKept = parseTs(shelf.all[count]?.ts ?? '');
  for (const message of shelf.all.splice(0, count)) {
    shelf.byTs.delete(message.ts);
    shelf.replies.delete(message.ts);
  }
  shelf.topLevel.splice(0, lowerBound(shelf.topLevel, oldestKept));
  for (const replies of shelf.replies.values()) replies.splice(0, lowerBound(replies, oldestKept));
}
