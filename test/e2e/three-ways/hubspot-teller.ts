import type { Kind } from '../../hubspot/hubspot-records.ts';
import { startHubspot } from '../../hubspot/start-hubspot.ts';
import { shuffled } from '../../shuffled.ts';
import { type CrmAtHand, lostOf, names, type OpenCrm, type Pipeline, type Stage, type Teller } from './teller.ts';

const stages: Record<Stage, string> = {
  qualification: 'qualifiedtobuy',
  consideration: 'presentationscheduled',
  proposal: 'decisionmakerboughtin',
  decision: 'contractsent',
  won: 'closedwon',
  lost: 'closedlost',
  mystery: 'mystery',
};
/** The stages of the other pipeline are called the same, but for how they begin. */
const pipelines: Record<Pipeline, { id: string; begins: string }> = {
  sales: { id: 'default', begins: '' },
  partners: { id: 'partners', begins: 'p-' },
};
const owners = { dana: '11', omar: '12' };
const roles = { economic_buyer: 'BUDGET_HOLDER', champion: 'CHAMPION' };
const midnight = (day: string): string => `${day}T00:00:00Z`;

/** What only people who work in HubSpot do. */
export type HubspotTeller = Teller & {
  mergeDeals(into: string, from: string): void;
  /** A call in which they spoke of several deals. */
  speakOf(deals: readonly string[], person: string): void;
};

export const openHubspot: OpenCrm = async (clock) => (await hubspotWithTeller(clock)).crm;

