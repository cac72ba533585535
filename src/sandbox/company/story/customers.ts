import { addAccount, wholeCommittee } from '../account.ts';
import { addCustomerLife } from '../customer.ts';
import { addDeal } from '../deal.ts';
import type { Ledger } from '../ledger.ts';
import { livelyDeal, toContract } from './lively-deal.ts';
import { type StoryAlert, storyAccount } from './story-journey.ts';

/** Everything right: whom it needs, in time, won. Nobody hears of it. */
export function addHealthyWin(ledger: Ledger): void {
  const { account } = livelyDeal(ledger, {
    name: 'Madeup Motors',
    ownerEmail: 'dana@us.example',
    project: 'fleet tracking',
    amount: 72_000,
    stages: [...toContract, 'closedwon'],
    champion: 'Ylva Strand',
  });
  addCustomerLife(ledger, account, { won: 2, until: 1 });
}

/** A customer for half a year, satisfied when last asked, and nobody has talked to them for a quarter. */
export function addForgottenCustomer(ledger: Ledger): StoryAlert {
  const account = addAccount(ledger, {
    name: 'Once Upon Optics',
    segment: 'mid-market',
    ownerEmail: 'ines@us.example',
    since: 216,
    committee: wholeCommittee.slice(0, 5),
  });
  const deal = addDeal(ledger, {
    account,
    project: 'training hub',
    amount: 26_000,
    path: [...toContract, 'closedwon' as const].map((stage, index) => [stage, 215 - 7 * index] as const),
    closeDate: ledger.office.dayAgo(178),
  });
  deal.talk({ from: 214, to: 181, every: 2, with: account.people });
  addCustomerLife(ledger, account, { won: 180, until: 75 });
  return storyAccount(account, { rule: 'no-activity', says: /No activity/, because: 'a customer to whom nobody has talked for a quarter' });
}
