import type { Fields } from '../../salesforce/salesforce-records.ts';
import type { ObjectName } from '../../salesforce/schema.ts';
import { startSalesforce } from '../../salesforce/start-salesforce.ts';
import { shuffled } from '../../shuffled.ts';
import { lostOf, names, type OpenCrm, type Stage, type Teller } from './teller.ts';

const stages: Record<Stage, string> = {
  qualification: 'Prospecting',
  consideration: 'Value Proposition',
  proposal: 'Proposal/Price Quote',
  decision: 'Negotiation/Review',
  won: 'Closed Won',
  lost: 'Closed Lost',
  mystery: 'Mystery',
};
const roles = { economic_buyer: 'Economic Buyer', champion: 'Champion' };
const secret = 'a-long-word-of-our-own';

export const openSalesforce: OpenCrm = async ({ now, tick }) => {
  const salesforce = await startSalesforce({ now, withRecordTypes: true });
  const { records, users } = salesforce;
  records.track('Type');
  // Shared Activities are on: tasks tell, too, who else was there.
  salesforce.weather.hidden = [];
  const ids = names<string>();
  const people = new Map<string, { account: string; role?: string }>();
  const places = new Map<string, string>();
  const steps = new Map<string, 'Task' | 'Event'>();
  const create = (object: ObjectName, fields: Fields): string => {
    tick();
    return records.create(object, fields);
  };
  const update = (object: ObjectName, name: string, fields: Fields): void => {
    tick();
    records.update(object, ids.of(name), fields);
  };
  const today = (): string => new Date(now()).toISOString().slice(0, 10);
  const teller: Teller = {
    account: (account, { name, owner, domain }) =>
      ids.put(account, create('Account', { Name: name, OwnerId: users[owner], ...(domain === undefined ? {} : { Website: domain }) })),
    rename: (account, name) => update('Account', account, { Name: name }),
    reassign: (account, owner) => update('Account', account, { OwnerId: users[owner] }),
    lifecycle: (account, stage) => update('Account', account, { Type: stage }),
    deal(deal, { account, name, amount, closes, owner }) {
      const fields = { Name: name, AccountId: ids.of(account), StageName: stages.qualification, Amount: amount, CloseDate: closes };
      ids.put(deal, create('Opportunity', { ...fields, OwnerId: users[owner] }));
    },
    change(deal, { name, account, amount, closes, owner }) {
      update('Opportunity', deal, {
        ...(name === undefined ? {} : { Name: name }),
        ...(account === undefined ? {} : { AccountId: ids.of(account) }),
        ...(amount === undefined ? {} : { Amount: amount }),
        ...(closes === undefined ? {} : { CloseDate: closes }),
        ...(owner === undefined ? {} : { OwnerId: users[owner] }),
      });
    },
    move: (deal, stage) => update('Opportunity', deal, { StageName: stages[stage] }),
    transfer(deal, pipeline, stage) {
      const [sales, partners] = salesforce.recordTypes;
      update('Opportunity', deal, { RecordTypeId: (pipeline === 'sales' ? sales : partners)?.id ?? null, StageName: stages[stage] });
    },
    person(person, { account, name, title, role }) {
      const [FirstName = '', LastName = ''] = name.split(' ');
      const Email = `${FirstName.toLowerCase()}@${person}.example`;
      ids.put(person, create('Contact', { FirstName, LastName, Title: title, Email, AccountId: ids.of(account) }));
      people.set(person, { account, ...(role === undefined ? {} : { role: roles[role] }) });
    },
    promote: (person, title) => update('Contact', person, { Title: title }),
    give(person, role) {
      for (const [place, id] of places) {
        if (!place.startsWith(`${person}>`) || records.find('OpportunityContactRole', id)?.IsDeleted !== false) continue;
        tick();
        records.update('OpportunityContactRole', id, { Role: role === null ? null : roles[role] });
      }
    },
    address: (person, email) => update('Contact', person, { Email: email }),
    employ: (person, account) => update('Contact', person, { AccountId: ids.of(account) }),
    join(person, deal) {
      const role = people.get(person)?.role;
      const fields = { OpportunityId: ids.of(deal), ContactId: ids.of(person), ...(role === undefined ? {} : { Role: role }) };
      places.set(`${person}>${deal}`, create('OpportunityContactRole', fields));
    },
    leave(person, deal) {
      tick();
      records.remove('OpportunityContactRole', places.get(`${person}>${deal}`) ?? '');
    },
    talk(deal, people, what, who) {
      const [person = '', ...others] = [people].flat();
      const about = { WhatId: ids.of(deal), WhoId: ids.of(person), Subject: what, OwnerId: who === 'us' ? users.omar : users.dana };
      if (what === 'meeting') {
        const EventId = create('Event', { ...about, StartDateTime: Math.floor(now() / 1000) * 1000 });
        for (const other of others) records.put('EventRelation', { EventId, RelationId: ids.of(other) });
        return;
      }
      const kind = what === 'call' ? { TaskSubtype: 'Call', CallType: who === 'them' ? 'Inbound' : 'Outbound' } : { TaskSubtype: 'Email' };
      tick();
      const id = records.create('Task', { ...about, ...kind, Status: 'Completed', ActivityDate: today() });
      for (const other of others) records.put('TaskRelation', { TaskId: id, RelationId: ids.of(other) });
      if (what === 'email') records.put('EmailMessage', { ActivityId: id, Incoming: who === 'them', FromAddress: 'somebody@acme.example' });
    },
    write: (deal, people) => teller.talk(deal, people, 'email', 'them'),
    plan(step, { deal, what, on }) {
      const object = what === 'call' ? 'Task' : 'Event';
      steps.set(step, object);
      const about = { WhatId: ids.of(deal), Subject: what, ActivityDate: on };
      ids.put(
        step,
        create(object, object === 'Task' ? { ...about, Status: 'Not Started' } : { ...about, StartDateTime: Date.parse(`${on}T10:00:00Z`) }),
      );
    },
    reschedule(step, on) {
      const object = steps.get(step) ?? 'Task';
      update(object, step, { ActivityDate: on, ...(object === 'Event' ? { StartDateTime: Date.parse(`${on}T10:00:00Z`) } : {}) });
    },
    done(step) {
      // Nobody closes a meeting in Salesforce: it is over when it is over.
      if (steps.get(step) === 'Task') update('Task', step, { Status: 'Completed' });
    },
    cancel(step) {
      tick();
      records.remove(steps.get(step) ?? 'Task', ids.of(step));
    },
    mergePeople(into, from) {
      tick();
      records.merge('Contact', ids.of(into), ids.of(from));
      for (const [place, id] of [...places]) if (place.startsWith(`${from}>`)) places.set(place.replace(from, into), id);
    },
    mergeAccounts(into, from) {
      tick();
      records.merge('Account', ids.of(into), ids.of(from));
    },
    removeDeal(deal) {
      tick();
      records.remove('Opportunity', ids.of(deal));
    },
    restoreDeal(deal) {
      tick();
      records.undelete('Opportunity', ids.of(deal));
    },
    removePerson(person) {
      tick();
      records.remove('Contact', ids.of(person));
    },
  };
  const access = {
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_CLIENT_ID: salesforce.clientId,
    SALESFORCE_CLIENT_SECRET: salesforce.clientSecret,
  };
  return {
    source: 'salesforce',
    teller,
    access,
    environment: () => ({ ...access, SALESFORCE_WEBHOOK_SECRET: secret, SALESFORCE_ORGANIZATION_ID: salesforce.organizationId }),
    send(botUrl, { seed, times = 1, lose = false } = {}) {
      const lost = lostOf(lose ? salesforce.messages.waiting() : 0, seed ?? 1);
      let index = -1;
      return salesforce.messages.send({
        to: `${botUrl}/webhooks/salesforce/${secret}`,
        times,
        ...(seed === undefined ? {} : { order: (all) => shuffled(all, seed), batch: 17 }),
        lose() {
          index += 1;
          return lost.has(index);
        },
      });
    },
    origin: salesforce.url,
    close: () => salesforce.close(),
  };
};
