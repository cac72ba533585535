import type { BacktestProgress } from '../../app/backtest.ts';
import type { Clock } from '../../app/ports.ts';
import { type Counted, createProgress, type ImportProgress } from '../import/import-progress.ts';

const counted: Record<BacktestProgress['phase'], Counted> = {
  reading: ['signal'],
  learning: ['journey learned from', 'journeys learned from'],
  replaying: ['journey'],
};

/** Nobody reads faster. */
const everyMs = 100;

/** How far a backtest is: one bar after the other. */
export function createBacktestProgress(shared: { terminal: NodeJS.WriteStream | null; clock: Clock; print(line: string): void }) {
  let nextAt = 0;
  let shown: { phase: BacktestProgress['phase']; bar: ImportProgress } | null = null;
  return {
    show({ phase, done, total }: BacktestProgress): void {
      if (shown?.phase === phase && done !== total && shared.clock.now() < nextAt) return;
      nextAt = shared.clock.now() + everyMs;
      if (shown?.phase !== phase) {
        shown?.bar.stop();
        shown = { phase, bar: createProgress({ ...shared, what: counted[phase] }) };
      }
      shown.bar.show({ rows: done, total, waitingUntil: null });
    },
    stop: (): void => shown?.bar.stop(),
  };
}
