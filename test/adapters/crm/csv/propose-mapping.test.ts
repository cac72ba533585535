import { describe, expect, it } from 'vitest';
import { proposeMapping, recogniseHeaders } from '../../../../src/adapters/crm/csv/propose-mapping.ts';

const guessed = (header: string, value: string): unknown => proposeMapping([header, 'Stage'], [[value, 'Offer']], 'deals').columns[0]?.field;

describe('a guess at a column', () => {
  it('goes by a name that is nearly known', () => {
    expect(guessed('Kontact id', '4711')).toBe('person.id');
  });

  it('takes amounts and sentences for no ids, whatever they are called', () => {
    expect(guessed('Kontact id', '1 000,00 €')).toBeNull();
    expect(guessed('Montant', '1 000,00 €')).toBe('deal.amount');
  });
});

describe('headers in French and Spanish', () => {
  it.each([
    [
      'hubspot',
      'deals',
      "ID de fiche d'informations|Nom de la transaction|Phase de la transaction|Montant|Date de fermeture|Propriétaire de la transaction",
    ],
    ['hubspot', 'deals', 'ID de registro|Nombre del negocio|Etapa del negocio|Valor|Fecha de cierre|Propietario del negocio'],
    [
      'hubspot',
      'accounts',
      "ID de fiche d'informations|Nom de l'entreprise|Nom de domaine de l'entreprise|Phase du cycle de vie|Propriétaire de l'entreprise",
    ],
    ['hubspot', 'accounts', 'ID de registro|Nombre de la empresa|Nombre de dominio de la empresa|Etapa del ciclo de vida|Propietario de la empresa'],
    ['hubspot', 'people', "ID de fiche d'informations|Prénom|Nom|E-mail|Intitulé du poste|Nom de l'entreprise"],
    ['hubspot', 'people', 'ID de registro|Nombre|Apellidos|Correo|Cargo|Nombre de la empresa'],
    [
      'salesforce',
      'deals',
      "Nom de l'opportunité|Nom du compte|Étape|Montant|Date de clôture|Probabilité (%)|Propriétaire de l'opportunité|Étape suivante",
    ],
    [
      'salesforce',
      'deals',
      'Nombre de la oportunidad|Nombre de la cuenta|Etapa|Importe|Fecha de cierre|Probabilidad (%)|Propietario de la oportunidad',
    ],
    ['pipedrive', 'deals', 'Affaire - Titre|Affaire - Valeur|Affaire - Étape|Affaire - Statut|Affaire - Propriétaire|Affaire - Organisation'],
    ['pipedrive', 'deals', 'Trato - Título|Trato - Valor|Trato - Etapa|Trato - Estado|Trato - Propietario|Trato - Organización'],
  ])('of %s %s are all known: %s', (crm, rows, headers) => {
    const proposal = recogniseHeaders(headers.split('|'));
    expect([proposal.crm, proposal.rows, proposal.missing]).toEqual([crm, rows, []]);
    expect(proposal.columns.filter(({ field }) => field === null)).toEqual([]);
    expect(new Set(proposal.columns.map(({ field }) => field)).size).toBe(proposal.columns.length);
  });
});
