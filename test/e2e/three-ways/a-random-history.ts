import { dayMs, hourMs } from '../../../src/core/time.ts';
import { randomBy } from '../../random-by.ts';
import type { Owner, Pipeline, Stage } from './teller.ts';
import { beginning, type Happening, today } from './the-history.ts';

type Deal = { name: string; account: string; pipeline: Pipeline; gone: boolean; talked: boolean };
type Person = { name: string; account: string; on: Set<string> };
const stages: readonly Stage[] = ['qualification', 'consideration', 'proposal', 'decision', 'won', 'lost'];
const owners: readonly Owner[] = ['dana', 'omar'];
const roles = ['economic_buyer', 'champion', null] as const;
const happeningsInAll = 130;

/**
 * Four months of a few customers in which anything happens to anybody, as people work in a CRM: decided, taken back, corrected, moved, merged, deleted and
 * restored. The same number tells the same history. `also`: what is done to deals besides.
 */
export function aRandomHistory(seed: number, also: readonly ('transfer' | 'mergeDeals')[] = []): Happening[] {
  const draw = randomBy(seed);
  const one = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(draw() * items.length)];
  const happenings: Happening[] = [];
  let at = beginning;
  /** What is drawn is drawn before: when it is told, only its values count. */
  const then = (tell: Happening['tell']): void => void happenings.push({ at, tell });
  const dayAhead = (days: number): string => new Date(at + Math.round(days) * dayMs).toISOString().slice(0, 10);
  const owner = (): Owner => one(owners) ?? 'dana';

  const accounts: string[] = [];
  const withLifecycle = new Set<string>();
  const people: Person[] = [];
  const deals: Deal[] = [];
  const steps: { name: string; deal: string; on: string }[] = [];
  let last = 0;
  const named = (prefix: string): string => {
    last += 1;
    return `${prefix}${last}`;
  };
  const isThere = ({ gone }: Deal): boolean => !gone;
  const dealAt = (): Deal | undefined => one(deals.filter(isThere));
  const stepAt = (isMeant: (step: (typeof steps)[number]) => boolean) =>
    one(steps.filter((step) => deals.some(({ name, gone }) => name === step.deal && !gone) && isMeant(step)));
  const colleagues = (deal: Deal): Person[] => people.filter(({ account }) => account === deal.account);

  const tidies: Record<string, () => void> = {
    transfer() {
      const [deal, stage] = [dealAt(), one(stages.slice(0, 4))];
      if (deal === undefined || stage === undefined) return;
      deal.pipeline = deal.pipeline === 'sales' ? 'partners' : 'sales';
      const { pipeline } = deal;
      then((to) => to.transfer(deal.name, pipeline, stage));
    },
    mergeDeals() {
      const [into, from] = [dealAt(), dealAt()];
      if (into === undefined || from === undefined || into === from) return;
      deals.splice(deals.indexOf(from), 1);
      into.talked ||= from.talked;
      for (const step of steps) if (step.deal === from.name) step.deal = into.name;
      for (const { on } of people) if (on.delete(from.name)) on.add(into.name);
      then((to) => to.mergeDeals?.(into.name, from.name));
    },
  };
  const happens: Record<string, () => void> = {
    account() {
      const account = named('a');
      accounts.push(account);
      const fields = { name: `Customer ${account}`, owner: owner(), ...(draw() < 0.5 ? { domain: `${account}.example` } : {}) };
      then((to) => to.account(account, fields));
    },
    person() {
      const [account, name, role] = [one(accounts), named('p'), one(roles)];
      if (account === undefined) return;
      people.push({ name, account, on: new Set() });
      const title = one(['CFO', 'Engineer', 'Head of IT']) ?? '';
      then((to) => to.person(name, { account, name: `Kim ${name}`, title, ...(role == null ? {} : { role }) }));
    },
    deal() {
      const [account, name] = [one(accounts), named('d')];
      if (account === undefined) return;
      deals.push({ name, account, pipeline: 'sales', gone: false, talked: false });
      const fields = { account, name: `Deal ${name}`, amount: 1000 + Math.floor(draw() * 90) * 1000, closes: dayAhead(draw() * 90), owner: owner() };
      then((to) => to.deal(name, fields));
    },
    join() {
      const deal = dealAt();
      const person = deal === undefined ? undefined : one(people);
      if (deal === undefined || person === undefined || person.on.has(deal.name)) return;
      person.on.add(deal.name);
      then((to) => to.join(person.name, deal.name));
    },
    leave() {
      const person = one(people.filter(({ on }) => on.size > 0));
      const deal = one(deals.filter(({ name, gone }) => !gone && person?.on.has(name)));
      if (person === undefined || deal === undefined) return;
      person.on.delete(deal.name);
      then((to) => to.leave(person.name, deal.name));
    },
    move() {
      const [deal, stage] = [dealAt(), one(stages)];
      if (deal !== undefined && stage !== undefined) then((to) => to.move(deal.name, stage));
    },
    change() {
      const deal = dealAt();
      const change = one([
        { amount: Math.floor(draw() * 100_000) },
        { closes: dayAhead(draw() * 120 - 20) },
        { owner: owner() },
        { name: `Renamed ${named('r')}` },
      ]);
      if (deal !== undefined && change !== undefined) then((to) => to.change(deal.name, change));
    },
    toAnotherAccount() {
      const [deal, account] = [dealAt(), one(accounts)];
      if (deal === undefined || account === undefined || account === deal.account) return;
      deal.account = account;
      then((to) => to.change(deal.name, { account }));
    },
    talk() {
      const deal = dealAt();
      const some = deal === undefined ? [] : colleagues(deal).filter(() => draw() < 0.6);
      const [what, who] = [one(['call', 'email', 'meeting'] as const), one(['them', 'us'] as const)];
      if (deal === undefined || some.length === 0 || what === undefined || who === undefined) return;
      deal.talked = true;
      then((to) =>
        to.talk(
          deal.name,
          some.map(({ name }) => name),
          what,
          who,
        ),
      );
    },
    write() {
      const deal = dealAt();
      const some = deal === undefined ? [] : colleagues(deal);
      const [sender, isSigned] = [one(some), draw() < 0.7];
      if (deal === undefined || sender === undefined) return;
      deal.talked = true;
      then((to) =>
        to.write(
          deal.name,
          some.map(({ name }) => name),
          isSigned ? sender.name : null,
        ),
      );
    },
    plan() {
      const [deal, step, what] = [dealAt(), named('s'), one(['call', 'meeting'] as const)];
      if (deal === undefined || what === undefined) return;
      const fields = { deal: deal.name, what, on: dayAhead(2 + draw() * 30) };
      steps.push({ name: step, ...fields });
      then((to) => to.plan(step, fields));
    },
    // What has begun has taken place for whoever looked then.
    reschedule() {
      const [step, on] = [stepAt(({ on }) => on > dayAhead(1)), dayAhead(2 + draw() * 40)];
      if (step === undefined) return;
      step.on = on;
      then((to) => to.reschedule(step.name, on));
    },
    cancel() {
      const step = stepAt(({ on }) => on > dayAhead(1));
      if (step === undefined) return;
      steps.splice(steps.indexOf(step), 1);
      then((to) => to.cancel(step.name));
    },
    done() {
      const step = stepAt(() => true);
      if (step === undefined) return;
      steps.splice(steps.indexOf(step), 1);
      then((to) => to.done(step.name));
    },
    promote() {
      const [person, title] = [one(people), one(['VP', 'CTO', 'Buyer'])];
      if (person !== undefined && title !== undefined) then((to) => to.promote(person.name, title));
    },
    give() {
      const [person, role] = [one(people), one(roles)];
      if (person !== undefined && role !== undefined) then((to) => to.give(person.name, role));
    },
    address() {
      const [person, host] = [one(people), named('elsewhere')];
      if (person !== undefined) then((to) => to.address(person.name, `${person.name}@${host}.example`));
    },
    employ() {
      const [person, account] = [one(people), one(accounts)];
      if (person === undefined || account === undefined || person.account === account) return;
      person.account = account;
      then((to) => to.employ(person.name, account));
    },
    rename() {
      const [account, name] = [one(accounts), named('Renamed ')];
      if (account !== undefined) then((to) => to.rename(account, name));
    },
    reassign() {
      const [account, by] = [one(accounts), owner()];
      if (account !== undefined) then((to) => to.reassign(account, by));
    },
    lifecycle() {
      const [account, stage] = [one(accounts), one(['onboarding', 'customer'] as const)];
      if (account === undefined || stage === undefined) return;
      withLifecycle.add(account);
      then((to) => to.lifecycle(account, stage));
    },
    mergePeople() {
      const [into, from] = [one(people), one(people)];
      // The older one stays: since when there was the other, only whoever was there can tell.
      if (into === undefined || from === undefined || people.indexOf(into) >= people.indexOf(from)) return;
      people.splice(people.indexOf(from), 1);
      for (const deal of from.on) into.on.add(deal);
      then((to) => to.mergePeople(into.name, from.name));
    },
    mergeAccounts() {
      const [into, from] = [one(accounts), one(accounts)];
      // What stages the other was in, HubSpot and Pipedrive do not tell afterwards.
      if (from !== undefined && withLifecycle.has(from)) return;
      if (accounts.length < 3 || into === undefined || from === undefined || accounts.indexOf(into) >= accounts.indexOf(from)) return;
      accounts.splice(accounts.indexOf(from), 1);
      for (const record of [...deals, ...people]) if (record.account === from) record.account = into;
      then((to) => to.mergeAccounts(into, from));
    },
    // What was said about a deal that is gone, some CRMs tell of its people, or of nobody.
    removeDeal() {
      const deal = one(deals.filter(({ gone, talked }) => !gone && !talked));
      if (deal === undefined) return;
      deal.gone = true;
      then((to) => to.removeDeal(deal.name));
    },
    restoreDeal() {
      const deal = one(deals.filter(({ gone }) => gone));
      if (deal === undefined) return;
      deal.gone = false;
      then((to) => to.restoreDeal(deal.name));
    },
    removePerson() {
      const person = one(people);
      if (person === undefined) return;
      people.splice(people.indexOf(person), 1);
      then((to) => to.removePerson(person.name));
    },
  };
  for (const kind of ['account', 'account', 'account', 'account', 'person', 'person', 'person', 'person', 'person', 'deal', 'deal', 'deal'])
    happens[kind]?.();
  const often = ['talk', 'talk', 'talk', 'write', 'write', 'move', 'move', 'move', 'join', 'change', 'plan', 'person', 'deal'];
  const kinds = [...Object.keys(happens), ...often, ...also.flatMap((kind) => [kind, kind, 'deal'])];
  const gap = (today - beginning - dayMs) / happeningsInAll;
  for (let count = 0; count < happeningsInAll; count += 1) {
    at += Math.round(Math.max(hourMs * 0.2, gap * (0.4 + draw() * 1.2)));
    if (at < today - hourMs) ({ ...happens, ...tidies })[one(kinds) ?? '']?.();
  }
  return happenings;
}
