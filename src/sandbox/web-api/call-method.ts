import { SlackError } from '../slack-error.ts';
import type { CallContext } from './method.ts';
import { methods } from './methods.ts';

export type Tokens = { bot: string; app: string };

/** Answers one call as Slack does: always an object with `ok`, never an exception. */
export function callMethod(
  call: { name: string; token: string | undefined; args: Record<string, unknown> },
  tokens: Tokens,
  context: CallContext,
): Record<string, unknown> {
  try {
    const method = methods.get(call.name);
    if (!method) throw new SlackError('unknown_method', { req_method: call.name });
    checkToken(call.token, method.token, tokens);
    return { ok: true, ...method.run(call.args, context) };
  } catch (error) {
    if (error instanceof SlackError) return { ok: false, error: error.code, ...error.detail };
    throw error;
  }
}

function checkToken(token: string | undefined, wanted: 'bot' | 'app', tokens: Tokens): void {
  if (token === undefined || token === '') throw new SlackError('not_authed');
  if (token === tokens[wanted]) return;
  const other = wanted === 'bot' ? tokens.app : tokens.bot;
  throw new SlackError(token === other ? 'not_allowed_token_type' : 'invalid_auth');
}
