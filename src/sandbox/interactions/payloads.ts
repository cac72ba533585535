import type { State } from '../state.ts';
import { app, strangerTeam, team, verificationToken } from '../team.ts';
import type { SandboxChannel, SandboxUser } from '../workspace.ts';

/** What every interaction carries. The team is where the app is installed, the user's own team may be another. */
export function interactionBase(user: SandboxUser): Record<string, unknown> {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: teamOf(user).id },
    api_app_id: app.id,
    token: verificationToken,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Slack sends a command with the team of who typed it. */
export function commandPayload(given: {
  user: SandboxUser;
  channel: SandboxChannel;
  command: string;
  text: string;
  triggerId: string;
  responseUrl: string;
}): Record<string, string> {
  return {
    token: verificationToken,
    team_id: teamOf(given.user).id,
    team_domain: teamOf(given.user).domain,
    channel_id: given.channel.id,
    channel_name: channelName(given.channel),
    user_id: given.user.id,
    user_name: given.user.name,
    command: given.command,
    text: given.text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: given.responseUrl,
    trigger_id: given.triggerId,
  };
}

export function eventPayload(event: { type: string } & Record<string, unknown>, state: State): Record<string, unknown> {
  const place = event.channel;
  const channel = typeof place === 'string' ? state.directory.channel(place) : undefined;
  const id = state.ids.next('Ev');
  return {
    token: verificationToken,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event: { event_ts: state.history.stamp('events'), ...event },
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(state.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: state.directory.bot.id, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: channel?.isShared ?? false,
    event_context: `4-${id}`,
  };
}

/** What payloads call a conversation; only public channels have a name there. */
export function channelName(channel: SandboxChannel): string {
  if (channel.isDirect) return 'directmessage';
  return channel.isPrivate ? 'privategroup' : channel.name;
}

function teamOf(user: SandboxUser): { id: string; domain: string } {
  return user.kind === 'stranger' ? strangerTeam : team;
}
