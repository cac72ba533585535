import { fileJson } from './files/file-json.ts';
import type { State } from './state.ts';
import { app, team } from './team.ts';
import type { SandboxMessage } from './workspace.ts';

/** A message as the Web API and payloads show it. Metadata is shown to who asks for it. */
export function messageJson(message: SandboxMessage, state: State, { metadata = false }: { metadata?: boolean } = {}): Record<string, unknown> {
  const replies = state.history.replies(message.channel, message.ts);
  const isBot = message.user === state.directory.bot.id;
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: team.id,
    ...(isBot ? { bot_id: app.botId, app_id: app.id, bot_profile: botProfile } : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.files ? { files: message.files.flatMap((id) => sharedJson(id, state)), upload: true } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(metadata && message.metadata ? { metadata: message.metadata } : {}),
    ...threadJson(message, replies, state),
  };
}

const botProfile = { id: app.botId, app_id: app.id, name: app.name, team_id: team.id, deleted: false };

function sharedJson(id: string, state: State): Record<string, unknown>[] {
  const file = state.files.find(id);
  if (!file) return [];
  return [file.isDeleted ? { id, mode: 'tombstone' } : fileJson(file, state)];
}

function threadJson(message: SandboxMessage, replies: readonly SandboxMessage[], state: State): Record<string, unknown> {
  if (message.threadTs !== undefined && message.threadTs !== message.ts) {
    const parent = state.history.get(message.channel, message.threadTs);
    return {
      thread_ts: message.threadTs,
      ...(parent ? { parent_user_id: parent.user } : {}),
      ...(message.isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    };
  }
  const latest = replies.at(-1);
  if (!latest) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: users.slice(0, 5),
    reply_users_count: users.length,
    latest_reply: latest.ts,
    is_locked: false,
    subscribed: false,
  };
}
