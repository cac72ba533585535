import { createSignalsSource } from '../../src/adapters/crm/signals/signals-source.ts';
import { createHttpServer } from '../../src/adapters/http.ts';
import { createMetrics } from '../../src/adapters/metrics.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { answering } from '../process.ts';

/** `node bench/processes/door-server.ts SECRET DATABASE`: the bot's own door and store, and nothing behind them. */
const [secret = '', database = ''] = process.argv.slice(2);
const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const clock = { now: Date.now };
const store = await openStore(`file:${database}`);
const http = createHttpServer({
  sources: [createSignalsSource({ secrets: [secret] })],
  store,
  clock,
  logger,
  health: async () => ({ ready: true, checks: {} }),
  metrics: createMetrics({ now: clock.now }),
  // One sender's allowance is for senders gone wild; here one sender stands for all.
  limits: { requestsPerSecond: 1e9, burst: 1e9 },
});

const api = {
  port: async (): Promise<number> => (await http.listen({ host: '127.0.0.1', port: 0 })).port,
  cpu: (): number => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};
export type DoorApi = typeof api;
answering(api);

function ignore(): void {
  // What the door says of refusals is not measured.
}
