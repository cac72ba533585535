import type { Fields, Kind } from '../../pipedrive/pipedrive-records.ts';
import { lifecycleField, roleField, startPipedrive } from '../../pipedrive/start-pipedrive.ts';
import { shuffled } from '../../shuffled.ts';
import { lostOf, names, type OpenCrm, type Pipeline, type Stage, type Teller } from './teller.ts';

const stages: Record<Exclude<Stage, 'won' | 'lost'>, number> = { qualification: 1, consideration: 2, proposal: 3, decision: 4, mystery: 5 };
/** The stages of the other pipeline have the same numbers, and a ten before them. */
const pipelines: Record<Pipeline, { id: number; stagesFrom: number }> = { sales: { id: 1, stagesFrom: 0 }, partners: { id: 2, stagesFrom: 10 } };
const owners = { dana: 11, omar: 12 };
/** Options of the team's own fields. */
const roles = { economic_buyer: 31, champion: 32 };
const lifecycles = { onboarding: 31, customer: 32 };
const password = 'a-password-of-our-own';

export const openPipedrive: OpenCrm = async ({ now, tick }) => {
  const pipedrive = await startPipedrive({ now, password });
  const { records } = pipedrive;
  const [first] = pipedrive.stages;
  for (const [id, name] of [
    [stages.decision, 'Contract'],
    [stages.mystery, 'Mystery'],
  ] as const)
    if (first !== undefined) pipedrive.stages.push({ ...first, id, name, order_nr: id });
  const { id: pipeline_id, stagesFrom } = pipelines.partners;
  pipedrive.settings.pipelines.push({ ...pipedrive.settings.pipelines[0], id: pipeline_id, name: 'Partners', order_nr: 1 });
  pipedrive.stages.push(...pipedrive.stages.map((stage) => ({ ...stage, pipeline_id, id: stage.id + stagesFrom })));
  const ids = names<number>();
  const closed = new Set<string>();
  const inPartners = new Set<string>();
  const create = (kind: Kind, fields: Fields): number => {
    tick();
    return records.create(kind, fields);
  };
  const update = (kind: Kind, name: string, fields: Fields): void => {
    tick();
    records.update(kind, ids.of(name), fields);
  };
  const teller: Teller = {
    account: (account, { name, owner, domain = null }) =>
      ids.put(account, create('organizations', { name, owner_id: owners[owner], website: domain })),
    rename: (account, name) => update('organizations', account, { name }),
    reassign: (account, owner) => update('organizations', account, { owner_id: owners[owner] }),
    lifecycle: (account, stage) => update('organizations', account, { custom_fields: { [lifecycleField]: lifecycles[stage] } }),
    deal(deal, { account, name, amount, closes, owner }) {
      const fields = { title: name, org_id: ids.of(account), value: amount, expected_close_date: closes, owner_id: owners[owner] };
      ids.put(deal, create('deals', { ...fields, stage_id: stages.qualification }));
    },
    change(deal, { name, account, amount, closes, owner }) {
      update('deals', deal, {
        ...(name === undefined ? {} : { title: name }),
        ...(account === undefined ? {} : { org_id: ids.of(account) }),
        ...(amount === undefined ? {} : { value: amount }),
        ...(closes === undefined ? {} : { expected_close_date: closes }),
        ...(owner === undefined ? {} : { owner_id: owners[owner] }),
      });
    },
    move(deal, stage) {
      if (stage === 'won' || stage === 'lost') {
        closed.add(deal);
        update('deals', deal, { status: stage });
        return;
      }
      if (closed.delete(deal)) update('deals', deal, { status: 'open' });
      update('deals', deal, { stage_id: stages[stage] + pipelines[inPartners.has(deal) ? 'partners' : 'sales'].stagesFrom });
    },
    transfer(deal, pipeline, stage) {
      if (stage === 'won' || stage === 'lost') throw new Error('no stage of a pipeline');
      if (pipeline === 'partners') inPartners.add(deal);
      else inPartners.delete(deal);
      const { id, stagesFrom } = pipelines[pipeline];
      update('deals', deal, { pipeline_id: id, stage_id: stages[stage] + stagesFrom });
    },
    person(person, { account, name, title, role }) {
      const fields = { name, job_title: title, org_id: ids.of(account), emails: [{ value: `${person}@people.example`, primary: true }] };
      ids.put(person, create('persons', { ...fields, ...(role === undefined ? {} : { custom_fields: { [roleField]: [roles[role]] } }) }));
    },
    promote: (person, title) => update('persons', person, { job_title: title }),
    give: (person, role) => update('persons', person, { custom_fields: { [roleField]: role === null ? null : [roles[role]] } }),
    address: (person, email) => update('persons', person, { emails: [{ value: email, primary: true }] }),
    employ: (person, account) => update('persons', person, { org_id: ids.of(account) }),
    join(person, deal) {
      tick();
      records.addParticipant(ids.of(deal), ids.of(person));
    },
    leave(person, deal) {
      tick();
      records.removeParticipant(ids.of(deal), ids.of(person));
    },
    talk(deal, people, what, who) {
      // Pipedrive does not tell who acted: a type of the team's own does.
      const type = what === 'meeting' ? 'meeting' : who === 'them' ? `${what}_received` : what;
      const day = new Date(now()).toISOString();
      const when = { due_date: day.slice(0, 10), due_time: day.slice(11, 19) };
      const participants = [people].flat().map((person, index) => ({ person_id: ids.of(person), primary: index === 0 }));
      create('activities', { subject: what, type, deal_id: ids.of(deal), person_id: participants[0]?.person_id, participants, done: true, ...when });
    },
    write: (deal, people) => teller.talk(deal, people, 'email', 'them'),
    plan: (step, { deal, what, on }) => ids.put(step, create('activities', { subject: what, type: what, deal_id: ids.of(deal), due_date: on })),
    reschedule: (step, on) => update('activities', step, { due_date: on }),
    done: (step) => update('activities', step, { done: true }),
    cancel(step) {
      tick();
      records.remove('activities', ids.of(step));
    },
    mergePeople(into, from) {
      tick();
      records.merge('persons', ids.of(from), ids.of(into));
    },
    mergeAccounts(into, from) {
      tick();
      records.merge('organizations', ids.of(from), ids.of(into));
    },
    mergeDeals(into, from) {
      tick();
      records.merge('deals', ids.of(from), ids.of(into));
    },
    removeDeal(deal) {
      tick();
      records.remove('deals', ids.of(deal));
    },
    restoreDeal(deal) {
      tick();
      records.restore('deals', ids.of(deal));
    },
    removeAccount(account) {
      tick();
      records.remove('organizations', ids.of(account));
    },
    removePerson(person) {
      tick();
      records.remove('persons', ids.of(person));
    },
  };
  const access = { PIPEDRIVE_API_TOKEN: pipedrive.apiToken, PIPEDRIVE_API_URL: pipedrive.url };
  return {
    source: 'pipedrive',
    teller,
    access,
    environment: () => ({ ...access, PIPEDRIVE_WEBHOOK_USER: pipedrive.user, PIPEDRIVE_WEBHOOK_PASSWORD: password }),
    send(botUrl, { seed, times = 1, lose = false } = {}) {
      const lost = lostOf(lose ? records.events.length : 0, seed ?? 1);
      return pipedrive.send({
        to: `${botUrl}/webhooks/pipedrive`,
        times,
        ...(seed === undefined ? {} : { order: (events) => shuffled(events, seed) }),
        lose: (_event, index) => lost.has(index),
      });
    },
    origin: pipedrive.url,
    close: () => pipedrive.close(),
  };
};
