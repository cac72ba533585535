import type { RequestListener } from 'node:http';
import type { HTTPReceiver, SocketModeReceiver } from '@slack/bolt';

/** How Slack reaches us: Socket Mode, or HTTP through our own server. */
export type Connection = {
  receiver: SocketModeReceiver | HTTPReceiver;
  /** Resolves when Slack can reach us. @throws SlackStartError */
  open(): Promise<void>;
  connected(): boolean;
  close(): Promise<void>;
  /** Null where Slack is reached by a socket. */
  requestListener: RequestListener | null;
};
