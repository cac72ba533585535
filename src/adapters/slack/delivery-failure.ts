import { webApi } from '@slack/bolt';
import { DeliveryError, type DeliveryFailure } from '../../app/errors.ts';
import { minuteMs } from '../../core/time.ts';
import { slackErrorCode, slackErrorText } from './web-client.ts';

/** Says of an error of the Web API what the deliverer may do about it. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  return new DeliveryError(slackErrorText(error), failureOf(error), { cause: error });
}

/** Slack does not know the token any more, or what it may do: nothing gets through until a person acts. */
export const isTokenFailure = (code: string | null): boolean => code !== null && tokenCodes.has(code);

function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof webApi.WebAPIRateLimitedError) return { kind: 'retry', retryAfterMs: error.retryAfter * 1000 };
  const code = slackErrorCode(error);
  if (code !== null) return platformFailure(code);
  if (error instanceof webApi.WebAPIHTTPError) return httpFailure(error.statusCode);
  if (error instanceof webApi.WebAPIRequestError) return neverSent(error.original) ? { kind: 'retry', retryAfterMs: null } : { kind: 'ambiguous' };
  // WebClient's own answer to a 429 that names no time.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) return { kind: 'retry', retryAfterMs: null };
  return { kind: 'ambiguous' };
}

function platformFailure(code: string): DeliveryFailure {
  if (tokenCodes.has(code)) return { kind: 'retry', retryAfterMs: 5 * minuteMs };
  if (code === 'ratelimited' || code === 'rate_limited' || code === 'message_limit_exceeded') return { kind: 'retry', retryAfterMs: null };
  // "It's possible some aspect of the operation succeeded before the error was raised" (docs.slack.dev).
  if (unsureCodes.has(code)) return { kind: 'ambiguous' };
  if (goneCodes.has(code)) return { kind: 'message-gone' };
  if (channelCodes.has(code) || code.startsWith('restricted_action')) return { kind: 'channel', code };
  if (contentCodes.has(code) || code.startsWith('invalid_') || /_too_(long|large|many)/.test(code)) return { kind: 'content', code };
  // Slack said no for a reason that is new to us: it may pass.
  return { kind: 'retry', retryAfterMs: 5 * minuteMs };
}

function httpFailure(status: number): DeliveryFailure {
  if (status >= 500 || status === 408) return { kind: 'ambiguous' };
  if (status === 413) return { kind: 'content', code: 'http_413' };
  // A proxy between us and Slack refuses: it was not sent.
  return { kind: 'retry', retryAfterMs: minuteMs };
}

/** No connection was made, so nothing can have arrived. */
function neverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return beforeSending.has(code) || /^(CERT_|ERR_TLS_|ERR_SSL_)|SELF_SIGNED|UNABLE_TO_/.test(code) || neverSent(error.cause);
}

const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

const tokenCodes = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'org_login_required',
  'ekm_access_denied',
  'access_denied',
  'team_access_not_granted',
]);

const unsureCodes = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

const goneCodes = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'cannot_reply_to_message',
  // Of chat.unfurl: the message, or the link in it.
  'cannot_find_message',
  'cannot_find_channel',
  'cannot_unfurl_message',
]);

const channelCodes = new Set([
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'not_in_channel',
  'method_not_supported_for_channel_type',
  'channel_is_limited_access',
  'messages_tab_disabled',
  'cannot_post_to_channel',
  'mpim_limit_exceeded',
]);

const contentCodes = new Set([
  'no_text',
  'msg_blocks_too_long',
  'markdown_text_conflict',
  'block_mismatch',
  'duplicate_block_id',
  'cannot_unfurl_url',
  'cannot_parse_attachment',
]);
