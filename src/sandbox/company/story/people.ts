import { type Account, addAccount, analyst, memberIn, type Seat, type SeatKey, seats, wholeCommittee } from '../account.ts';
import { addDeal } from '../deal.ts';
import type { Ledger } from '../ledger.ts';
import { type StoryDeal, storyDeal } from './story-journey.ts';

/** Nobody who can sign: four friendly people, none with the money, and one of whom nobody knows what they are. */
export function addMissingBuyer(ledger: Ledger): StoryDeal {
  const account = smallAccount(ledger, 'Imaginary Insurance', 'theo@us.example', [...seats('champion', 'architect', 'user', 'legal'), analyst], {
    champion: 'Lotte Brandt',
    analyst: 'Sunil Mehta',
  });
  const deal = addDeal(ledger, {
    account,
    project: 'claims desk',
    amount: 48_500,
    path: [
      ['appointmentscheduled', 48],
      ['qualifiedtobuy', 42],
      ['presentationscheduled', 33],
      ['decisionmakerboughtin', 22],
      ['contractsent', 9],
    ],
    closeDate: ledger.office.ahead(15),
  });
  deal.talk({ from: 48, to: 1, every: 2, with: account.people });
  for (const [index, member] of account.people.entries()) deal.exchange(member, 1 + (index % 4));
  return storyDeal(deal, {
    rule: 'missing-role',
    says: /No economic buyer/i,
    because: 'the contract is out and nobody with a budget has ever been in the room',
  });
}

/** The champion, always the first to answer, says nothing for three weeks. Her colleagues go on. */
export function addSilentChampion(ledger: Ledger): StoryDeal {
  const account = smallAccount(ledger, 'Sample Steel', 'dana@us.example', wholeCommittee, { champion: 'Nora Vance' });
  const champion = memberIn(account, 'champion');
  const others = account.people.filter((member) => member !== champion);
  const deal = addDeal(ledger, {
    account,
    project: 'quality portal',
    amount: 46_000,
    path: [
      ['appointmentscheduled', 40],
      ['qualifiedtobuy', 32],
      ['presentationscheduled', 20],
      ['decisionmakerboughtin', 8],
    ],
    closeDate: ledger.office.ahead(25),
  });
  deal.talk({ from: 40, to: 18, every: 2, with: [champion, ...others.slice(0, 3)] });
  deal.exchange(champion, 17);
  deal.talk({ from: 16, to: 5, every: 2, with: others });
  for (const [index, member] of others.entries()) deal.exchange(member, 1 + (index % 4));
  return storyDeal(deal, {
    rule: 'silent-role',
    says: /Nora Vance.*gone silent/,
    because: 'the champion was always the first to answer, and has said nothing for three weeks',
  });
}

/** Five people were there at the start; for two months only one of them talks to us. */
export function addSingleThreaded(ledger: Ledger): StoryDeal {
  const account = smallAccount(ledger, 'Pretend Pumps', 'theo@us.example', seats('champion', 'architect', 'user', 'procurement'), {
    champion: 'Ruben Adeyemi',
  });
  const champion = memberIn(account, 'champion');
  const deal = addDeal(ledger, {
    account,
    project: 'spare-parts shop',
    amount: 28_000,
    path: [
      ['appointmentscheduled', 52],
      ['qualifiedtobuy', 45],
      ['presentationscheduled', 18],
    ],
    closeDate: ledger.office.ahead(35),
  });
  deal.talk({ from: 52, to: 40, every: 2, with: account.people });
  deal.talk({ from: 38, to: 2, every: 3, with: [champion] });
  deal.inbound(champion, 14, { type: 'meeting', channel: 'video', asset: 'demo', sentiment: 1 }, 60);
  deal.exchange(champion, 1);
  return storyDeal(deal, { rule: 'single-threaded', says: /Only Ruben Adeyemi is active/, because: 'everything hangs on one person' });
}

/** A good demo, then four attempts and no answer. */
export function addGhosted(ledger: Ledger): StoryDeal {
  const account = smallAccount(ledger, 'Mirage Media', 'ines@us.example', seats('champion', 'architect', 'user', 'buyer'), {
    champion: 'Jolie Sandoval',
  });
  const champion = memberIn(account, 'champion');
  const deal = addDeal(ledger, {
    account,
    project: 'reporting suite',
    amount: 21_500,
    path: [
      ['appointmentscheduled', 24],
      ['qualifiedtobuy', 12],
      ['presentationscheduled', 9],
    ],
    closeDate: ledger.office.ahead(30),
  });
  deal.talk({ from: 24, to: 11, every: 2, with: account.people });
  for (const member of account.people) deal.exchange(member, 9);
  deal.inbound(champion, 8, { type: 'meeting', channel: 'video', asset: 'demo', sentiment: 2 }, 60);
  deal.outbound(champion, 8, { type: 'email', channel: 'email', asset: 'summary of the demo' });
  deal.outbound(champion, 6, { type: 'call', channel: 'phone' });
  deal.outbound(memberIn(account, 'user'), 4, { type: 'email', channel: 'email' });
  deal.outbound(champion, 1, { type: 'email', channel: 'email' });
  return storyDeal(deal, { rule: 'ghosted', says: /No answer to our last/, because: 'a good demo, then four attempts and not a word' });
}

function smallAccount(
  ledger: Ledger,
  name: string,
  ownerEmail: string,
  committee: readonly Seat[],
  named: Partial<Record<SeatKey, string>>,
): Account {
  return addAccount(ledger, { name, segment: 'mid-market', ownerEmail, since: 60, committee, named });
}
