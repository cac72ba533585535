import { describe, expect, it } from 'vitest';
import { stageMeaning } from '../../../src/core/journey/stage-lookup.ts';
import { aMap } from '../builders.ts';

const map = aMap({
  stages: [
    { key: 'decision', label: 'Contract sent', from: { hubspot: ['contractsent'], salesforce: ['Negotiation/Review'], any: ['D3'] } },
    { key: 'consideration', from: { hubspot: ['D3-old', 'contractsent'] } },
    'implementation',
  ],
  outcomes: { won: { hubspot: ['closedwon'], any: ['Won'] }, lost: { any: ['Lost'] } },
});
const stage = (key: string) => ({ kind: 'stage', key });
const unknown = { kind: 'unknown' };

describe('what a stage id of a CRM means', () => {
  it('is looked up among those of that CRM, then among those of any', () => {
    expect(stageMeaning(map, 'hubspot', 'contractsent')).toEqual(stage('decision'));
    expect(stageMeaning(map, 'salesforce', 'Negotiation/Review')).toEqual(stage('decision'));
    expect(stageMeaning(map, 'pipedrive', 'D3')).toEqual(stage('decision'));
  });

  it('is not guessed: neither an id of another CRM, nor another spelling, nor a label', () => {
    expect(stageMeaning(map, 'salesforce', 'contractsent')).toEqual(unknown);
    expect(stageMeaning(map, 'hubspot', 'ContractSent')).toEqual(unknown);
    expect(stageMeaning(map, 'hubspot', 'Contract sent')).toEqual(unknown);
  });

  it('of the generic endpoint and of files may be an id of every CRM, a key or a label, in any case and however spaced', () => {
    for (const source of ['signals', 'csv'] as const) {
      for (const said of ['contractsent', 'negotiation/review', 'decision', 'CONTRACT SENT', 'd3', 'Contract-Sent', 'Negotiation / Review'])
        expect(stageMeaning(map, source, said)).toEqual(stage('decision'));
      expect(stageMeaning(map, source, 'Implementation')).toEqual(stage('implementation'));
    }
  });

  it('can be that the journey has ended', () => {
    expect(stageMeaning(map, 'hubspot', 'closedwon')).toEqual({ kind: 'outcome', outcome: 'won' });
    expect(stageMeaning(map, 'pipedrive', 'Lost')).toEqual({ kind: 'outcome', outcome: 'lost' });
    expect(stageMeaning(map, 'signals', 'closedwon')).toEqual({ kind: 'outcome', outcome: 'won' });
  });

  it('is unknown for names that every object has', () => {
    for (const name of ['__proto__', 'constructor', 'toString', '']) expect(stageMeaning(map, 'signals', name)).toEqual(unknown);
  });
});
