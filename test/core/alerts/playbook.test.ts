import { describe, expect, it } from 'vitest';
import { withPlaybook } from '../../../src/core/alerts/playbook.ts';
import type { Finding } from '../../../src/core/detectors/detector.ts';
import type { PlaybookEntry } from '../../../src/core/journey/journey-map.ts';
import { aJourney, aPerson, at } from '../builders.ts';
import { createTable } from './decision-table.ts';
import { config } from './missing-legal.ts';

const finding = (traits: Partial<Finding> = {}): Finding => ({
  rule: 'missing-role',
  severity: 'warning',
  subject: 'role:legal',
  since: at('2026-09-07'),
  dueAt: at('2026-09-14'),
  headline: 'No legal on the buying committee',
  expected: 'legal known',
  people: [],
  evidence: [],
  nextStep: 'the rule’s own',
  ...traits,
});
const text = (role: string | null, stage: string | null, rule = 'missing-role'): PlaybookEntry => ({
  rule,
  role,
  stage,
  text: `${rule}/${role ?? '*'}/${stage ?? '*'}`,
});
const said = (playbook: PlaybookEntry[], of = finding(), journey = aJourney()) => withPlaybook(of, journey, playbook).nextStep;

describe('the playbook', () => {
  it('says what to do in the place of the rule, where it has a text for it', () => {
    expect(said([text(null, null)])).toBe('missing-role/*/*');
    expect(said([text(null, null, 'stalled'), text('champion', null), text(null, 'awareness')])).toBe('the rule’s own');
  });

  it('takes the most specific text: a role before a stage, both before one', () => {
    const all = [text(null, null), text(null, 'decision'), text('legal', null), text('legal', 'decision')];
    expect(said(all)).toBe('missing-role/legal/decision');
    expect(said(all.toReversed())).toBe('missing-role/legal/decision');
    expect(said(all.slice(0, 3))).toBe('missing-role/legal/*');
    expect(said(all.slice(0, 2))).toBe('missing-role/*/decision');
  });

  it('knows the roles of the people that a finding is about', () => {
    const journey = aJourney({ committee: [aPerson('Priya Nair', ['economic_buyer']), aPerson('Tom Weber', 'legal')] });
    const silent = finding({ rule: 'silent-role', subject: 'person:p-priya-nair', people: ['p-priya-nair'] });
    expect(said([text('economic_buyer', null, 'silent-role')], silent, journey)).toBe('silent-role/economic_buyer/*');
    expect(said([text('legal', null, 'silent-role')], silent, journey)).toBe('the rule’s own');
  });

  it('stands on the card, and a changed text changes it', () => {
    const table = createTable({ config: { ...config({ repeat: null }), playbook: [text('legal', null)] } });
    table.decide('2026-09-14 09:00');
    table.post('2026-09-14 09:00');
    expect(table.card().content.alerts[0]?.nextStep).toBe('missing-role/legal/*');
    table.set({ config: { ...config({ repeat: null }), playbook: [text('legal', 'decision')] } });
    expect(table.decide('2026-09-15 09:00').map(({ message }) => message.kind)).toEqual(['card']);
    expect(table.card().content.alerts[0]?.nextStep).toBe('missing-role/legal/decision');
  });
});
