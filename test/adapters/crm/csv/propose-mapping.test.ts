import { describe, expect, it } from 'vitest';
import { proposeMapping } from '../../../../src/adapters/crm/csv/propose-mapping.ts';

const guessed = (header: string, value: string): unknown => proposeMapping([header, 'Stage'], [[value, 'Offer']], 'deals').columns[0]?.field;

describe('a guess at a column', () => {
  it('goes by a name that is nearly known', () => {
    expect(guessed('Kontact id', '4711')).toBe('person.id');
  });

  it('takes amounts and sentences for no ids, whatever they are called', () => {
    expect(guessed('Kontact id', '1 000,00 €')).toBeNull();
    expect(guessed('Montant', '1 000,00 €')).toBeNull();
  });
});