/** With the records themselves, for whoever exports them. */
export async function hubspotWithTeller({ now, tick }: Parameters<OpenCrm>[0]) {
  const hubspot = await startHubspot({ now });
  const { records } = hubspot;
  const [open] = hubspot.stages;
  for (const id of [stages.consideration, stages.proposal, stages.mystery]) if (open !== undefined) hubspot.stages.push({ ...open, id, label: id });
  const { id: partners, begins } = pipelines.partners;
  const [sales] = hubspot.pipelines;
  if (sales !== undefined)
    hubspot.pipelines.push({ ...sales, id: partners, label: 'Partners', stages: sales.stages.map((stage) => ({ ...stage, id: begins + stage.id })) });
  const ids = names<string>();
  const inPartners = new Set<string>();
  const steps = new Map<string, Kind>();
  const engagement = (kind: 'calls' | 'emails' | 'meetings' | 'tasks', properties: Record<string, string>, deal: string): string => {
    tick();
    const id = records.create(kind, properties);
    tick();
    records.associate([kind, id], ['deals', ids.of(deal)]);
    return id;
  };
  const update = (kind: Kind, name: string, properties: Record<string, string>): void => {
    tick();
    records.update(kind, ids.of(name), properties);
  };
  let merges = 0;
  /** HubSpot makes a third record of two; one of them stayed in former years. */
  const merge = (kind: 'contacts' | 'companies' | 'deals', into: string, from: string): void => {
    tick();
    merges += 1;
    ids.put(into, records.merge(kind, ids.of(into), [ids.of(from)], { asNew: kind === 'deals' || merges % 2 === 1 }));
  };
  const teller: HubspotTeller = {
    account(account, { name, owner, domain = '' }) {
      tick();
      ids.put(account, records.create('companies', { name, domain, hubspot_owner_id: owners[owner] }));
    },
    rename: (account, name) => update('companies', account, { name }),
    reassign: (account, owner) => update('companies', account, { hubspot_owner_id: owners[owner] }),
    lifecycle: (account, lifecyclestage) => update('companies', account, { lifecyclestage }),
    deal(deal, { account, name, amount, closes, owner }) {
      tick();
      const properties = { dealname: name, pipeline: 'default', dealstage: stages.qualification, amount: String(amount) };
      ids.put(deal, records.create('deals', { ...properties, closedate: midnight(closes), hubspot_owner_id: owners[owner] }));
      tick();
      records.associate(['deals', ids.of(deal)], ['companies', ids.of(account)], { primary: true });
    },
    change(deal, { name, account, amount, closes, owner }) {
      if (account !== undefined) {
        tick();
        records.associate(['deals', ids.of(deal)], ['companies', ids.of(account)], { primary: true });
      }
      const properties = {
        ...(name === undefined ? {} : { dealname: name }),
        ...(amount === undefined ? {} : { amount: String(amount) }),
        ...(closes === undefined ? {} : { closedate: midnight(closes) }),
        ...(owner === undefined ? {} : { hubspot_owner_id: owners[owner] }),
      };
      if (Object.keys(properties).length > 0) update('deals', deal, properties);
    },
    move: (deal, stage) => update('deals', deal, { dealstage: pipelines[inPartners.has(deal) ? 'partners' : 'sales'].begins + stages[stage] }),
    transfer(deal, pipeline, stage) {
      if (pipeline === 'partners') inPartners.add(deal);
      else inPartners.delete(deal);
      const { id, begins } = pipelines[pipeline];
      update('deals', deal, { pipeline: id, dealstage: begins + stages[stage] });
    },
    person(person, { account, name, title, role }) {
      tick();
      const [firstname = '', lastname = ''] = name.split(' ');
      const email = `${firstname.toLowerCase()}@${person}.example`;
      const properties = { firstname, lastname, email, jobtitle: title, ...(role === undefined ? {} : { hs_buying_role: roles[role] }) };
      ids.put(person, records.create('contacts', properties));
      tick();
      records.associate(['contacts', ids.of(person)], ['companies', ids.of(account)], { primary: true });
    },
    promote: (person, title) => update('contacts', person, { jobtitle: title }),
    give: (person, role) => update('contacts', person, { hs_buying_role: role === null ? '' : roles[role] }),
    address: (person, email) => update('contacts', person, { email }),
    employ(person, account) {
      tick();
      records.associate(['contacts', ids.of(person)], ['companies', ids.of(account)], { primary: true });
    },
    join(person, deal) {
      tick();
      records.associate(['deals', ids.of(deal)], ['contacts', ids.of(person)]);
    },
    leave(person, deal) {
      tick();
      records.dissociate(['deals', ids.of(deal)], ['contacts', ids.of(person)]);
    },
    talk(deal, people, what, who) {
      const properties = {
        call: { hs_call_direction: who === 'them' ? 'INBOUND' : 'OUTBOUND' },
        email: { hs_email_direction: who === 'them' ? 'INCOMING_EMAIL' : 'EMAIL' },
        meeting: { hs_meeting_outcome: who === 'them' ? 'COMPLETED' : 'NO_SHOW' },
      }[what];
      const kind = `${what}s` as const;
      const id = engagement(kind, { hs_timestamp: new Date(now()).toISOString(), ...properties } as Record<string, string>, deal);
      for (const person of [people].flat()) {
        tick();
        records.associate([kind, id], ['contacts', ids.of(person)]);
      }
    },
    write(deal, people, sender) {
      const from = sender === null ? '' : (records.find('contacts', ids.of(sender))?.properties.email ?? '');
      const properties = { hs_timestamp: new Date(now()).toISOString(), hs_email_direction: 'INCOMING_EMAIL', hs_email_from_email: from };
      const id = engagement('emails', properties, deal);
      for (const person of people) {
        tick();
        records.associate(['emails', id], ['contacts', ids.of(person)]);
      }
    },
    plan(step, { deal, what, on }) {
      const hs_timestamp = `${on}T10:00:00Z`;
      const kind = what === 'call' ? 'tasks' : 'meetings';
      steps.set(step, kind);
      const properties =
        kind === 'tasks' ? { hs_timestamp, hs_task_type: 'CALL', hs_task_status: 'NOT_STARTED' } : { hs_timestamp, hs_meeting_outcome: 'SCHEDULED' };
      ids.put(step, engagement(kind, properties as Record<string, string>, deal));
    },
    reschedule: (step, on) => update(steps.get(step) ?? 'tasks', step, { hs_timestamp: `${on}T10:00:00Z` }),
    done(step) {
      const kind = steps.get(step) ?? 'tasks';
      update(kind, step, kind === 'tasks' ? { hs_task_status: 'COMPLETED' } : { hs_meeting_outcome: 'COMPLETED' });
    },
    cancel(step) {
      const kind = steps.get(step) ?? 'tasks';
      update(kind, step, kind === 'tasks' ? { hs_task_status: 'DEFERRED' } : { hs_meeting_outcome: 'CANCELED' });
    },
    mergePeople: (into, from) => merge('contacts', into, from),
    mergeAccounts: (into, from) => merge('companies', into, from),
    mergeDeals: (into, from) => merge('deals', into, from),
    speakOf: (deals, person) => {
      tick();
      const id = records.create('calls', { hs_timestamp: new Date(now()).toISOString(), hs_call_direction: 'INBOUND' });
      for (const end of [...deals.map((deal) => ['deals', ids.of(deal)] as const), ['contacts', ids.of(person)] as const]) {
        tick();
        records.associate(['calls', id], [...end]);
      }
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
      records.remove('companies', ids.of(account));
    },
    removePerson(person) {
      tick();
      records.remove('contacts', ids.of(person));
    },
  };
  const access = { HUBSPOT_ACCESS_TOKEN: hubspot.accessToken, HUBSPOT_API_URL: hubspot.url };
  const crm: CrmAtHand = {
    source: 'hubspot',
    teller,
    access,
    environment: (botUrl) => ({ ...access, PUBLIC_URL: botUrl, HUBSPOT_CLIENT_SECRET: hubspot.clientSecret }),
    send(botUrl, { seed, times = 1, lose = false } = {}) {
      const lost = lostOf(lose ? records.events.length : 0, seed ?? 1);
      records.events.splice(0, records.events.length, ...records.events.filter((_, index) => !lost.has(index)));
      return hubspot.send({
        to: `${botUrl}/webhooks/hubspot`,
        times,
        ...(seed === undefined ? {} : { order: (events) => shuffled(events, seed), batch: 17 }),
      });
    },
    origin: hubspot.url,
    close: () => hubspot.close(),
  };
  return { hubspot, crm };
}
