import { isFields } from '../block-kit/check.ts';
import { checkAttachments } from '../block-kit/check-message.ts';
import { withIds } from '../block-kit/with-ids.ts';
import { isOfDomain, linksOf, readUnfurlId } from '../links.ts';
import { refusal, SlackError } from '../slack-error.ts';
import { app } from '../team.ts';
import type { SandboxMessage } from '../workspace.ts';
import { jsonArgument, readJson, textArgument } from './arguments.ts';
import { type CallContext, defineMethod } from './method.ts';

type Target = { channel?: string | undefined; ts?: string | undefined; unfurl_id?: string | undefined; source?: string | undefined };

/** Puts the app's drawing of links under a person's message. Asked again, it replaces what it drew. */
export const unfurl = defineMethod({
  name: 'chat.unfurl',
  scope: 'links:write',
  args: {
    channel: textArgument.optional(),
    ts: textArgument.optional(),
    unfurl_id: textArgument.optional(),
    source: textArgument.optional(),
    unfurls: jsonArgument.optional(),
  },
  run(args, context) {
    const { state } = context;
    const message = targetOf(args, context);
    const unfurls = readUnfurls(args.unfurls);
    const links = linksOf(message.text);
    for (const url of Object.keys(unfurls)) {
      const link = links.find((each) => each.url === url);
      if (!link) throw new SlackError('cannot_unfurl_message');
      if (!isOfDomain(link, context.unfurlDomains)) throw new SlackError('cannot_unfurl_url');
    }
    const attachments = message.attachments ?? [];
    const others = attachments.filter((each) => !(isFields(each) && typeof each.from_url === 'string' && each.from_url in unfurls));
    const drawn = Object.entries(unfurls).map(([url, content]) => attachmentOf(url, content, context));
    state.change({ ...message, attachments: [...others, ...drawn] });
    return {};
  },
});

function targetOf({ channel, ts, unfurl_id: id, source }: Target, { state }: CallContext): SandboxMessage {
  if (id !== undefined || source !== undefined) {
    if (id === undefined) throw new SlackError('missing_unfurl_id');
    if (source === undefined) throw new SlackError('missing_source');
    const place = source === 'conversations_history' ? readUnfurlId(id) : undefined;
    if (source !== 'conversations_history' && source !== 'composer') throw new SlackError('invalid_source');
    const message = place && state.history.get(place.channel, place.ts);
    if (!message) throw new SlackError('invalid_unfurl_id');
    return message;
  }
  if (channel === undefined) throw new SlackError('missing_channel');
  if (ts === undefined) throw new SlackError('missing_ts');
  if (state.directory.channel(channel)?.id !== channel) throw new SlackError('cannot_find_channel');
  const message = state.history.get(channel, ts);
  if (!message) throw new SlackError('cannot_find_message');
  return message;
}

function readUnfurls(given: unknown): Record<string, Record<string, unknown>> {
  if (given === undefined || given === '') throw new SlackError('missing_unfurls');
  const unfurls = readJson(given);
  if (!isFields(unfurls)) throw new SlackError('invalid_unfurls_format');
  const contents = Object.entries(unfurls).map(([url, content]) => {
    if (!isFields(content)) throw new SlackError('cannot_parse_attachment');
    return [url, content] as const;
  });
  return Object.fromEntries(contents);
}

function attachmentOf(url: string, content: Record<string, unknown>, { state }: CallContext): Record<string, unknown> {
  const mistakes = checkAttachments([content], state.files.isPicture);
  if (mistakes.length > 0) throw refusal('cannot_parse_attachment', mistakes);
  const blocks = Array.isArray(content.blocks) ? { blocks: withIds(content.blocks, () => state.ids.next('b')) } : {};
  return { ...content, ...blocks, from_url: url, is_app_unfurl: true, app_unfurl_url: url, app_id: app.id, bot_id: app.botId };
}
