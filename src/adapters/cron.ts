import cron, { type ScheduledTask } from 'node-cron';
import type { Schedule } from '../app/digests.ts';
import type { DigestDefinition } from '../core/journey/journey-map.ts';
import { dayMs, type EpochMs, hourMs, minuteMs } from '../core/time.ts';
import { wallTime } from '../core/wall-time.ts';

export type DigestSchedule = Schedule & {
  /** Follows these definitions from now on, and no others. */
  follow(definitions: readonly DigestDefinition[]): void;
  stop(): void;
};

/** How far back a missed digest is looked for. */
const lookBackMs = 4 * dayMs;
/** About ten milliseconds' work. */
const readAtOnce = 400;
/** node-cron counts from this machine's clock; that of a demo may be months ahead of it. */
const lookAhead = [1, 50, 500];

/**
 * `reading` reads the expression on wall clocks, and only at those minutes and hours of the day that it names; `waking` calls at its instants, by this machine's clock.
 */
type Known = {
  reading: ScheduledTask;
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  waking: ScheduledTask;
  found: { upTo: number; last: number | null } | null;
};

/**
 * Digest schedules by node-cron, each in its own zone; `onDue` is called at each of their instants. An expression means times on the wall, minute by minute, and
 * each of these is one instant: what a clock change skips comes right after it, and what it repeats comes the first time only.
 */
export function createDigestSchedule(onDue: () => void, breathe: () => Promise<void>): DigestSchedule {
  const known = new Map<string, Known>();
  return {
    follow(definitions) {
      const wanted = new Set(definitions.map(keyOf));
      for (const [key, schedule] of known) {
        if (wanted.has(key)) continue;
        forget(schedule);
        known.delete(key);
      }
      for (const definition of definitions) scheduleOf(definition);
    },
    async lastBefore(definition, now) {
      const schedule = scheduleOf(definition);
      const last = await lastOnTheWall(schedule, wallTime(now, definition.timezone));
      if (last === null) return null;
      const at = instantOf(last, definition.timezone);
      // Skipped by a clock change that is this very hour: it comes when the hour is over.
      return at > now ? null : at;
    },
    next(definition, now) {
      const { waking } = scheduleOf(definition);
      for (const count of lookAhead) {
        const next = waking.getNextRuns(count).find((run) => run.getTime() > now);
        if (next !== undefined) return next.getTime();
      }
      return null;
    },
    stop() {
      for (const schedule of known.values()) forget(schedule);
      known.clear();
    },
  };

  /** Minute by minute back from `wall`, or to where it was looked for before. */
  async function lastOnTheWall(schedule: Known, wall: number): Promise<number | null> {
    const thisMinute = Math.floor(wall / minuteMs) * minuteMs;
    // A clock that was set back has not seen what was found before.
    const before = schedule.found !== null && schedule.found.upTo <= thisMinute ? schedule.found : null;
    const oldest = Math.max(before?.upTo ?? Number.NEGATIVE_INFINITY, thisMinute - lookBackMs);
    let last = before?.last ?? null;
    let tried = 0;
    for (let minute = thisMinute; minute > oldest; minute -= minuteMs) {
      if (!schedule.minutes.has((minute / minuteMs) % 60) || !schedule.hours.has(Math.floor(minute / hourMs) % 24)) continue;
      if (schedule.reading.match(new Date(minute))) {
        last = minute;
        break;
      }
      if (++tried % readAtOnce === 0) await breathe();
    }
    schedule.found = { upTo: thisMinute, last };
    return last;
  }

  function scheduleOf(definition: DigestDefinition): Known {
    const { schedule, timezone } = definition;
    const key = keyOf(definition);
    const before = known.get(key);
    if (before !== undefined) return before;
    const { minute, hour } = cron.parse(schedule);
    const made: Known = {
      reading: cron.createTask(schedule, () => undefined, { timezone: 'UTC' }),
      minutes: new Set(minute),
      hours: new Set(hour),
      waking: cron.schedule(schedule, () => onDue(), { timezone, unref: true, suppressMissedWarning: true }),
      found: null,
    };
    known.set(key, made);
    return made;
  }
}

function forget({ reading, waking }: Known): void {
  void reading.destroy();
  void waking.destroy();
}

const instantOf = (wall: number, timezone: string): EpochMs =>
  Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime(timezone, { disambiguation: 'compatible' })
    .epochMilliseconds;

/** Digests at the same times share what is known of them; one whose schedule or zone is changed is the same digest at others. */
const keyOf = ({ schedule, timezone }: DigestDefinition): string => `${schedule} ${timezone}`;
