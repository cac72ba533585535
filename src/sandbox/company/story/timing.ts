import { memberIn } from '../account.ts';
import type { Deal } from '../deal.ts';
import type { Ledger } from '../ledger.ts';
import { livelyDeal, toContract } from './lively-deal.ts';
import { type StoryDeal, storyDeal } from './story-journey.ts';

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
  return storyDeal(deal, {
    rule: 'response-gap',
    says: /Hedda Blum is waiting for an answer/,
    because: 'she asked about the offer two days ago and nobody answered',
  });
}

/** The contract was out; since two days it is back at the start. The name is what people type into CRMs. */
export function addBackwards(ledger: Ledger): StoryDeal {
  const deal = livelyDeal(ledger, {
    name: 'Faux Freight',
    ownerEmail: 'dana@us.example',
    project: 'pilot',
    dealName: 'Faux Freight R&D <Pilot> & rollout',
    amount: 33_000,
    stages: ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent', 'qualifiedtobuy'],
    champion: 'Emil Raskin',
  });
  return storyDeal(deal, { rule: 'stage-regression', says: /Moved back from/, because: 'the contract was out, and now it is back where it started' });
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
  return storyDeal(deal, {
    rule: 'close-date',
    says: /Close date pushed 3 times/,
    because: 'it was going to be signed "next month" three times in a row',
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
