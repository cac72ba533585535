import { isFields } from '../block-kit/check.ts';
import type { CommandResult } from '../sandbox.ts';
import { SlackError } from '../slack-error.ts';
import { describeRefusal, type InteractionContext, mustChannel, mustUser, timed } from './context.ts';
import { commandPayload } from './payloads.ts';

/** A person types a slash command. What the app acknowledges with is its first answer. */
export async function runCommand(
  input: { user: string; channel: string; command: string; text: string },
  context: InteractionContext,
): Promise<CommandResult> {
  const user = mustUser(context, input.user);
  const channel = mustChannel(context, input.channel);
  const responseUrl = context.responseUrls.issue({ kind: 'commands', user: user.id, channel: channel.id });
  const payload = commandPayload({
    user,
    channel,
    command: input.command,
    text: input.text.trim(),
    triggerId: context.triggers.issue(user.id),
    responseUrl: responseUrl.url,
  });
  const { value: delivery, ms: ackMs } = await timed(() => context.link.request('slash_commands', payload));
  const result = { responseUrlId: responseUrl.id, ackMs };
  if (!delivery.ok) return { ok: false, error: delivery.error, ...result };

  const answer = typeof delivery.payload === 'string' ? { text: delivery.payload } : delivery.payload;
  if (!isFields(answer) || Object.keys(answer).length === 0) return { ok: true, ...result };
  try {
    const reply = context.responseUrls.answer(responseUrl.id, answer);
    return { ok: true, ...result, ...(reply ? { reply } : {}) };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { ok: false, error: 'invalid_response', refusal: describeRefusal(error), ...result };
  }
}
