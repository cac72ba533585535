import { describe, expect, it } from 'vitest';
import type { DealFields, DealStatus, Signal } from '../../../src/core/journey/signal.ts';
import { aConfig, aMap, aSignal, at } from '../builders.ts';
import { journeysOf, worldOf } from './records-world.ts';

const map = aMap({ outcomes: { won: { any: ['closedwon'] }, lost: { any: ['closedlost'] } } });
const seen = (when: string, stage: string | null, fields: DealFields = {}) =>
  aSignal('deal.upserted', when, { deal: { id: 'd-1', ...(stage === null ? {} : { stage }), ...fields } });
const entered = (when: string, stage: string) => aSignal('stage.entered', when, { stage: { dealId: 'd-1', stage } });
const status = (when: string, value: DealStatus) => seen(when, null, { status: value });

function path(...signals: Signal[]) {
  const [journey] = journeysOf(worldOf([seen('2026-09-01', null), ...signals]), aConfig({ maps: [map] }));
  if (journey === undefined) throw new Error('no journey');
  return {
    visits: journey.visits.map(({ stage, enteredAt, leftAt }) => [stage, day(enteredAt), leftAt === null ? null : day(leftAt)]),
    outcome: journey.outcome,
  };
}
const day = (instant: number): string => new Date(instant).toISOString().slice(5, 10);

describe('stage visits', () => {
  it('follow each other without gaps, the last one open', () => {
    expect(path(entered('2026-09-02', 'awareness'), entered('2026-09-05', 'decision')).visits).toEqual([
      ['awareness', '09-02', '09-05'],
      ['decision', '09-05', null],
    ]);
  });

  it('are one as long as the same stage is said again', () => {
    expect(path(entered('2026-09-02', 'decision'), seen('2026-09-03', 'decision'), seen('2026-09-09', 'decision')).visits).toEqual([
      ['decision', '09-02', null],
    ]);
  });

  it('begin where the first word of them belongs in time, however late it comes', () => {
    expect(path(seen('2026-09-09', 'decision'), entered('2026-09-05', 'decision'), entered('2026-09-07', 'consideration')).visits).toEqual([
      ['decision', '09-05', '09-07'],
      ['consideration', '09-07', '09-09'],
      ['decision', '09-09', null],
    ]);
  });

  it('keep a stage that the map does not know as a visit without a stage', () => {
    expect(
      path(entered('2026-09-02', 'decision'), entered('2026-09-04', 'custom_7'), seen('2026-09-05', 'custom_7'), entered('2026-09-06', 'custom_8'))
        .visits,
    ).toEqual([
      ['decision', '09-02', '09-04'],
      [null, '09-04', '09-06'],
      [null, '09-06', null],
    ]);
  });

  it('take what was entered for true where an upsert of the same instant says another stage', () => {
    for (const signals of [
      [seen('2026-09-02', 'awareness'), entered('2026-09-02', 'decision')],
      [entered('2026-09-02', 'decision'), seen('2026-09-02', 'awareness')],
    ])
      expect(path(...signals).visits).toEqual([['decision', '09-02', null]]);
  });
});

describe('the outcome', () => {
  it('is what a stage of the CRM means, from when it was first said', () => {
    expect(path(entered('2026-09-02', 'decision'), entered('2026-09-05', 'closedwon'), seen('2026-09-08', 'closedwon'))).toEqual({
      visits: [['decision', '09-02', '09-05']],
      outcome: { state: 'won', at: at('2026-09-05') },
    });
  });

  it('is open again once another stage is entered, as a visit of its own', () => {
    expect(path(entered('2026-09-02', 'decision'), entered('2026-09-05', 'closedlost'), entered('2026-09-20', 'decision'))).toEqual({
      visits: [
        ['decision', '09-02', '09-05'],
        ['decision', '09-20', null],
      ],
      outcome: { state: 'open' },
    });
  });

  it('is what its status says, where its stages do not', () => {
    expect(path(entered('2026-09-02', 'decision'), status('2026-09-05', 'won')).outcome).toEqual({ state: 'won', at: at('2026-09-05') });
    expect(path(entered('2026-09-02', 'decision'), status('2026-09-05', 'lost'), status('2026-09-06', 'open')).outcome).toEqual({ state: 'open' });
  });

  it('stays what its status said when the same stage is merely said again', () => {
    expect(path(entered('2026-09-02', 'decision'), status('2026-09-05', 'lost'), seen('2026-09-06', 'decision')).outcome.state).toBe('lost');
  });

  it('is open when the deal has moved on since its status was said', () => {
    expect(path(entered('2026-09-02', 'decision'), status('2026-09-05', 'lost'), entered('2026-09-06', 'implementation')).outcome.state).toBe('open');
  });

  it('is what the map makes of the stage, although the CRM counts it as open', () => {
    expect(path(seen('2026-09-05', 'closedlost', { status: 'open' }), seen('2026-09-06', 'closedlost', { status: 'open' })).outcome.state).toBe(
      'lost',
    );
  });
});

describe('stage visits of deals that were merged', () => {
  const merged = aSignal('record.merged', '2026-09-20', { merge: { kind: 'deal', from: ['d-2'], into: 'd-1' } });
  const ofTheOther = (...signals: Signal[]): Signal[] =>
    signals.map((signal) => JSON.parse(JSON.stringify(signal).replaceAll('"d-1"', '"d-2"')) as Signal);
  const kept = [entered('2026-09-02', 'awareness'), entered('2026-09-05', 'decision'), seen('2026-09-21', 'decision')];
  const other = ofTheOther(entered('2026-09-10', 'awareness'), entered('2026-09-12', 'consideration'));

  it('are those of the one that was kept, as long as the others were not in theirs before', () => {
    expect(path(...kept, ...other, merged).visits).toEqual([
      ['awareness', '09-02', '09-05'],
      ['decision', '09-05', null],
    ]);
  });

  it('are the same for whoever saw them when they were two', () => {
    const then = [seen('2026-09-11', 'decision'), ...ofTheOther(seen('2026-09-11', 'awareness'), seen('2026-09-13', 'consideration'))];
    expect(path(...then, ...kept, ...other, merged).visits).toEqual(path(...kept, ...other, merged).visits);
  });

  it('go on with what it entered afterwards', () => {
    expect(path(...kept, entered('2026-09-23', 'consideration'), seen('2026-09-24', 'decision'), merged).visits.at(-1)).toEqual([
      'decision',
      '09-24',
      null,
    ]);
  });

  it('are what was seen where nobody says when they were entered', () => {
    expect(path(seen('2026-09-02', 'awareness'), seen('2026-09-21', 'decision'), merged).visits).toEqual([
      ['awareness', '09-02', '09-21'],
      ['decision', '09-21', null],
    ]);
  });
});
