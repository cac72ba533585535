import { type Account, addAccount, memberIn, type Seat, wholeCommittee } from './account.ts';
import { addCustomerLife } from './customer.ts';
import { addDeal, type Deal } from './deal.ts';
import { inventedCompanies, inventedProjects } from './invented-names.ts';
import type { Ledger } from './ledger.ts';
import type { Calm } from './ordinary-days.ts';
import { type CrmStage, crmStages } from './wire-signal.ts';

const owners = ['dana@us.example', 'theo@us.example', 'ines@us.example'] as const;
/** Of the background accounts, those with a deal that is open now. */
const withOpenDeal = 19;
const openStages = crmStages.slice(0, 5);

/**
 * The deals that nobody needs to hear of: open ones that move in time and talk to everybody, and a year of deals won and lost. Whatever
 * the journey map says of them would be a false alarm. Returns those with whom we are still in touch.
 */
export function addBackground(ledger: Ledger): Calm[] {
  const calm: Calm[] = [];
  for (const [index, name] of inventedCompanies.entries()) {
    const isOpen = index < withOpenDeal;
    const end = ledger.random.between(isOpen ? 110 : 30, 190);
    const account = addAccount(ledger, {
      name,
      segment: index % 4 === 0 ? 'enterprise' : 'mid-market',
      ownerEmail: owners[index % owners.length] ?? owners[0],
      since: 260,
      committee: committeeOf(ledger, isOpen),
    });
    const [first = 'pilot', second = 'rollout'] = ledger.random.shuffled(inventedProjects);
    addClosedDeal(ledger, account, { project: first, end, won: index % 3 !== 2 });
    calm.push({ account });
    if (!isOpen) continue;
    const { id } = memberIn(account, 'architect');
    ledger.say(id, ledger.office.ago(250, 100), { type: 'role.assigned', role: { personId: id, role: 'technical_evaluator' } });
    const deal = addOpenDeal(ledger, account, { project: second, stage: openStages[index % openStages.length] ?? 'qualifiedtobuy' });
    calm.push({ account, dealId: deal.id });
  }
  return calm;
}

function committeeOf({ random }: Ledger, isWhole: boolean): readonly Seat[] {
  return isWhole ? wholeCommittee : wholeCommittee.slice(0, random.between(4, 6));
}

function addClosedDeal(ledger: Ledger, account: Account, { project, end, won }: { project: string; end: number; won: boolean }): void {
  const { office, random } = ledger;
  const stages: CrmStage[] = won ? [...openStages, 'closedwon'] : [...openStages.slice(0, random.between(2, 5)), 'closedlost'];
  const path = pathEndingOn(ledger, stages, end);
  const deal = addDeal(ledger, {
    account,
    project,
    amount: amountIn(ledger),
    path,
    closeDate: office.dayAgo(Math.max(1, end - random.between(0, 3))),
  });
  talkAllAlong(deal, path, end);
  if (won) addCustomerLife(ledger, account, { won: end, until: 2 });
}

function addOpenDeal(ledger: Ledger, account: Account, { project, stage }: { project: string; stage: CrmStage }): Deal {
  const { office, random } = ledger;
  const stages = crmStages.slice(0, crmStages.indexOf(stage) + 1);
  const path = pathEndingOn(ledger, stages, random.between(2, 5));
  const deal = addDeal(ledger, { account, project, amount: amountIn(ledger), path, closeDate: office.ahead(random.between(15, 60)) });
  talkAllAlong(deal, path, 6);
  // Everybody was heard from in the last days, and answered.
  for (const [index, member] of account.people.entries()) deal.exchange(member, 1 + (index % 4));
  if (random.chance(0.7)) deal.nextStep(random.pick(nextSteps), office.ahead(random.between(3, 8)), 1);
  return deal;
}

const nextSteps = ['Workshop with the users', 'Call about the offer', 'Visit to the plant', 'Review of the contract', 'Pilot results'];

/** Enters the last of the stages on day `end`, each of the others about a week before the next. */
function pathEndingOn({ random }: Ledger, stages: readonly CrmStage[], end: number): [CrmStage, number][] {
  const path: [CrmStage, number][] = [];
  let day = end;
  for (const stage of stages.toReversed()) {
    path.unshift([stage, day]);
    day += random.between(3, 6);
  }
  return path;
}

function talkAllAlong(deal: Deal, path: readonly (readonly [CrmStage, number])[], until: number): void {
  const start = path[0]?.[1] ?? until;
  deal.talk({ from: start, to: until, every: 2, with: deal.account.people });
}

/** 8,000 to 140,000, in steps of 500. */
const amountIn = ({ random }: Ledger): number => random.between(16, 280) * 500;
