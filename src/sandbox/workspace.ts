import type { SandboxFile } from './files/files.ts';

/**
 * The words that the workspace, its page and the tests share. Instants are epoch milliseconds; `ts` is Slack's own
 * "seconds.micros" string, unique and increasing within a channel.
 */

const userKinds = ['member', 'admin', 'guest', 'stranger', 'bot', 'deactivated'] as const;

/** A `stranger` belongs to another organisation and meets us in shared channels; a `guest` belongs to ours, restricted. */
export type SandboxUser = {
  id: string;
  name: string;
  realName: string;
  email: string;
  kind: (typeof userKinds)[number];
  tz: string;
  /** Their work, as their profile says it. */
  title?: string;
  /** Known through the Enterprise organisation: Slack names its workspaces in `enterprise_user`, and no `team_id`. */
  isOfEnterprise?: boolean;
};

export type SandboxChannel = {
  id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** Shared with another organisation (Slack Connect). */
  isShared: boolean;
  /** A direct conversation between the bot and one user; `name` is then that user's name. */
  isDirect: boolean;
  members: string[];
  purpose: string;
};

export type MessageMetadata = { event_type: string; event_payload: Record<string, unknown> };

export type SandboxMessage = {
  channel: string;
  ts: string;
  threadTs?: string;
  user: string;
  text: string;
  blocks?: unknown[];
  attachments?: unknown[];
  /** Ids of the files that it shares. */
  files?: string[];
  metadata?: MessageMetadata;
  editedTs?: string;
  /** Only this user sees it, and Slack's history does not have it. */
  ephemeralTo?: string;
  /** The response_url that this message came through. */
  responseUrlId?: string;
  /** A thread's reply that is shown in the channel, too. */
  isBroadcast?: boolean;
};

export type SandboxModal = {
  viewId: string;
  user: string;
  view: Record<string, unknown>;
  hash: string;
  /** Messages under the inputs, by block_id, as the last submission's answer gave them. */
  errors?: Record<string, string>;
  /** 1 is the first view of the stack. */
  depth: number;
};

/** One request to the Web API or to a response_url, with what it was answered. */
export type ApiCall = {
  method: string;
  args: Record<string, unknown>;
  at: number;
  status: number;
  response: Record<string, unknown>;
};

export type WorkspaceEvents = {
  message: SandboxMessage;
  update: SandboxMessage;
  delete: { channel: string; ts: string; ephemeralTo?: string };
  ephemeral: SandboxMessage;
  /** `modal` is undefined when the user's last view was closed. */
  modal: { user: string; modal: SandboxModal | undefined };
  home: { user: string; view: Record<string, unknown> };
  channel: SandboxChannel;
  user: SandboxUser;
  call: ApiCall;
  /** What Slack's Events API would tell the app, if it subscribed. */
  appEvent: { type: string } & Record<string, unknown>;
};

/**
 * How a call goes wrong.
 * - `status`: that HTTP status, nothing done. `error`: HTTP 200 with that Slack error code, nothing done.
 * - `drop-before`: the connection breaks before anything is done.
 * - `timeout-after-accept`: the call is done, its answer never comes (the connection breaks after `hangMs`).
 */
export type Failure = {
  /** A method's name, `response_url` (which knows `status` only), or `*` for all. */
  method: string;
  times: number;
  status?: number;
  error?: string;
  outcome?: 'timeout-after-accept' | 'drop-before';
  /** Seconds; sent with a `status`. */
  retryAfter?: number;
  /** How long an unanswered call hangs before its connection breaks. */
  hangMs?: number;
};

export type Weather = {
  /** Answers chat.postMessage over this rate with 429, by channel. Null ends it. */
  rateLimit?: { perChannelPerSecond: number } | null;
  /** One is added to those that wait; an array replaces them all. */
  failNext?: Failure | Failure[];
  /** Added to every answer of the Web API. */
  latencyMs?: number;
  /** What every call of the Web API and every response_url is answered with until null ends it. */
  outage?: { status: number; retryAfter?: number } | null;
};

export type Workspace = {
  users(): SandboxUser[];
  user(id: string): SandboxUser | undefined;
  /** With direct conversations. */
  channels(): SandboxChannel[];
  /** By id, name or #name. */
  channel(idOrName: string): SandboxChannel | undefined;
  /** In ts order, with the replies of threads; without ephemerals. Accepts an id, name or #name. */
  messages(channel: string): SandboxMessage[];
  message(channel: string, ts: string): SandboxMessage | undefined;
  ephemerals(filter?: { user?: string; channel?: string }): SandboxMessage[];
  /** The view on top of the user's stack. */
  modal(userId: string): SandboxModal | undefined;
  home(userId: string): Record<string, unknown> | undefined;
  /** The direct conversation of the bot and that user, made when there is none. */
  direct(userId: string): SandboxChannel;
  /** An uploaded file, by id or as a block's `slack_file` names it. */
  file(source: string | { id?: unknown; url?: unknown }): SandboxFile | undefined;
  /** Every Web API call kept (see `keepMessages`), in order. */
  calls(method?: string): ApiCall[];
  on<Name extends keyof WorkspaceEvents>(event: Name, listener: (value: WorkspaceEvents[Name]) => void): () => void;

  addUser(user: Partial<SandboxUser> & { name: string }): SandboxUser;
  deactivateUser(id: string): void;
  addChannel(channel: Partial<SandboxChannel> & { name: string }): SandboxChannel;
  archiveChannel(idOrName: string): void;
  unarchiveChannel(idOrName: string): void;
  renameChannel(idOrName: string, name: string): void;
  /** `inviter`: who added them, if it was not themselves. */
  join(idOrName: string, userId: string, inviter?: string): void;
  leave(idOrName: string, userId: string): void;
  setWeather(weather: Weather): void;
  /** What holds until it is ended. */
  weather(): Required<Pick<Weather, 'outage' | 'latencyMs' | 'rateLimit'>>;
};
