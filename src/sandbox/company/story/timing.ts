import { addAccount, memberIn, wholeCommittee } from '../account.ts';
import { addDeal, type Deal } from '../deal.ts';
import type { Ledger } from '../ledger.ts';
import type { CrmStage } from '../wire-signal.ts';
import { type StoryDeal, storyDeal } from './story-deal.ts';

/** Asked two days ago whether the offer covers a second site. Nobody answered. */
export function addWaitingCustomer(ledger: Ledger): StoryDeal {
  const deal = livelyDeal(ledger, {
    name: 'Placeholder Pharma',
    ownerEmail: 'theo@us.example',
    project: 'order desk',
    amount: 39_000,
    stages: ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled'],
    champion: 'Hedda Blum',
    lastTalk: 3,
  });
  deal.inbound(memberIn(deal.account, 'champion'), 2, { type: 'question', channel: 'email', asset: 'offer' }, 105);
  return storyDeal(deal, { rule: 'response-gap', says: /Hedda Blum is waiting for an answer/, because: 'she asked about the offer two days ago and nobody answered' });
}

/** The contract was out; since two days it is back to presentations. The name is what people type into CRMs. */
export function addBackwards(ledger: Ledger): StoryDeal {
  const deal = livelyDeal(ledger, {
    name: 'Faux Freight',
    ownerEmail: 'dana@us.example',
    project: 'pilot',
    dealName: 'Faux Freight R&D <Pilot> & rollout',
    amount: 33_000,
    stages: ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent', 'presentationscheduled'],
    champion: 'Emil Raskin',
  });
  return storyDeal(deal, { rule: 'stage-regression', says: /Moved back from/, because: 'the contract was out, and now they want to see the product again' });
}

/** The close date is past because nobody kept it up: a false alarm, as the customer has said the end of the month. */
export function addOverdueCloseDate(ledger: Ledger): StoryDeal {
  const deal = livelyDeal(ledger, {
    name: 'Fictiva Foods',
    ownerEmail: 'ines@us.example',
    project: 'warehouse scanners',
    amount: 44_000,
    stages: [...toContract],
    champion: 'Marisol Quint',
    closeDate: ledger.office.dayAgo(2),
  });
  return storyDeal(deal, { rule: 'close-date', says: /Close date is past/, because: 'the close date in the CRM is past and the deal is open' });
}

/** Always "next month": pushed three times. */
export function addPushedCloseDate(ledger: Ledger): StoryDeal {
  const { office } = ledger;
  const deal = livelyDeal(ledger, {
    name: 'Hypothetical Hotels',
    ownerEmail: 'ines@us.example',
    project: 'booking engine',
    amount: 47_500,
    stages: [...toContract],
    champion: 'Goran Petrosyan',
    closeDate: office.dayAgo(20),
  });
  deal.closeDate(office.dayAgo(12), 22);
  deal.closeDate(office.dayAgo(3), 13);
  deal.closeDate(office.ahead(11), 4);
  return storyDeal(deal, { rule: 'close-date', says: /Close date pushed 3 times/, because: 'it was going to be signed "next month" three times in a row' });
}

/** Everything right: whom it needs, in time, won. Nobody hears of it. */
export function addHealthyWin(ledger: Ledger): void {
  livelyDeal(ledger, {
    name: 'Madeup Motors',
    ownerEmail: 'dana@us.example',
    project: 'fleet tracking',
    amount: 72_000,
    stages: [...toContract, 'closedwon'],
    champion: 'Ylva Strand',
  });
}

/** Goes well, until the last scene. */
export function addSoonBackwards(ledger: Ledger): Deal {
  return livelyDeal(ledger, {
    name: 'Noplace Networks',
    ownerEmail: 'theo@us.example',
    project: 'data room',
    amount: 41_000,
    stages: [...toContract],
    champion: 'Ada Fontaine',
  });
}

const toContract = ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent'] as const;

type LivelyDraft = {
  name: string;
  ownerEmail: string;
  project: string;
  dealName?: string;
  amount: number;
  stages: readonly CrmStage[];
  champion: string;
  /** Default: in the future. */
  closeDate?: string;
  /** The last days of conversation end here. */
  lastTalk?: number;
};

/** Eight working days a stage, the last one entered two days ago, with everybody there and talking. */
function livelyDeal(ledger: Ledger, { lastTalk = 1, ...draft }: LivelyDraft): Deal {
  const { office } = ledger;
  const path = draft.stages.map((stage, index): [CrmStage, number] => [stage, 2 + 8 * (draft.stages.length - 1 - index)]);
  const start = path[0]?.[1] ?? 2;
  const account = addAccount(ledger, {
    name: draft.name,
    segment: 'mid-market',
    ownerEmail: draft.ownerEmail,
    lifecycleStage: 'opportunity',
    since: start + 2,
    committee: wholeCommittee,
    named: { champion: draft.champion },
  });
  const deal = addDeal(ledger, {
    account,
    project: draft.project,
    ...(draft.dealName === undefined ? {} : { name: draft.dealName }),
    amount: draft.amount,
    path,
    closeDate: draft.closeDate ?? office.ahead(20),
  });
  deal.talk({ from: start, to: lastTalk + 4, every: 2, with: account.people });
  for (const [index, member] of account.people.entries()) deal.exchange(member, lastTalk + (index % 4));
  return deal;
}
