import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from '../../app/ports.ts';

/**
 * Bolt's and WebClient's logger on ours. Their debug lines hold message bodies, which is CRM data, and are dropped; their info lines are
 * details to us.
 */
export function createSlackLogger(logger: Logger): BoltLogger {
  const say =
    (level: 'debug' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      logger[parts[0] === failedCall ? 'debug' : level]({ from: 'slack-sdk' }, describe(parts));
  return {
    debug: () => {},
    info: say('debug'),
    warn: say('warn'),
    error: say('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

/** Before each attempt at a call fails. Whoever made the call says what that means, and while Slack is away not every five seconds. */
const failedCall = 'http request failed';

/** Tokens and tickets never reach a log. */
export function withoutSecrets(text: string): string {
  return text.replace(/\b(xox[a-z]|xapp)-[\w-]+/g, '$1-…').replace(/([?&](?:ticket|token|app_id)=)[^&\s"]+/g, '$1…');
}

const describe = (parts: unknown[]): string =>
  withoutSecrets(
    parts.map((part) => (part instanceof Error ? part.message : typeof part === 'string' ? part : JSON.stringify(part))).join(' '),
  ).slice(0, 500);
