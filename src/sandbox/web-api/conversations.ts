import { SlackError } from '../slack-error.ts';
import { app, strangerTeam, team } from '../team.ts';
import type { SandboxChannel } from '../workspace.ts';
import { countArgument, flagArgument, textArgument } from './arguments.ts';
import { isMember, scopeFor, visibleChannel } from './channel-access.ts';
import { type CallContext, defineMethod } from './method.ts';
import { page } from './page.ts';

const kinds = ['public_channel', 'private_channel', 'mpim', 'im'] as const;
const scopeOfKind = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  mpim: 'mpim:read',
  im: 'im:read',
} as const satisfies Record<(typeof kinds)[number], string>;

export const list = defineMethod({
  name: 'conversations.list',
  args: {
    types: textArgument.default('public_channel'),
    exclude_archived: flagArgument.default(false),
    limit: countArgument.default(100),
    cursor: textArgument.optional(),
  },
  run(args, context) {
    const asked = args.types.split(',').map((type) => type.trim());
    const types = kinds.filter((kind) => asked.includes(kind));
    if (types.length === 0 || types.length < asked.length) throw new SlackError('invalid_types');
    for (const type of types) context.need(scopeOfKind[type]);
    const { bot, channels } = context.state.directory;
    const shown = channels().filter(
      (channel) =>
        types.some((type) => type === kindOf(channel)) &&
        !(args.exclude_archived && channel.isArchived) &&
        !(channel.isPrivate && !isMember(channel, bot.id)),
    );
    const { items, ...rest } = page(shown, args);
    return { channels: items.map((channel) => channelJson(channel, context)), ...rest };
  },
});

export const info = defineMethod({
  name: 'conversations.info',
  args: { channel: textArgument, include_num_members: flagArgument.optional() },
  run(args, context) {
    const channel = visibleChannel(args.channel, context);
    context.need(scopeFor(channel, 'read'));
    return { channel: channelJson(channel, context) };
  },
});

export const join = defineMethod({
  name: 'conversations.join',
  scope: 'channels:join',
  args: { channel: textArgument },
  run(args, context) {
    const channel = visibleChannel(args.channel, context);
    if (channel.isDirect || channel.isPrivate) throw new SlackError('method_not_supported_for_channel_type');
    if (channel.isArchived) throw new SlackError('is_archived');
    const { bot } = context.state.directory;
    const already = isMember(channel, bot.id);
    context.state.workspace.join(channel.id, bot.id);
    return {
      channel: channelJson(visibleChannel(channel.id, context), context),
      ...(already ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } } : {}),
    };
  },
});

export const open = defineMethod({
  name: 'conversations.open',
  scope: 'im:write',
  args: { users: textArgument.optional(), channel: textArgument.optional(), return_im: flagArgument.default(false) },
  run(args, context) {
    if (args.channel !== undefined) return { channel: { id: visibleChannel(args.channel, context).id } };
    if (args.users === undefined) throw new SlackError('users_list_not_supplied');
    const [id = '', ...others] = args.users.split(',');
    if (others.length > 0) context.need('mpim:write');
    if (others.length > 0) throw new SlackError('method_not_supported_for_channel_type');
    const user = context.state.directory.user(id);
    if (!user || user.id !== id) throw new SlackError('user_not_found');
    if (user.kind === 'deactivated') throw new SlackError('user_disabled');
    const channel = context.state.directory.direct(user);
    return { channel: args.return_im ? channelJson(channel, context) : { id: channel.id } };
  },
});

export const members = defineMethod({
  name: 'conversations.members',
  args: { channel: textArgument, limit: countArgument.default(100), cursor: textArgument.optional() },
  run(args, context) {
    const channel = visibleChannel(args.channel, context);
    context.need(scopeFor(channel, 'read'));
    const { items, ...rest } = page(channel.members, args);
    return { members: items, ...rest };
  },
});

function kindOf(channel: SandboxChannel): (typeof kinds)[number] {
  if (channel.isDirect) return 'im';
  return channel.isPrivate ? 'private_channel' : 'public_channel';
}

function channelJson(channel: SandboxChannel, { state }: CallContext): Record<string, unknown> {
  const { bot } = state.directory;
  const created = Math.floor(state.now() / 1000);
  if (channel.isDirect) {
    const user = channel.members.find((member) => member !== bot.id) ?? bot.id;
    return { id: channel.id, created, is_im: true, is_org_shared: false, user, is_user_deleted: false, is_open: true };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    created,
    creator: bot.id,
    is_archived: channel.isArchived,
    is_general: channel.name === 'general',
    is_shared: channel.isShared,
    is_ext_shared: channel.isShared,
    is_org_shared: false,
    is_member: isMember(channel, bot.id),
    num_members: channel.members.length,
    context_team_id: team.id,
    shared_team_ids: channel.isShared ? [team.id, strangerTeam.id] : [team.id],
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: app.id, last_set: created },
  };
}
