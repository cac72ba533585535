import type { JourneyRecord, PersonRecord } from '../../../../src/core/journey/record.ts';
import { acme, type Joined } from './joined.ts';

export const minute = 60_000;

/** Two customers in a few steps, with everything that can change. `step` is called after each. Names what it made. */
export async function story(joined: Pick<Joined, 'salesforce' | 'tick'>, step: () => Promise<void> = async () => undefined) {
  const { records } = joined.salesforce;
  const next = async (minutes = 2): Promise<void> => {
    await step();
    joined.tick(minutes * minute);
  };
  const { account, deal, priya, jo, role } = acme(joined);
  await next();
  records.update('Opportunity', deal, { StageName: 'Needs Analysis', CloseDate: '2026-11-30' });
  const call = records.create('Task', {
    WhatId: deal,
    WhoId: priya,
    TaskSubtype: 'Call',
    CallType: 'Inbound',
    Status: 'Completed',
    Subject: 'Call',
    ActivityDate: '2026-06-01',
  });
  await next(60);
  const globex = records.create('Account', { Name: 'Globex', Website: 'globex.example' });
  const renewal = records.create('Opportunity', {
    Name: 'Globex renewal',
    AccountId: globex,
    StageName: 'Prospecting',
    CloseDate: '2026-09-30',
    Amount: 900,
  });
  records.create('OpportunityContactRole', { OpportunityId: renewal, ContactId: jo, Role: 'Evaluator' });
  records.create('OpportunityContactRole', { OpportunityId: deal, ContactId: jo, Role: 'Decision Maker' });
  await next();
  const todo = records.create('Task', { WhatId: deal, Subject: 'Send contract', ActivityDate: '2026-06-10', Status: 'Open' });
  records.create('Event', { WhatId: deal, WhoId: jo, Subject: 'Demo', Type: 'Demo', StartDateTime: Date.parse('2026-06-01T10:00:00Z') });
  const meeting = records.create('Event', { WhatId: renewal, WhoId: jo, Subject: 'Kick-off', StartDateTime: Date.parse('2026-07-01T10:00:00Z') });
  await next(60 * 24 * 3);
  records.update('Opportunity', deal, { StageName: 'Negotiation/Review', Amount: 52_000 });
  records.update('Task', todo, { Status: 'Completed' });
  await next();
  records.update('Opportunity', deal, { StageName: 'Needs Analysis' });
  records.update('Opportunity', renewal, { AccountId: account });
  await next();
  records.remove('OpportunityContactRole', role);
  const twin = records.create('Contact', { LastName: 'Jo B.', Email: 'jo2@acme.example', AccountId: account });
  await next();
  records.merge('Contact', jo, twin);
  const short = records.create('Opportunity', { Name: 'Short-lived', StageName: 'Prospecting', CloseDate: '2026-08-01' });
  await next();
  records.remove('Opportunity', short);
  records.remove('Account', globex);
  records.remove('Task', call);
  await next();
  records.update('Event', meeting, { Subject: 'Kick-off in Berlin' });
  records.update('Contact', priya, { Title: 'Chief Financial Officer' });
  await next();
  records.update('Opportunity', deal, { StageName: 'Closed Won' });
  await next();
  return { account, deal, priya, jo, globex, renewal, twin, short, todo, meeting };
}

/**
 * Records as they count in the end. Of one that is deleted, only that it is; whoever was told more of it before remembers more. (Addresses differ
 * only because each local Salesforce has a port of its own.)
 */
export const seen = (joined: Joined, signals = joined.signals): Record<string, unknown> =>
  Object.fromEntries(
    [...joined.records(signals)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, record]) => [key, record.deletedAt === null ? present(record) : { deletedAt: record.deletedAt }]),
  );

/** What the CRM used to say of roles, only whoever was there has heard: it counts against what somebody sets in Slack, and for nothing else. */
const present = ({ url: _, ...record }: JourneyRecord): object => {
  const { rolesSaid: __, ...rest } = record as Partial<PersonRecord>;
  return rest;
};
