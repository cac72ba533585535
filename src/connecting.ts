import { SlackStartError } from './adapters/slack/workspace-identity.ts';
import type { Logger } from './app/ports.ts';

type ConnectingDependencies = {
  /** @throws SlackStartError */
  start(): Promise<void>;
  /** Nobody is to ask any more. */
  stopping: AbortSignal;
  logger: Logger;
  /** Slack said no, later than at the start. */
  onFatal(error: Error): void;
};

const retryMs = 5000;

/** Asks Slack in. While it is away, webhooks are taken in and messages wait; only a Slack that says no ends the start. */
export function createConnecting({ start, stopping, logger, onFatal }: ConnectingDependencies): { connect(): Promise<void> } {
  let away: string | null = null;
  let again: NodeJS.Timeout | undefined;
  stopping.addEventListener('abort', () => clearTimeout(again), { once: true });
  return { connect };

  async function connect(): Promise<void> {
    try {
      await start();
    } catch (error) {
      // A stop while Slack was being asked: nobody asks again.
      if (stopping.aborted) return;
      if (!(error instanceof SlackStartError && error.unreachable)) throw error;
      // Once a reason, however long it lasts.
      if (error.message !== away) logger.error({ error: error.message }, 'Slack is away; webhooks are taken in, and messages wait until it is back');
      away = error.message;
      again = setTimeout(() => void connect().catch((refusal: Error) => onFatal(refusal)), retryMs);
    }
  }
}
