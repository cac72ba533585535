import type { CrmStream, StreamInbox } from '../../../app/crm.ts';
import { CrmAwayError, CrmRefusedError, messageOf } from '../../../app/errors.ts';
import type { Clock, InboxEntry, Logger } from '../../../app/ports.ts';
import { minuteMs } from '../../../core/time.ts';
import type { CallSalesforce } from './call-salesforce.ts';
import { readChange } from './change-event.ts';
import { connectChanges, InvalidReplayError } from './connect-changes.ts';

export type ChangeStreamDeps = {
  call: Pick<CallSalesforce, 'authorize'>;
  clock: Clock;
  logger: Logger;
  /** The first wait after a connection was lost; it doubles up to a minute. */
  firstWaitMs?: number;
};

/** Everything that was selected under Change Data Capture, in one channel with one count. */
const channel = '/data/ChangeEvents';
/** Salesforce's words for "what comes from now on" and "all that is kept" (72 hours). */
const fromNowOn = -1;
const fromTheFirst = -2;
const longestWaitMs = minuteMs;
const refusedWaitMs = 5 * minuteMs;

/**
 * Change Data Capture. What comes is durable before its replay id is kept, so that a crash repeats and loses nothing. Every connection has a token of
 * its own, and anything that is wrong with one ends it: the next begins after the newest replay id that was kept.
 */
export function createChangeStream({ call, clock, logger, firstWaitMs = 1_000 }: ChangeStreamDeps): CrmStream {
  return {
    source: 'salesforce',
    async run(inbox, stopping) {
      let failures = 0;
      let isForgotten = false;
      while (!stopping.aborted) {
        try {
          const position = await inbox.position();
          // Nothing was kept yet: what changed before now is for an import.
          if (position === null) inbox.gap();
          await listen(inbox, isForgotten ? fromTheFirst : (numberOf(position) ?? fromNowOn), stopping, () => {
            failures = 0;
            isForgotten = false;
          });
        } catch (error) {
          if (stopping.aborted) return;
          if (error instanceof InvalidReplayError) {
            logger.warn({}, 'Salesforce has forgotten where its change events had stopped; all it has kept is read, and the rest is compared');
            inbox.gap();
            isForgotten = true;
          } else logger.warn({ reason: messageOf(error) }, "Salesforce's change events have stopped; they are taken up again");
          await pause(waitAfter(error, failures), stopping);
          failures += 1;
        }
      }
    },
  };

  /** Resolves when the bot stops, and rejects with what ended the connection. */
  async function listen(inbox: StreamInbox, replayId: number, stopping: AbortSignal, onSubscribed: () => void): Promise<void> {
    const connection = await call.authorize();
    let waiting: unknown[] = [];
    let taking = Promise.resolve();
    let hasFailed = false;
    await connectChanges({
      connection,
      channel,
      replayId,
      stopping,
      onSubscribed() {
        logger.info({ channel }, 'Salesforce sends its change events');
        onSubscribed();
      },
      onMessage(message, fail) {
        waiting.push(message);
        // What comes while the inbox is busy goes in together.
        taking = taking.then(take).catch((error: unknown) => {
          hasFailed = true;
          fail(error);
        });
      },
    }).finally(() => taking);

    async function take(): Promise<void> {
      // What comes behind what could not be kept would take its position with it: it comes again with that.
      if (hasFailed) return;
      const messages = waiting;
      waiting = [];
      const entries: InboxEntry[] = [];
      let position: string | null = null;
      for (const message of messages) {
        const change = readChange(message);
        if (change === null) {
          logger.warn({}, 'a change event of Salesforce cannot be read; a comparison brings what it was about');
          inbox.gap();
          continue;
        }
        if (change.isGap) inbox.gap();
        if (change.entry !== null) entries.push(change.entry);
        position = change.position;
      }
      if (position !== null) await inbox.accept(entries, position);
    }
  }

  function waitAfter(error: unknown, failures: number): number {
    if (error instanceof CrmRefusedError) return refusedWaitMs;
    if (error instanceof CrmAwayError) return Math.max(firstWaitMs, error.retryAt - clock.now());
    return Math.min(longestWaitMs, firstWaitMs * 2 ** failures);
  }
}

const numberOf = (position: string | null): number | null => (position !== null && /^\d+$/.test(position) ? Number(position) : null);

const pause = (ms: number, stopping: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      stopping.removeEventListener('abort', end);
      resolve();
    }
    if (stopping.aborted) end();
    else stopping.addEventListener('abort', end);
  });
