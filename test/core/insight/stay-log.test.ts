import { expect, it } from 'vitest';
import { stageStays } from '../../../src/core/insight/stage-stays.ts';
import { renewed, stagePast } from '../../../src/core/insight/stages-past.ts';
import { createStayLog } from '../../../src/core/insight/stay-log.ts';
import type { Journey, Outcome } from '../../../src/core/journey/journey.ts';
import type { StagePast } from '../../../src/core/journey/past.ts';
import { dayMs } from '../../../src/core/time.ts';
import { aJourney, aMap, at, officeHours } from '../builders.ts';

const map = aMap();
const now = at('2026-10-05 09:00');
const journeyAt = (index: number, traits: Parameters<typeof aJourney>[0] = {}): Journey =>
  aJourney({
    visits: [
      ['decision', at('2026-01-05 09:00') + (index % 50) * dayMs],
      ['implementation', at('2026-03-02 09:00') + (index % 80) * dayMs],
    ],
    outcome: index % 3 === 0 ? { state: 'won', at: now } : { state: 'open' },
    segments: index % 2 === 0 ? ['enterprise'] : [],
    ...traits,
  });
const logOf = (journeys: Journey[]) => {
  const log = createStayLog({ at: now, version: 'v1', calendar: officeHours });
  for (const journey of journeys) log.add(journey, map);
  return log;
};

it('gives back every stay as it was put in, however many there are', () => {
  const journeys = Array.from({ length: 300 }, (_, index) => journeyAt(index));
  const log = logOf(journeys);
  const expected = journeys.flatMap((journey) => stageStays(journey, map, officeHours, now).map((stay) => ({ ...stay, segments: journey.segments })));
  for (const stage of ['decision', 'implementation', 'awareness']) {
    const own = expected.filter((stay) => stay.stage === stage).map(({ stage: _, ...rest }) => rest);
    expect([...log.stays('new-business', stage)]).toEqual(own);
  }
  const during = { from: at('2026-01-05'), to: at('2026-01-06') };
  expect([...log.stays('new-business', 'decision', during)].map(({ enteredAt }) => enteredAt)).toEqual(Array(6).fill(at('2026-01-05 09:00')));
  expect([log.journeys, [...log.stays('customers', 'decision')].length]).toEqual([300, 0]);
});

it('tells journeys of any number of segments apart', () => {
  const journeys = 65_600;
  const log = createStayLog({ at: now, version: 'v1', calendar: officeHours });
  const one = aJourney({ visits: [['decision', now]] });
  for (let index = 0; index < journeys; index += 1) log.add({ ...one, segments: [`s${index}`] }, map);
  const segments = log
    .stays('new-business', 'decision')
    .map((stay) => stay.segments[0])
    .toArray();
  expect([segments.length, new Set(segments).size, segments.at(-1)]).toEqual([journeys, journeys, `s${journeys - 1}`]);
});

it('teaches of journeys that have ended, by stage and segments, in the same words whatever their order', () => {
  const ended = (outcome: Outcome, segments: string[] = []): Journey =>
    aJourney({ visits: [['decision', at('2026-09-07 09:00')]], outcome, segments });
  const journeys = [
    ended({ state: 'won', at: at('2026-09-09 09:00') }),
    ended({ state: 'lost', at: at('2026-09-09 10:00') }),
    ended({ state: 'won', at: at('2026-09-21 09:00') }, ['enterprise']),
    ended({ state: 'deleted', at: at('2026-09-21 09:00') }),
    ended({ state: 'open' }),
  ];
  const learned = (all: Journey[]) => stagePast(logOf(all), 'new-business', 'decision', '2026-10-05');
  expect(learned(journeys)).toEqual({
    learnedOn: '2026-10-05',
    groups: [
      { segments: [], stays: [[3, 1, 1]] },
      { segments: ['enterprise'], stays: [[11, 1, 0]] },
    ],
  });
  expect(learned(journeys.toReversed())).toEqual(learned(journeys));
  expect(stagePast(logOf(journeys), 'new-business', 'awareness', '2026-10-05').groups).toEqual([]);
});

it('goes by what was learned before until a tenth more or fewer have ended', () => {
  const past = (ended: number, learnedOn: string): StagePast => ({ learnedOn, groups: [{ segments: [], stays: [[3, ended - 1, 1]] }] });
  const dayOf = (was: number, is: number) => renewed(past(was, 'before'), past(is, 'now')).learnedOn;
  expect([dayOf(40, 43), dayOf(40, 44), dayOf(40, 37), dayOf(40, 36), dayOf(5, 5), dayOf(5, 6)]).toEqual([
    'before',
    'now',
    'before',
    'now',
    'before',
    'now',
  ]);
  expect(renewed(undefined, past(3, 'now')).learnedOn).toBe('now');
  expect(renewed({ learnedOn: 'before', groups: [] }, past(1, 'now')).learnedOn).toBe('now');
});
