import { createBoundedList } from './bounded-list.ts';
import type { MessageDraft } from './messages.ts';
import type { SandboxMessage } from './workspace.ts';

/** Messages that one user sees and history does not have. */
export type Ephemerals = {
  add(draft: MessageDraft & { ephemeralTo: string }): SandboxMessage;
  get(channel: string, ts: string): SandboxMessage | undefined;
  replace(message: SandboxMessage): void;
  remove(channel: string, ts: string): SandboxMessage | undefined;
  list(filter: { user?: string | undefined; channel?: string | undefined }): SandboxMessage[];
};

export function createEphemerals({ stamp, keep }: { stamp: (channel: string) => string; keep: number }): Ephemerals {
  const order = createBoundedList<string>(keep);
  const byKey = new Map<string, SandboxMessage>();
  const keyOf = (channel: string, ts: string): string => `${channel} ${ts}`;
  return {
    add(draft) {
      const message: SandboxMessage = { ...draft, ts: stamp(draft.channel) };
      const key = keyOf(message.channel, message.ts);
      byKey.set(key, message);
      for (const forgotten of order.push(key)) byKey.delete(forgotten);
      return message;
    },
    get: (channel, ts) => byKey.get(keyOf(channel, ts)),
    replace(message) {
      const key = keyOf(message.channel, message.ts);
      if (byKey.has(key)) byKey.set(key, message);
    },
    remove(channel, ts) {
      const message = byKey.get(keyOf(channel, ts));
      byKey.delete(keyOf(channel, ts));
      return message;
    },
    list: ({ user, channel }) =>
      [...byKey.values()].filter(
        (message) => (user === undefined || message.ephemeralTo === user) && (channel === undefined || message.channel === channel),
      ),
  };
}
