import cliProgress from 'cli-progress';
import type { Clock } from '../../app/ports.ts';
import { counted } from '../../core/counted.ts';

/** `why` it waits, in the words of whoever was asked. */
export type Standing = { rows: number; total: number | null; waitingUntil: number | null; why?: string | null };

/** How far an import is: a bar in a terminal, elsewhere a line now and then. */
export type ImportProgress = { show(standing: Standing): void; stop(): void };

/** What is counted: one of it, and many where that is not one with an s. */
export type Counted = readonly [one: string, many?: string];

/** `what`: rows where nothing is said. */
type ProgressDependencies = { terminal: NodeJS.WriteStream | null; clock: Clock; print(line: string): void; what?: Counted };

/** Between two lines where there is no terminal. */
const quietForMs = 10_000;

export function createProgress({ terminal, clock, print, what = ['row'] }: ProgressDependencies): ImportProgress {
  const startedAt = clock.now();
  let before: number | null = null;
  /** Rows that were in when it began do not count for the rate. */
  const wordsFor = ({ rows, total, waitingUntil, why }: Standing): string => {
    before ??= rows;
    if (waitingUntil !== null)
      return `${why ?? 'the CRM wants to be left alone'}; it is asked again at ${new Date(waitingUntil).toLocaleTimeString('en-GB')}`;
    const seconds = Math.max(0.001, (clock.now() - startedAt) / 1000);
    const rate = (rows - before) / seconds;
    const left = total === null || rate === 0 ? null : Math.max(0, (total - rows) / rate);
    return [`${counted(Math.round(rate), ...what)}/s`, ...(left === null ? [] : [`${inWords(left)} left`])].join(' · ');
  };
  const soFar = ({ rows, total }: Pick<Standing, 'rows' | 'total'>): string =>
    total === null ? counted(rows, ...what) : `${rows.toLocaleString('en')} of ${counted(total, ...what)}`;
  return terminal === null ? lines({ clock, print }, soFar, wordsFor) : bar(terminal, soFar, wordsFor);
}

type InWords<Of> = (standing: Of) => string;
type SoFar = InWords<Pick<Standing, 'rows' | 'total'>>;

function bar(stream: NodeJS.WriteStream, soFar: SoFar, wordsFor: InWords<Standing>): ImportProgress {
  const shown = new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    // Ctrl-C is ours: the slice at hand is finished first.
    gracefulExit: false,
    clearOnComplete: true,
    format: (_options, params, payload: { words?: string; total?: number | null }) => {
      const width = 30;
      const done = payload.total == null ? 0 : Math.round(width * Math.min(1, params.value / Math.max(1, payload.total)));
      const drawn = payload.total == null ? '' : `${'█'.repeat(done)}${'░'.repeat(width - done)} `;
      return `${drawn}${soFar({ rows: params.value, total: payload.total ?? null })} · ${payload.words ?? ''}`;
    },
  });
  let started = false;
  return {
    show(standing) {
      const payload = { words: wordsFor(standing), total: standing.total };
      // Its own total must not be reached before the end, or it takes itself for complete.
      const total = standing.total ?? standing.rows + 1;
      if (!started) shown.start(total, standing.rows, payload);
      started = true;
      shown.setTotal(total);
      shown.update(standing.rows, payload);
    },
    stop: () => shown.stop(),
  };
}

function lines({ clock, print }: Pick<ProgressDependencies, 'clock' | 'print'>, soFar: SoFar, wordsFor: InWords<Standing>): ImportProgress {
  let nextAt = clock.now() + quietForMs;
  let waiting: number | null = null;
  return {
    show(standing) {
      const words = wordsFor(standing);
      const news = standing.waitingUntil !== null && standing.waitingUntil !== waiting;
      waiting = standing.waitingUntil;
      if (clock.now() < nextAt && !news) return;
      nextAt = clock.now() + quietForMs;
      print(`${soFar(standing)} · ${words}`);
    },
    stop: () => undefined,
  };
}

/** `3 min 12 s`, `2 h 5 min`: seconds in words. */
export function inWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
