import { describe, expect, it } from 'vitest';
import { anyOf, heardInWords, movedTo, personToAsk, roleInSentence } from '../../../src/core/detectors/words.ts';
import { aJourney, aMap, aPerson, aTouchpoint, at, someRoles } from '../builders.ts';

describe('words of findings', () => {
  it('puts labels into sentences, and leaves abbreviations alone', () => {
    expect(roleInSentence(someRoles, 'economic_buyer')).toBe('economic buyer');
    expect(roleInSentence([{ key: 'cfo', label: 'CFO', crm: [], titles: [] }], 'cfo')).toBe('CFO');
    expect(roleInSentence([], 'executive_sponsor')).toBe('executive sponsor');
  });

  it('lists names', () => {
    expect([[], ['Ana'], ['Ana', 'Ben'], ['Ana', 'Ben', 'Cem']].map(anyOf)).toEqual(['', 'Ana', 'Ana or Ben', 'Ana, Ben or Cem']);
  });

  it('asks the person last heard from, else any, else nobody', () => {
    const ana = aPerson('Ana Ruiz');
    const priya = aPerson('Priya Nair', [], { lastInboundAt: at('2026-09-07') });
    expect(personToAsk(aJourney({ committee: [ana, priya] }))?.name).toBe('Priya Nair');
    expect(personToAsk(aJourney({ committee: [ana, priya] }), [priya.id])?.name).toBe('Ana Ruiz');
    expect(personToAsk(aJourney())).toBeNull();
  });

  it('names the account where a touchpoint names nobody who is known', () => {
    const call = aTouchpoint('inbound', '2026-09-07', { type: 'call', channel: 'call', person: 'Somebody Else' });
    expect(heardInWords(aJourney(), call)).toBe('Acme GmbH got in touch: call');
    expect(heardInWords(aJourney({ account: null }), call)).toBe('the customer got in touch: call');
  });

  it('says the CRM’s own stage where the map does not know it', () => {
    expect(movedTo(aJourney({ visits: [[null, at('2026-09-07')]] }), aMap())).toBe('moved to custom_stage_7');
    expect(movedTo(aJourney({ visits: [] }), aMap())).toBe('the stage is no longer known');
  });
});
