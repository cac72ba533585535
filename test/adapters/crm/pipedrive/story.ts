import { lifecycleField, roleField } from '../../../pipedrive/start-pipedrive.ts';
import { acme } from './acme.ts';
import type { Joined } from './joined.ts';

const hour = 3_600_000;

/**
 * A customer's history, told step by step at fixed times, so that it is the same wherever it is played. `after` is called when a step has happened. Merges
 * are left out: Pipedrive's API does not show them.
 */
export async function play(joined: Joined, after: () => Promise<void>): Promise<void> {
  const { records, stages } = joined.pipedrive;
  let { organization, priya, jo, deal } = { organization: 0, priya: 0, jo: 0, deal: 0 };
  let [second, call, demo, leaver, lost] = [0, 0, 0, 0, 0];
  const steps: (() => void)[] = [
    () => {
      ({ organization, priya, jo, deal } = acme(joined));
    },
    () => {
      call = records.create('activities', {
        subject: 'First call',
        type: 'call',
        deal_id: deal,
        org_id: organization,
        person_id: priya,
        due_date: '2026-06-02',
      });
    },
    () => records.update('deals', deal, { stage_id: 3, value: 52_000 }),
    () => records.addParticipant(deal, jo),
    () => records.update('activities', call, { done: true }),
    () => {
      demo = records.create('activities', {
        subject: 'Demo',
        type: 'meeting',
        deal_id: deal,
        due_date: '2026-06-02',
        due_time: '15:00:00',
        participants: [
          { person_id: priya, primary: true },
          { person_id: jo, primary: false },
        ],
      });
    },
    () => {
      records.create('notes', { content: 'They like it', deal_id: deal });
    },
    () => records.update('deals', deal, { expected_close_date: '2027-01-31' }),
    () => {
      second = records.create('deals', { title: 'Second site', org_id: organization, person_id: jo, stage_id: 1 });
      records.addParticipant(second, priya);
    },
    () => records.update('persons', priya, { job_title: 'Chief Financial Officer', custom_fields: { [roleField]: [31] } }),
    () => {
      leaver = records.create('persons', { name: 'Lee Chen', org_id: organization });
      lost = records.create('deals', { title: 'A mistake', org_id: organization, person_id: leaver });
    },
    () => records.update('activities', demo, { done: true }),
    () => records.update('organizations', organization, { custom_fields: { [lifecycleField]: 31 } }),
    () => records.removeParticipant(deal, jo),
    () => records.update('deals', second, { status: 'lost' }),
    () => records.remove('deals', lost),
    () => records.remove('persons', leaver),
    () => {
      const [, , proposal] = stages;
      if (proposal !== undefined)
        Object.assign(proposal, { days_to_rotten: 21, update_time: `${new Date(joined.now()).toISOString().slice(0, 19)}Z` });
    },
    () => {
      records.create('activities', { subject: 'Contract review', type: 'call', deal_id: deal, due_date: '2026-07-10' });
    },
    () => records.update('deals', second, { is_archived: true }),
    () => records.update('deals', deal, { stage_id: 2 }),
    () => records.update('deals', deal, { stage_id: 3 }),
    () => records.update('deals', deal, { status: 'won' }),
  ];
  const began = joined.now();
  for (const [index, step] of steps.entries()) {
    step();
    await after();
    joined.tick(began + (index + 1) * hour - joined.now());
  }
}
