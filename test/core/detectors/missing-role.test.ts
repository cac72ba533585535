import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingRole } from '../../../src/core/detectors/missing-role.ts';
import { aJourney, aMap, aPerson, at } from '../builders.ts';
import { ask, clearedBy, contextOf, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

const map = aMap({
  stages: [
    { key: 'awareness' },
    { key: 'consideration', expects: { roles: ['champion'] } },
    { key: 'decision', expects: { roles: ['economic_buyer', 'champion'], within: { amount: 2, unit: 'bd' } } },
    { key: 'implementation' },
  ],
});
const champion = aPerson('Tom Weber', 'champion');
const decisionOnly = aJourney({ committee: [champion] });
const limit = at('2026-09-09 09:00');

describe('missing-role', () => {
  it('is said when the role is still missing at the end of the stage’s own time', () => {
    expect(ask(missingRole, decisionOnly, { now: limit - 1, map })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(missingRole, decisionOnly, { now: limit, map })).toMatchObject({
      subject: 'role:economic_buyer',
      since: at('2026-09-07 09:00'),
      dueAt: limit,
      headline: 'No economic buyer on the buying committee',
      expected: 'economic buyer known within 2 working days of reaching Decision',
    });
  });

  it('has a grace of five working days where neither the stage nor the rule says another', () => {
    const journey = aJourney({ visits: [['consideration', at('2026-09-07 09:00')]] });
    expect(ask(missingRole, journey, { now: limit, map }).recheckAt).toBe(at('2026-09-14 09:00'));
    expect(ask(missingRole, journey, { now: limit, map, params: { grace: '3bd' } }).recheckAt).toBe(at('2026-09-10 09:00'));
  });

  it('is not said of a role that is there, given by the CRM, by hand or inferred from a title', () => {
    for (const origin of ['crm', 'assigned', 'title'] as const) {
      const buyer = aPerson('Priya Nair', [], { roles: [{ role: 'economic_buyer', origin }] });
      expect(subjectsOf(ask(missingRole, aJourney({ committee: [champion, buyer] }), { now: limit, map }))).toEqual([]);
    }
  });

  it('expects what earlier stages expected, since the journey first reached them', () => {
    const journey = aJourney({
      visits: [
        ['consideration', at('2026-08-03 09:00')],
        ['implementation', at('2026-09-07 09:00')],
      ],
    });
    const { findings } = ask(missingRole, journey, { now: limit, map });
    expect(findings.map(({ subject, since }) => [subject, since])).toEqual([
      ['role:champion', at('2026-08-03 09:00')],
      // Decision was jumped over: it counts from the first stage beyond it.
      ['role:economic_buyer', at('2026-09-07 09:00')],
    ]);
  });

  it('counts by the limit that is over first, where several stages expect the role', () => {
    const journey = (decision: string) =>
      aJourney({
        visits: [
          ['consideration', at('2026-09-07 09:00')],
          ['decision', at(decision)],
        ],
      });
    // Five working days of consideration end on 14 September, two of decision on the 10th and the 15th.
    const soon = ask(missingRole, journey('2026-09-08 09:00'), { now: '2026-09-10 09:00', map });
    expect(soon.findings.map(({ subject, since, dueAt }) => [subject, since, dueAt])).toEqual([
      ['role:champion', at('2026-09-08 09:00'), at('2026-09-10 09:00')],
      ['role:economic_buyer', at('2026-09-08 09:00'), at('2026-09-10 09:00')],
    ]);
    const late = ask(missingRole, journey('2026-09-11 09:00'), { now: '2026-09-14 09:00', map });
    expect(late.findings.map(({ subject, since, dueAt }) => [subject, since, dueAt])).toEqual([
      ['role:champion', at('2026-09-07 09:00'), at('2026-09-14 09:00')],
    ]);
  });

  it('expects nothing of later stages, even where the journey has been there', () => {
    const journey = aJourney({
      visits: [
        ['decision', at('2026-08-03 09:00')],
        ['consideration', at('2026-09-07 09:00')],
      ],
    });
    expect(subjectsOf(ask(missingRole, journey, { now: '2026-12-01', map }))).toEqual(['role:champion']);
  });

  it('names up to three people without a role who may be it', () => {
    const unmapped = ['Ana Ruiz', 'Ben Cohen', 'Cem Aydin', 'Dora Lind'].map((name) => aPerson(name));
    expect(onlyFinding(missingRole, aJourney({ committee: [champion, ...unmapped] }), { now: limit, map })).toMatchObject({
      people: ['p-ana-ruiz', 'p-ben-cohen', 'p-cem-aydin'],
      nextStep: 'Say who has the role “Economic buyer”: Ana Ruiz, Ben Cohen or Cem Aydin?',
    });
  });

  it('says to find the person where everybody known has another role, or nobody is known', () => {
    expect(onlyFinding(missingRole, decisionOnly, { now: limit, map }).nextStep).toBe('Ask Tom Weber who has the role “Economic buyer”');
    const { findings } = ask(missingRole, aJourney(), { now: '2026-12-01', map });
    expect(findings.map(({ nextStep }) => nextStep)).toEqual([
      'Find out who has the role “Champion” at Acme GmbH',
      'Find out who has the role “Economic buyer” at Acme GmbH',
    ]);
  });

  it('can say nothing in a stage that the map does not know', () => {
    expect(ask(missingRole, aJourney({ visits: [[null, at('2026-01-01')]] }), { now: limit, map }).undecided).toBe('all');
  });

  it('says what ended it', () => {
    const found = aJourney({ committee: [champion, aPerson('Priya Nair', 'economic_buyer')] });
    const back = aJourney({
      committee: [champion],
      visits: [
        ['decision', at('2026-09-07 09:00')],
        ['awareness', at('2026-09-09 09:00')],
      ],
    });
    expect(clearedBy(missingRole, decisionOnly, found, { now: limit, map })).toBe('Priya Nair has the role “Economic buyer”');
    expect(clearedBy(missingRole, decisionOnly, back, { now: limit, map })).toBe('moved to Awareness');
  });

  it('does not call a changed map a move, wherever the journey has gone since', () => {
    const stages: [string, number][] = [
      ['decision', at('2026-09-07 09:00')],
      ['implementation', at('2026-09-09 09:00')],
    ];
    const goneOn = aJourney({ committee: [champion], visits: stages });
    const finding = onlyFinding(missingRole, goneOn, { now: limit, map });
    expect(missingRole.cleared(finding, goneOn, contextOf(goneOn, { now: limit, map: aMap() }), {})).toBe(
      'the journey map or the CRM record was corrected',
    );
  });

  it('says its parameters in words', () => {
    expect(missingRole.explain({})).toBe('a role that this stage or an earlier one expects is missing longer than the stage allows');
    expect(missingRole.explain(missingRole.params.parse({ grace: '3d' }))).toBe(
      'a role that this stage or an earlier one expects is missing for 3 days',
    );
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(missingRole, fc.record({ grace: someDuration }, { requiredKeys: [] }));
  });
});
