import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { countFates, fateOf, fatesByRule } from '../../../src/core/digest/fates.ts';
import { at, officeHours } from '../builders.ts';
import { alert, byHand, cleared } from './digest-facts.ts';

const said = at('2026-09-14 10:00');
const deed = (what: string, alertId = 'x') => ({ id: what, at: said, journeyId: null, alertId, who: 'U1', what, why: null });
const fate = (traits: Partial<Alert>, deeds = [] as ReturnType<typeof deed>[], now = at('2026-09-18 10:00')) =>
  fateOf(alert('stalled', 'a', { id: 'x', saidAt: said, firstSaidAt: said, ...traits }), { deeds, calendar: officeHours, now });

describe('what became of an alert', () => {
  it.each([
    ['nobody has done anything', {}, [], 'ignored'],
    ['somebody took it', { state: 'acknowledged', acknowledged: { by: 'U1', at: said } }, [], 'acted'],
    ['somebody put it off, and it has come back', {}, [deed('snoozed')], 'acted'],
    ['somebody did so of another one', {}, [deed('snoozed', 'y')], 'ignored'],
    ['somebody resolved it', byHand('done'), [], 'acted'],
    ['its condition was gone', cleared(), [], 'cleared'],
    ['its condition was gone after somebody took it', cleared(), [deed('acknowledged')], 'acted'],
    ['it was called useful', { votes: [{ by: 'U1', at: said, useful: true }] }, [], 'acted'],
    ['it was called not useful', { ...cleared(), votes: [{ by: 'U1', at: said, useful: false }] }, [], 'not-useful'],
    ['it was resolved as not useful', byHand('not-useful'), [], 'not-useful'],
    ['it was told nowhere', { saidAt: null, firstSaidAt: undefined }, [], null],
  ] as [string, Partial<Alert>, ReturnType<typeof deed>[], string | null][])('%s', (_name, traits, deeds, expected) => {
    expect(fate(traits, deeds)).toBe(expected);
  });

  it('is not known before two working days are over', () => {
    expect(fate({}, [], at('2026-09-16 09:59'))).toBe('fresh');
    expect(fate({}, [], at('2026-09-16 10:00'))).toBe('ignored');
  });

  it('is counted, so that the sum of all is how many were told', () => {
    const counts = countFates(['acted', 'acted', 'ignored', 'fresh']);
    expect(counts).toEqual({ told: 4, acted: 2, cleared: 0, ignored: 1, 'not-useful': 0, fresh: 1 });
    expect(
      fatesByRule([
        { rule: 'ghosted', fate: 'acted' },
        { rule: 'stalled', fate: 'acted' },
        { rule: 'stalled', fate: 'cleared' },
      ]),
    ).toMatchObject([
      { rule: 'stalled', title: 'Stalled', counts: { told: 2 } },
      { rule: 'ghosted', counts: { told: 1 } },
    ]);
  });
});
