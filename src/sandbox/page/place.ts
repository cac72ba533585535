import { kindOfFile } from '../files/file-kind.ts';
import type { SandboxFile } from '../files/files.ts';
import type { PageHost } from '../sandbox.ts';
import type { SandboxChannel, SandboxUser } from '../workspace.ts';
import type { DrawContext, DrawnFile } from './drawing/draw-context.ts';

/** Who looks, and where: what an address of the page means. */
export type Place = { reader: SandboxUser; channel: SandboxChannel | null; isHome: boolean; threadTs: string | null };

export type PlaceQuery = { as?: string | undefined; channel?: string | undefined; thread?: string | undefined; home?: string | undefined };

/** Never fails: an unknown person is the first one, a channel they may not see is the home channel or the first one they may. */
export function findPlace(host: PageHost, query: PlaceQuery, homeChannel: string): Place {
  const people = actors(host);
  const reader = people.find((user) => user.id === query.as) ?? people[0];
  if (!reader) throw new Error('a workspace without people has no page');
  const visible = visibleChannels(host, reader);
  const wanted = [query.channel, homeChannel].map((name) => (name === undefined ? undefined : host.workspace.channel(name)));
  const channel = wanted.find((candidate) => visible.some(({ id }) => id === candidate?.id)) ?? visible[0] ?? null;
  const isHome = query.home !== undefined;
  return { reader, channel: isHome ? null : channel, isHome, threadTs: query.thread ?? null };
}

/** Those whom a visitor may act as. */
export function actors(host: PageHost): SandboxUser[] {
  return host.workspace.users().filter((user) => user.kind !== 'bot' && user.kind !== 'deactivated');
}

/** Guests and people of other organisations see only the channels they are in. */
export function visibleChannels(host: PageHost, reader: SandboxUser): SandboxChannel[] {
  const outsider = reader.kind === 'guest' || reader.kind === 'stranger';
  return host.workspace
    .channels()
    .filter((channel) => channel.members.includes(reader.id) || !(outsider || channel.isPrivate || channel.isDirect))
    .filter((channel) => !channel.isArchived);
}

/** What a channel is called for its readers: a direct conversation is named after the app. */
export function channelTitle(host: PageHost, channel: SandboxChannel, appName: string): string {
  return channel.isDirect ? (host.workspace.user(host.botUserId)?.realName ?? appName) : channel.name;
}

export function drawContextOf(host: PageHost, reader: SandboxUser, now: number): DrawContext {
  return {
    reader,
    appName: host.workspace.user(host.botUserId)?.realName ?? '',
    now,
    user: (id) => host.workspace.user(id),
    channel: (id) => host.workspace.channel(id),
    picture(source) {
      const file = host.workspace.file(source);
      return file === undefined || file.isDeleted ? null : fileAddress(file);
    },
    file: (id) => drawnFile(host.workspace.file(id)),
    people: () => actors(host),
    places: () => visibleChannels(host, reader).filter((channel) => !channel.isDirect),
  };
}

function drawnFile(file: SandboxFile | undefined): DrawnFile | null {
  if (file?.bytes === undefined || file.isDeleted) return null;
  const { name, title, altText, bytes } = file;
  return { name, title, altText, address: fileAddress(file), isPicture: kindOfFile(name, bytes).isPicture };
}

const fileAddress = ({ id }: SandboxFile): string => `/page/files/${id}`;
