import type { Health } from './adapters/http.ts';
import type { Clock, Store } from './app/ports.ts';
import { counted } from './core/counted.ts';
import { minuteMs } from './core/time.ts';

type HealthDependencies = { store: Store; slack: { connected(): boolean }; clock: Clock };

/** A body that waits longer than this says that we do not keep up. */
const slowBacklogMs = 5 * minuteMs;

/** What `/readyz` answers: the store works, Slack is connected, and what came in is being processed. */
export const createHealth =
  ({ store, slack, clock }: HealthDependencies): (() => Promise<Health>) =>
  async () => {
    const [alive, inbox] = await Promise.all([
      store.ping().then(
        () => true,
        () => false,
      ),
      store.inboxBacklog().catch(() => null),
    ]);
    const age = inbox?.oldestReceivedAt == null ? 0 : clock.now() - inbox.oldestReceivedAt;
    const checks: Health['checks'] = {
      store: { ok: alive },
      slack: { ok: slack.connected() },
      backlog: {
        ok: inbox !== null && age < slowBacklogMs,
        detail: `${inbox?.pending ?? '?'} pending, ${inbox === null ? '? dead letters' : counted(inbox.dead, 'dead letter')}`,
      },
    };
    return { ready: Object.values(checks).every(({ ok }) => ok), checks };
  };
