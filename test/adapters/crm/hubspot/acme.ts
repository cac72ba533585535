import type { Joined } from './joined.ts';

/** Acme with its deal, owner, and two people, made a day before "now". */
export function acme({ hubspot: { records } }: Joined) {
  const company = records.create('companies', { name: 'Acme GmbH', domain: 'acme.example', lifecyclestage: 'opportunity', hubspot_owner_id: '12' });
  const deal = records.create('deals', {
    dealname: 'Acme rollout',
    pipeline: 'default',
    dealstage: 'qualifiedtobuy',
    amount: '48000',
    deal_currency_code: 'EUR',
    closedate: '2026-12-15T00:00:00Z',
    hubspot_owner_id: '11',
  });
  const priya = records.create('contacts', {
    firstname: 'Priya',
    lastname: 'Nair',
    email: 'priya@acme.example',
    jobtitle: 'CFO',
    hs_buying_role: 'BUDGET_HOLDER;DECISION_MAKER',
  });
  const jo = records.create('contacts', { email: 'jo@acme.example' });
  records.associate(['contacts', priya], ['companies', company], { primary: true });
  records.associate(['deals', deal], ['companies', company], { primary: true });
  records.associate(['deals', deal], ['contacts', priya]);
  records.associate(['deals', deal], ['contacts', jo]);
  return { company, deal, priya, jo };
}
