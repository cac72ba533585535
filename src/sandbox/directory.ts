import type { Ids } from './ids.ts';
import type { Listeners } from './listeners.ts';
import { botUser, type ChannelDraft, completeChannel, completeUser, type UserDraft } from './people.ts';
import type { SandboxChannel, SandboxUser, WorkspaceEvents } from './workspace.ts';

/** Who and what is there: users and channels, found by id or name. Values are replaced, never changed. */
export type Directory = {
  readonly bot: SandboxUser;
  users(): SandboxUser[];
  user(idOrName: string): SandboxUser | undefined;
  userByEmail(email: string): SandboxUser | undefined;
  channels(): SandboxChannel[];
  channel(idOrName: string): SandboxChannel | undefined;
  /** The direct conversation of the bot and that user, made when there is none. */
  direct(user: SandboxUser): SandboxChannel;
  addUser(draft: UserDraft): SandboxUser;
  changeUser(id: string, change: Partial<SandboxUser>): void;
  addChannel(draft: ChannelDraft): SandboxChannel;
  changeChannel(id: string, change: Partial<SandboxChannel>): SandboxChannel;
};

export function createDirectory(given: {
  ids: Ids;
  listeners: Listeners<WorkspaceEvents>;
  users: readonly UserDraft[];
  channels: readonly ChannelDraft[];
}): Directory {
  const users = new Map<string, SandboxUser>();
  const channels = new Map<string, SandboxChannel>();
  const directs = new Map<string, string>();
  const putUser = (user: SandboxUser): SandboxUser => {
    users.set(user.id, user);
    given.listeners.emit('user', user);
    return user;
  };
  const putChannel = (channel: SandboxChannel): SandboxChannel => {
    channels.set(channel.id, channel);
    given.listeners.emit('channel', channel);
    return channel;
  };
  const addChannel = (draft: ChannelDraft): SandboxChannel => putChannel(completeChannel(draft, [...users.values()], given.ids));
  const bot = putUser(completeUser(given.users.find((user) => user.kind === 'bot') ?? botUser, given.ids));
  for (const draft of given.users) if (draft.kind !== 'bot') putUser(completeUser(draft, given.ids));
  for (const draft of given.channels) addChannel(draft);

  return {
    bot,
    users: () => [...users.values()],
    user: (idOrName) => users.get(idOrName) ?? find(users, (user) => user.name === idOrName.replace(/^@/, '')),
    userByEmail: (email) => find(users, (user) => user.email !== '' && user.email.toLowerCase() === email.toLowerCase()),
    channels: () => [...channels.values()],
    channel(idOrName) {
      const name = idOrName.replace(/^#/, '');
      return channels.get(idOrName) ?? find(channels, (channel) => channel.name === name && !channel.isDirect);
    },
    direct(user) {
      const known = channels.get(directs.get(user.id) ?? '');
      if (known) return known;
      const channel = addChannel({ name: user.name, isDirect: true, isPrivate: true, members: [user.id, bot.id] });
      directs.set(user.id, channel.id);
      return channel;
    },
    addUser: (draft) => putUser(completeUser(draft, given.ids)),
    changeUser(id, change) {
      putUser({ ...mustFind(users, id, 'user'), ...change });
    },
    addChannel,
    changeChannel: (id, change) => putChannel({ ...mustFind(channels, id, 'channel'), ...change }),
  };
}

function find<Value>(map: ReadonlyMap<string, Value>, matches: (value: Value) => boolean): Value | undefined {
  for (const value of map.values()) if (matches(value)) return value;
  return undefined;
}

function mustFind<Value>(map: ReadonlyMap<string, Value>, id: string, kind: string): Value {
  const value = map.get(id);
  if (value === undefined) throw new Error(`the sandbox has no ${kind} ${id}`);
  return value;
}
