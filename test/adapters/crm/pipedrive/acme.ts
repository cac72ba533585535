import { roleField, segmentField } from '../../../pipedrive/start-pipedrive.ts';
import type { Joined } from './joined.ts';

/** A deal of a company, with its main contact and a second person on it. */
export function acme({ pipedrive: { records } }: Joined) {
  const organization = records.create('organizations', {
    name: 'Acme GmbH',
    website: 'https://www.acme.example/de',
    custom_fields: { [segmentField]: 31 },
  });
  const priya = records.create('persons', {
    name: 'Priya Nair',
    org_id: organization,
    job_title: 'CFO',
    emails: [{ value: 'priya@acme.example', primary: true, label: 'work' }],
    custom_fields: { [roleField]: [31, 32] },
  });
  const jo = records.create('persons', { name: '', emails: [{ value: 'jo@adviser.example', primary: true, label: 'work' }] });
  const deal = records.create('deals', {
    title: 'Acme rollout',
    org_id: organization,
    person_id: priya,
    value: 48_000,
    stage_id: 2,
    expected_close_date: '2026-12-15',
  });
  return { organization, priya, jo, deal };
}
