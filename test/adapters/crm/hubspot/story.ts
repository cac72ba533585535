import type { Joined } from './joined.ts';

/** Whose key is whose. */
export type Story = { erased: string };

/** Two companies in a few steps, with everything that can change. `step` is called after each. */
export async function story({ hubspot: { records }, tick, now }: Joined, step: () => Promise<void> = async () => undefined): Promise<Story> {
  const next = async (): Promise<void> => {
    await step();
    tick(120_000);
  };
  const inMinutes = (minutes: number): string => new Date(now() + minutes * 60_000).toISOString();
  const acme = records.create('companies', { name: 'Acme', lifecyclestage: 'opportunity', hubspot_owner_id: '11' });
  const deal = records.create('deals', {
    dealname: 'Rollout',
    pipeline: 'default',
    dealstage: 'appointmentscheduled',
    amount: '10',
    closedate: '2026-07-01T00:00:00Z',
    hubspot_owner_id: '11',
  });
  const priya = records.create('contacts', { firstname: 'Priya', email: 'p@acme.example' });
  const jo = records.create('contacts', { firstname: 'Jo', email: 'j@acme.example', hs_buying_role: 'CHAMPION' });
  records.associate(['deals', deal], ['companies', acme], { primary: true });
  records.associate(['deals', deal], ['contacts', priya]);
  await next();
  records.update('deals', deal, { dealstage: 'contractsent', amount: '20', closedate: '2026-08-01T00:00:00Z' });
  records.update('companies', acme, { lifecyclestage: 'customer' });
  const meeting = records.create('meetings', { hs_timestamp: inMinutes(5), hs_meeting_outcome: 'SCHEDULED' });
  records.associate(['meetings', meeting], ['deals', deal]);
  await next();
  records.update('deals', deal, { dealstage: 'qualifiedtobuy', closedate: '2026-09-01T00:00:00Z', hubspot_owner_id: '12' });
  const globex = records.create('companies', { name: 'Globex', domain: 'globex.example', lifecyclestage: 'opportunity' });
  await next();
  records.associate(['deals', deal], ['companies', globex], { primary: true });
  records.associate(['deals', deal], ['contacts', jo], { labels: ['Decision maker'] });
  records.associate(['contacts', jo], ['companies', globex], { primary: true });
  await next();
  const twin = records.create('contacts', { email: 'jo2@acme.example' });
  const globexAgain = records.create('companies', { name: 'GLOBEX' });
  await next();
  records.merge('contacts', jo, [twin]);
  records.merge('companies', globex, [globexAgain]);
  const short = records.create('deals', { dealname: 'Short-lived', pipeline: 'default', dealstage: 'contractsent' });
  const second = records.create('deals', { dealname: 'Second', pipeline: 'default', dealstage: 'contractsent', hubspot_owner_id: '99' });
  records.associate(['deals', second], ['companies', globex], { primary: true });
  await next();
  records.remove('deals', short);
  records.remove('companies', acme);
  records.remove('deals', second);
  records.update('deals', deal, { hubspot_owner_id: '' });
  await next();
  records.restore('deals', second);
  const call = records.create('calls', { hs_timestamp: inMinutes(-3), hs_call_direction: 'INBOUND' });
  records.associate(['calls', call], ['deals', deal]);
  records.associate(['calls', call], ['contacts', jo]);
  const email = records.create('emails', {
    hs_timestamp: inMinutes(-1),
    hs_email_direction: 'INCOMING_EMAIL',
    hs_email_from_email: 'J@acme.example',
  });
  for (const person of [jo, priya]) records.associate(['emails', email], ['contacts', person]);
  records.associate(['emails', email], ['deals', deal]);
  records.update('meetings', meeting, { hs_meeting_outcome: 'COMPLETED' });
  records.update('companies', globex, { lifecyclestage: 'customer' });
  const task = records.create('tasks', { hs_timestamp: inMinutes(10_000), hs_task_status: 'NOT_STARTED', hs_task_type: 'CALL' });
  records.associate(['tasks', task], ['deals', second]);
  await next();
  records.erase(priya);
  await next();
  return { erased: `person:hubspot:${priya}` };
}

/** The story told by webhooks, in order, and looked up in the end. */
export async function tellInOrder(joined: Joined): Promise<{ joined: Joined; told: Story }> {
  const told = await story(joined);
  await joined.send();
  await joined.process();
  return { joined, told };
}

/** HubSpot has nothing to say of somebody who was erased: only its webhook does. */
export const withoutErased = (records: Record<string, unknown>, { erased }: Story): Record<string, unknown> =>
  Object.fromEntries(Object.entries(records).filter(([key]) => key !== erased));
