import type { Workspace } from '../workspace.ts';
import { isReply } from './conversation.ts';

export type Unread = { count: number; mentions: number };

/** Up to where each person has read each channel; kept while the page runs. */
export type ReadMarks = {
  markRead(userId: string, channelId: string): void;
  unread(userId: string, channelId: string): Unread;
};

export function createReadMarks(workspace: Workspace): ReadMarks {
  const marks = new Map<string, string>();
  const key = (userId: string, channelId: string) => `${userId} ${channelId}`;
  return {
    markRead(userId, channelId) {
      const last = workspace.messages(channelId).at(-1);
      if (last) marks.set(key(userId, channelId), last.ts);
    },
    unread(userId, channelId) {
      const mark = marks.get(key(userId, channelId)) ?? '';
      const messages = workspace.messages(channelId);
      const unread: Unread = { count: 0, mentions: 0 };
      for (let index = messages.length - 1; index >= 0; index -= 1) {
        const message = messages[index];
        if (!message || message.ts <= mark) break;
        if (message.user === userId) continue;
        if (!isReply(message)) unread.count += 1;
        if (message.text.includes(`<@${userId}`)) unread.mentions += 1;
      }
      return unread;
    },
  };
}
