import { createBoundedList } from './bounded-list.ts';
import { createDirectory, type Directory } from './directory.ts';
import { createEphemerals, type Ephemerals } from './ephemerals.ts';
import { createFiles, type FileProcessing, type Files } from './files/files.ts';
import { createIds, type Ids } from './ids.ts';
import { createListeners, type Listeners } from './listeners.ts';
import { createMessages, type MessageDraft, type Messages } from './messages.ts';
import { createModals, type Modals } from './modals.ts';
import type { ChannelDraft, UserDraft } from './people.ts';
import { team } from './team.ts';
import { createOutages, type Outages } from './weather.ts';
import type { ApiCall, SandboxChannel, SandboxMessage, Workspace, WorkspaceEvents } from './workspace.ts';

/** All that the workspace holds, for the parts of the sandbox; tests and the page see its `workspace`. */
export type State = {
  readonly now: () => number;
  /** Of the workspace, without a slash at its end. */
  readonly url: () => string;
  readonly ids: Ids;
  readonly directory: Directory;
  readonly history: Messages;
  readonly ephemerals: Ephemerals;
  readonly modals: Modals;
  readonly files: Files;
  readonly outages: Outages;
  readonly listeners: Listeners<WorkspaceEvents>;
  readonly workspace: Workspace;
  post(draft: MessageDraft): SandboxMessage;
  postEphemeral(draft: MessageDraft & { ephemeralTo: string }): SandboxMessage;
  /** Replaces a message or an ephemeral of the same channel and ts. */
  change(message: SandboxMessage): void;
  remove(message: SandboxMessage): void;
  showHome(user: string, view: Record<string, unknown>): void;
  record(call: ApiCall): void;
};

export function createState(given: {
  now: () => number;
  url: () => string;
  keepMessages: number;
  fileProcessing: FileProcessing;
  users: readonly UserDraft[];
  channels: readonly ChannelDraft[];
}): State {
  const listeners = createListeners<WorkspaceEvents>();
  const ids = createIds();
  const directory = createDirectory({ ids, listeners, users: given.users, channels: given.channels });
  const history = createMessages({ now: given.now, keep: given.keepMessages });
  const ephemerals = createEphemerals({ stamp: history.stamp, keep: given.keepMessages });
  const modals = createModals(listeners);
  const files = createFiles({ now: given.now, ids, processing: given.fileProcessing });
  const outages = createOutages(given.now);
  const calls = createBoundedList<ApiCall>(given.keepMessages);
  const homes = new Map<string, Record<string, unknown>>();

  const mustFind = (idOrName: string): SandboxChannel => {
    const channel = directory.channel(idOrName);
    if (!channel) throw new Error(`the sandbox has no channel ${idOrName}`);
    return channel;
  };
  const changeMembers = (idOrName: string, user: string, change: 'join' | 'leave', inviter?: string): void => {
    const channel = mustFind(idOrName);
    if (channel.members.includes(user) === (change === 'join')) return;
    const members = change === 'join' ? [...channel.members, user] : channel.members.filter((each) => each !== user);
    directory.changeChannel(channel.id, { members });
    const type = change === 'join' ? 'member_joined_channel' : 'member_left_channel';
    // The app hears of the channels that it is in.
    if (!members.includes(directory.bot.id)) return;
    const invitation = inviter === undefined ? {} : { inviter: directory.user(inviter)?.id ?? inviter };
    listeners.emit('appEvent', { type, user, channel: channel.id, channel_type: channel.isPrivate ? 'G' : 'C', team: team.id, ...invitation });
  };
  const setArchived = (idOrName: string, isArchived: boolean): void => {
    const channel = directory.changeChannel(mustFind(idOrName).id, { isArchived });
    const user = directory.users().find((each) => each.kind === 'admin')?.id ?? '';
    listeners.emit('appEvent', { type: isArchived ? 'channel_archive' : 'channel_unarchive', channel: channel.id, user });
  };

  const workspace: Workspace = {
    users: directory.users,
    user: directory.user,
    channels: directory.channels,
    channel: directory.channel,
    messages: (channel) => [...history.all(mustFind(channel).id)],
    message: (channel, ts) => history.get(mustFind(channel).id, ts),
    ephemerals: (filter = {}) =>
      ephemerals.list({
        user: filter.user === undefined ? undefined : (directory.user(filter.user)?.id ?? filter.user),
        channel: filter.channel === undefined ? undefined : mustFind(filter.channel).id,
      }),
    modal: (user) => modals.top(directory.user(user)?.id ?? user),
    home: (user) => homes.get(directory.user(user)?.id ?? user),
    calls: (method) => calls.items.filter((call) => method === undefined || call.method === method),
    on: listeners.on,
    addUser: directory.addUser,
    deactivateUser: (id) => directory.changeUser(directory.user(id)?.id ?? id, { kind: 'deactivated' }),
    addChannel: directory.addChannel,
    archiveChannel: (idOrName) => setArchived(idOrName, true),
    unarchiveChannel: (idOrName) => setArchived(idOrName, false),
    renameChannel(idOrName, name) {
      const channel = directory.changeChannel(mustFind(idOrName).id, { name: name.replace(/^#/, '') });
      const created = Math.floor(given.now() / 1000);
      listeners.emit('appEvent', { type: 'channel_rename', channel: { id: channel.id, name: channel.name, created } });
    },
    join: (idOrName, user, inviter) => changeMembers(idOrName, directory.user(user)?.id ?? user, 'join', inviter),
    leave: (idOrName, user) => changeMembers(idOrName, directory.user(user)?.id ?? user, 'leave'),
    setWeather: outages.set,
    weather: outages.current,
    direct(id) {
      const user = directory.user(id);
      if (!user) throw new Error(`the sandbox has no user ${id}`);
      return directory.direct(user);
    },
    file: (source) => (typeof source === 'string' ? files.find(source) : files.ofSource(source)),
  };

  return {
    now: given.now,
    url: given.url,
    ids,
    directory,
    history,
    ephemerals,
    modals,
    files,
    outages,
    listeners,
    workspace,
    post(draft) {
      const message = history.add(draft);
      listeners.emit('message', message);
      return message;
    },
    postEphemeral(draft) {
      const message = ephemerals.add(draft);
      listeners.emit('ephemeral', message);
      return message;
    },
    change(message) {
      if (message.ephemeralTo === undefined) history.replace(message);
      else ephemerals.replace(message);
      listeners.emit('update', message);
    },
    remove({ channel, ts, ephemeralTo }) {
      const removed = ephemeralTo === undefined ? history.remove(channel, ts) : ephemerals.remove(channel, ts);
      if (removed) listeners.emit('delete', { channel, ts, ...(ephemeralTo === undefined ? {} : { ephemeralTo }) });
    },
    showHome(user, view) {
      homes.set(user, view);
      listeners.emit('home', { user, view });
    },
    record(call) {
      calls.push(call);
      listeners.emit('call', call);
    },
  };
}
