import type { Delivery, Message } from '../core/delivery.ts';
import { type EpochMs, minuteMs } from '../core/time.ts';
import { afterFailure } from './after-failure.ts';
import { DeliveryError, type DeliveryFailure, messageOf } from './errors.ts';
import { createNoteElsewhere } from './note-elsewhere.ts';
import type { Logger } from './ports.ts';
import { createSend, type SendDependencies } from './send.ts';

type DeliverDependencies = SendDependencies & {
  logger: Logger;
  onDelivered?(outcome: { kind: Message['kind']; outcome: Delivered; waitedMs: number }): void;
};

type Delivered = 'sent' | 'unchanged' | 'retry' | 'failed';

export type Deliver = {
  /** Starts on everything that is due, one delivery a channel at a time, and returns when nothing is due. Calls that overlap share one run. */
  run(): Promise<void>;
  /** Something new is due: a run that waits for slow channels starts on the others. */
  look(): void;
  /** When there is something to be delivered next. */
  nextAt(): Promise<EpochMs | null>;
  /** Takes no new work and resolves when what is under way has ended. */
  stop(): Promise<void>;
};

const leaseMs = 2 * minuteMs;
const channelsAtOnce = 16;

/** Sends the outbox: in order within a channel, channels side by side, effectively once. */
export function createDeliver({ logger, onDelivered, ...sending }: DeliverDependencies): Deliver {
  const { store, config, clock, newId } = sending;
  const send = createSend(sending);
  const noteElsewhere = createNoteElsewhere(sending);
  const busy = new Map<string, Promise<void>>();
  /** Channels that Slack has asked to leave alone, and until when: what waits behind the refused message would be refused as well. */
  const paused = new Map<string, EpochMs>();
  let stopping = false;
  let running: Promise<void> | null = null;
  let woken = Promise.withResolvers<void>();

  return {
    run() {
      woken.resolve();
      running ??= work().finally(() => {
        running = null;
      });
      return running;
    },
    look: () => woken.resolve(),
    async nextAt() {
      const [at, now] = [await store.nextDeliveryAt(), clock.now()];
      return at !== null && at <= now && paused.size > 0 ? Math.max(at, Math.min(...paused.values())) : at;
    },
    async stop() {
      stopping = true;
      await Promise.all(busy.values());
    },
  };

  /** New work is looked for whenever one ends and whenever `run` is called. */
  async function work(): Promise<void> {
    for (;;) {
      woken = Promise.withResolvers();
      const leased = !stopping && busy.size < channelsAtOnce ? await lease() : 0;
      if (leased > 0) continue;
      if (busy.size === 0) return;
      await Promise.race([...busy.values(), woken.promise]);
    }
  }

  async function lease(): Promise<number> {
    const now = clock.now();
    for (const [channel, until] of paused) if (until <= now) paused.delete(channel);
    const deliveries = await store.leaseDeliveries(now, now + leaseMs, channelsAtOnce - busy.size, [...busy.keys(), ...paused.keys()]);
    for (const delivery of deliveries) {
      busy.set(
        delivery.channel,
        deliver(delivery).finally(() => busy.delete(delivery.channel)),
      );
    }
    return deliveries.length;
  }

  async function deliver(delivery: Delivery): Promise<void> {
    try {
      const { changes, outcome } = await send(delivery);
      // Where it stands is found again in Slack, by its id: its lease says that it may have been tried.
      await store.commit(changes, 'later');
      report(delivery, outcome);
    } catch (error) {
      await fail(delivery, error);
    }
  }

  async function fail(delivery: Delivery, error: unknown): Promise<void> {
    const failure: DeliveryFailure = error instanceof DeliveryError ? error.failure : { kind: 'retry', retryAfterMs: null };
    const now = clock.now();
    const text = messageOf(error);
    logger.warn(
      { delivery: delivery.id, channel: delivery.channel, kind: delivery.message.kind, attempts: delivery.attempts, failure: failure.kind },
      `a delivery failed: ${text}`,
    );
    // Only at its first attempt: a message that is refused again and again must not stop the others for good.
    if (failure.kind === 'retry' && failure.retryAfterMs !== null && delivery.attempts <= 1) paused.set(delivery.channel, now + failure.retryAfterMs);
    const outcome = failure.kind === 'retry' || failure.kind === 'ambiguous' ? 'retry' : 'failed';
    if (failure.kind === 'channel') {
      await noteElsewhere(delivery).catch((noteError) =>
        logger.error({ err: noteError, delivery: delivery.id }, 'where a step is said could not be noted'),
      );
    }
    await store.commit(afterFailure(delivery, failure, text, { config: config(), now, newId })).catch((storeError) => {
      // Its lease runs out, and it is looked up and tried again.
      logger.error({ err: storeError, delivery: delivery.id }, 'a failed delivery could not be noted');
    });
    report(delivery, outcome);
  }

  function report({ message, createdAt, dueAt }: Delivery, outcome: Delivered): void {
    onDelivered?.({ kind: message.kind, outcome, waitedMs: clock.now() - Math.max(createdAt, dueAt) });
  }
}
