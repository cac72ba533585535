import type { Controls } from './controls.ts';
import type { FileProcessing } from './files/files.ts';
import type { Shortcut } from './manifest.ts';
import type { PageText } from './page/page-text.ts';
import type { SandboxChannel, SandboxMessage, SandboxModal, SandboxUser, Workspace } from './workspace.ts';

export type SandboxOptions = {
  /** 0, the default, takes a free one. */
  port?: number;
  host?: string;
  users?: (Partial<SandboxUser> & { name: string })[];
  channels?: (Partial<SandboxChannel> & { name: string })[];
  /** Where a bot in HTTP mode listens, e.g. http://127.0.0.1:3000/slack/events. Without it, Socket Mode. */
  appUrl?: string;
  /** Epoch milliseconds: message timestamps, and the ages of trigger_ids and response_urls. */
  now?: () => number;
  page?: boolean;
  /** What the page offers besides the workspace. Default: nothing but Slack's weather. */
  controls?: Controls;
  /** What the page says to newcomers. Default: that of a workspace on its own. */
  pageText?: PageText;
  /** OAuth scopes the bot's token has. Default: those of the project's manifest.yml. */
  scopes?: readonly string[];
  /** Events that the app's manifest subscribes to, e.g. message.channels. Default: `defaultBotEvents`. */
  botEvents?: readonly string[];
  /** Domains whose links the app is told of and may draw. Default: those of the project's manifest.yml. */
  unfurlDomains?: readonly string[];
  /** Menu entries of the app. Default: those of the project's manifest.yml. */
  shortcuts?: readonly Shortcut[];
  /** Whether people cannot write to the app in its messages tab. Default: what the project's manifest.yml says. */
  isReadOnly?: boolean;
  /** How long a new file cannot be shown yet. Default: until files.info was asked twice, or for 3 s of `now`. */
  fileProcessing?: FileProcessing;
  botToken?: string;
  appToken?: string;
  signingSecret?: string;
  /** How many messages a channel, and how many calls the log, keeps. Default 20,000. */
  keepMessages?: number;
  /** How long the app may take to acknowledge. Default 3,000, as Slack. */
  ackTimeoutMs?: number;
  /** When an event that was not acknowledged is sent again. Default: at once, after 1 and after 5 minutes. */
  retryDelaysMs?: readonly number[];
};

/** What Slack tells the user: no connection, no answer in time, not 200, or an answer that it refuses. */
export type DispatchError = 'dispatch_failed' | 'operation_timeout' | 'http_service_error' | 'invalid_response';

export type CommandResult = {
  ok: boolean;
  error?: DispatchError;
  /** What Slack refused in the app's answer. */
  refusal?: string;
  /** The message that the acknowledgement itself carried. */
  reply?: SandboxMessage;
  /** Later answers of this command carry it as `responseUrlId`. */
  responseUrlId: string;
  ackMs: number;
};

export type ActInput = {
  user: string;
  /** The message's place; not needed for an element of a modal or of the home tab. */
  channel?: string;
  ts?: string;
  viewId?: string;
  home?: boolean;
  actionId: string;
  /** Needed when two blocks hold the same action_id. */
  blockId?: string;
  value?: string;
  selectedOption?: { value: string; text?: string };
  selectedOptions?: { value: string; text?: string }[];
  /** Other pickers: what Slack would send beside type and ids, e.g. { selected_date: '2026-01-31' }. */
  fields?: Record<string, unknown>;
};

export type ActResult = { ok: boolean; error?: DispatchError; responseUrlId?: string; ackMs: number };

export type SubmitInput = {
  user: string;
  viewId: string;
  /** By block_id and action_id: a plain value (text, option value, date …), an array of them, or Slack's own state object. */
  values: Record<string, Record<string, unknown>>;
};

/** `modal` is what the user sees afterwards; undefined when the stack was closed. */
export type SubmitResult = {
  ok: boolean;
  error?: DispatchError;
  errors?: Record<string, string>;
  refusal?: string;
  modal?: SandboxModal | undefined;
};

/** The element's place as in ActInput; `value` is what was typed so far. */
export type SuggestInput = Pick<ActInput, 'user' | 'channel' | 'ts' | 'viewId' | 'home' | 'actionId' | 'blockId'> & { value: string };

/** A single group without a label stands for options without groups. */
export type Suggestions = {
  ok: boolean;
  error?: DispatchError;
  refusal?: string;
  groups: { label: string | null; options: Record<string, unknown>[] }[];
};

/** What the people of the workspace do. All of it goes to the app as Slack would send it. */
export type PageHost = {
  readonly url: string;
  readonly apiUrl: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly workspace: Workspace;
  /** Sockets of the app that are open. */
  connections(): number;
  /** Ids, names or #names. Resolves when the app acknowledged or failed to. */
  command(input: { user: string; channel: string; command: string; text: string }): Promise<CommandResult>;
  act(input: ActInput): Promise<ActResult>;
  submit(input: SubmitInput): Promise<SubmitResult>;
  closeModal(input: { user: string; viewId: string }): Promise<void>;
  /** A person writes a message; the app hears of it if it is in the channel. */
  say(input: { user: string; channel: string; text: string; threadTs?: string }): Promise<SandboxMessage>;
  /** A person types into a menu whose options the app gives. */
  suggest(input: SuggestInput): Promise<Suggestions>;
  /** A person opens the app's home tab, or another one of its tabs. */
  openHome(input: { user: string; tab?: 'home' | 'messages' }): Promise<void>;
  readonly shortcuts: readonly Shortcut[];
  /** Whether people cannot write to the app in its messages tab. */
  readonly isReadOnly: boolean;
  readonly controls: Controls;
  /** Asks every socket to reconnect, as Slack does now and then; `abrupt` just cuts them. */
  disconnect(how?: 'warning' | 'refresh_requested' | 'abrupt'): void;
  messageShortcut(input: { user: string; channel: string; ts: string; callbackId: string }): Promise<ActResult>;
  globalShortcut(input: { user: string; callbackId: string }): Promise<ActResult>;
  /** Any event of the Events API, e.g. { type: 'link_shared', … }. Resolves when it was acknowledged, false when given up. */
  sendEvent(event: { type: string } & Record<string, unknown>): Promise<boolean>;
};

export type Sandbox = PageHost & {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** Environment of a bot that is to use this workspace. */
  readonly environment: Record<string, string>;
  close(): Promise<void>;
};
