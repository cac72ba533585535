import { SlackError } from '../slack-error.ts';
import { app, enterprise, strangerTeam, team } from '../team.ts';
import type { SandboxUser } from '../workspace.ts';
import { countArgument, textArgument } from './arguments.ts';
import { type CallContext, defineMethod } from './method.ts';
import { page } from './page.ts';

export const info = defineMethod({
  name: 'users.info',
  scope: 'users:read',
  args: { user: textArgument },
  run(args, context) {
    const user = context.state.directory.user(args.user);
    if (!user || user.id !== args.user) throw new SlackError('user_not_found');
    return { user: userJson(user, context) };
  },
});

export const list = defineMethod({
  name: 'users.list',
  scope: 'users:read',
  args: { limit: countArgument.default(0), cursor: textArgument.optional() },
  run(args, context) {
    const { items, ...rest } = page(context.state.directory.users(), args);
    return { members: items.map((user) => userJson(user, context)), cache_ts: nowSeconds(context), ...rest };
  },
});

/** Finds the organisation's own people, and not those who left. */
export const lookupByEmail = defineMethod({
  name: 'users.lookupByEmail',
  scope: 'users:read.email',
  args: { email: textArgument },
  run(args, context) {
    const user = context.state.directory.userByEmail(args.email);
    if (!user || user.kind === 'deactivated' || user.kind === 'stranger') throw new SlackError('users_not_found');
    return { user: userJson(user, context) };
  },
});

function userJson(user: SandboxUser, context: CallContext): Record<string, unknown> {
  const isBot = user.kind === 'bot';
  const isStranger = user.kind === 'stranger';
  const teamId = isStranger ? strangerTeam.id : team.id;
  const showsEmail = context.scopes.has('users:read.email') && !isBot && !isStranger;
  return {
    id: user.id,
    ...(user.isOfEnterprise === true ? enterpriseJson(user.id, teamId) : { team_id: teamId }),
    name: user.name,
    real_name: user.realName,
    deleted: user.kind === 'deactivated',
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetSeconds(user.tz, context.state.now()),
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      title: user.title ?? '',
      ...(user.isOfEnterprise === true ? {} : { team: teamId }),
      ...(showsEmail ? { email: user.email } : {}),
      ...(isBot ? { bot_id: app.botId, api_app_id: app.id } : {}),
    },
    is_admin: user.kind === 'admin',
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.kind === 'guest',
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    is_stranger: isStranger,
    updated: nowSeconds(context),
  };
}

const enterpriseJson = (id: string, teamId: string) => ({
  enterprise_user: { id, enterprise_id: enterprise.id, enterprise_name: enterprise.name, is_admin: false, is_owner: false, teams: [teamId] },
});

function nowSeconds({ state }: CallContext): number {
  return Math.floor(state.now() / 1000);
}

function offsetSeconds(zone: string, now: number): number {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;
}
