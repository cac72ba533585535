import type { Calendar } from '../calendar.ts';
import type { Journey } from '../journey/journey.ts';
import type { JourneyMap } from '../journey/journey-map.ts';
import { placeOf } from '../journey/past.ts';
import type { EpochMs } from '../time.ts';
import type { Period } from './period.ts';
import { fates, type StageStay, stageStays } from './stage-stays.ts';

/** A stay and the segments of its journey. */
export type LoggedStay = Omit<StageStay, 'stage'> & { segments: readonly string[] };

/**
 * The stays of all journeys as they were at one instant, as numbers: about 15 bytes a stay, so that those of 100,000 journeys fit into some megabytes.
 */
export type StayLog = {
  readonly at: EpochMs;
  /** The config whose maps they were read off. */
  readonly version: string;
  readonly journeys: number;
  add(journey: Journey, map: JourneyMap): void;
  /** Of one stage; only those that began in a period, where given. */
  stays(mapKey: string, stage: string, during?: Pick<Period, 'from' | 'to'>): Generator<LoggedStay>;
};

/** `groups`: in two bytes as long as those will do. */
type Column = { entered: Float64Array; days: Uint16Array; groups: Uint16Array | Uint32Array; facts: Uint8Array; length: number };

const always = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const firstRoom = 64;
const inTwoBytes = 65_536;
const bits = { ended: 1, first: 2, longest: 4, won: 8, closed: 16 } as const;
const fateShift = 5;

export function createStayLog({ at, version, calendar }: { at: EpochMs; version: string; calendar: Calendar }): StayLog {
  const columns = new Map<string, Column>();
  const groups = new Map<string, number>();
  const segmentsOf: (readonly string[])[] = [];
  let journeys = 0;
  return {
    at,
    version,
    get journeys() {
      return journeys;
    },
    add(journey, map) {
      journeys += 1;
      const group = groupOf(journey.segments);
      for (const stay of stageStays(journey, map, calendar, at)) put(columnOf(map.key, stay.stage), stay, group);
    },
    *stays(mapKey, stage, during = always) {
      const column = columns.get(placeOf(mapKey, stage));
      if (column === undefined) return;
      for (let row = 0; row < column.length; row += 1) {
        // Before anything is made of it: most stays of a long past are not asked about.
        const at = column.entered[row] ?? 0;
        if (at >= during.from && at < during.to) yield readRow(column, row);
      }
    },
  };

  function groupOf(segments: readonly string[]): number {
    const key = segments.join(' ');
    const known = groups.get(key);
    if (known !== undefined) return known;
    groups.set(key, segmentsOf.length);
    return segmentsOf.push([...segments]) - 1;
  }

  function columnOf(mapKey: string, stage: string): Column {
    const place = placeOf(mapKey, stage);
    const known = columns.get(place);
    const column = known === undefined ? emptyColumn(firstRoom) : known.length < known.facts.length ? known : grown(known);
    if (column !== known) columns.set(place, column);
    return column;
  }

  function readRow({ entered, days, groups: ofGroup, facts }: Column, row: number): LoggedStay {
    const fact = facts[row] ?? 0;
    return {
      enteredAt: entered[row] ?? 0,
      days: days[row] ?? 0,
      segments: segmentsOf[ofGroup[row] ?? 0] ?? [],
      ended: (fact & bits.ended) !== 0,
      first: (fact & bits.first) !== 0,
      longest: (fact & bits.longest) !== 0,
      won: (fact & bits.won) !== 0,
      closed: (fact & bits.closed) !== 0,
      fate: fates[fact >> fateShift] ?? 'open',
    };
  }
}

function put(column: Column, stay: StageStay, group: number): void {
  const row = column.length;
  column.entered[row] = stay.enteredAt;
  column.days[row] = stay.days;
  if (group >= inTwoBytes && column.groups instanceof Uint16Array) column.groups = Uint32Array.from(column.groups);
  column.groups[row] = group;
  let fact = fates.indexOf(stay.fate) << fateShift;
  for (const [name, bit] of Object.entries(bits) as [keyof typeof bits, number][]) if (stay[name]) fact |= bit;
  column.facts[row] = fact;
  column.length += 1;
}

const emptyColumn = (room: number): Column => ({
  entered: new Float64Array(room),
  days: new Uint16Array(room),
  groups: new Uint16Array(room),
  facts: new Uint8Array(room),
  length: 0,
});

function grown(column: Column): Column {
  const larger = emptyColumn(column.length * 2);
  larger.entered.set(column.entered);
  larger.days.set(column.days);
  if (column.groups instanceof Uint32Array) larger.groups = new Uint32Array(larger.groups.length);
  larger.groups.set(column.groups);
  larger.facts.set(column.facts);
  larger.length = column.length;
  return larger;
}
