import { addAccount, memberIn, wholeCommittee } from '../account.ts';
import { addDeal } from '../deal.ts';
import type { Ledger } from '../ledger.ts';
import { type StoryDeal, storyDeal } from './story-journey.ts';

/**
 * Acme is everybody's big deal: 180,000 a year, everyone is friendly, calls go on, and nothing has moved for weeks. It has a second
 * journey, a small one that goes well.
 */
export function addAcme(ledger: Ledger): StoryDeal {
  const { office } = ledger;
  const account = addAccount(ledger, {
    name: 'Acme',
    segment: 'enterprise',
    ownerEmail: 'dana@us.example',
    since: 96,
    committee: wholeCommittee,
    named: { champion: 'Priya Nair', buyer: 'Oskar Lund', architect: 'Tess Quill', director: 'Bruno Falk' },
  });
  const rollout = addDeal(ledger, {
    account,
    project: 'rollout',
    amount: 180_000,
    path: [
      ['appointmentscheduled', 95],
      ['qualifiedtobuy', 86],
      ['presentationscheduled', 74],
      ['decisionmakerboughtin', 62],
      ['contractsent', 48],
    ],
    closeDate: office.ahead(12),
  });
  rollout.talk({ from: 95, to: 5, every: 3, with: account.people });
  for (const [index, member] of account.people.entries()) rollout.exchange(member, 1 + (index % 4));

  const champion = memberIn(account, 'champion');
  rollout.inbound(champion, 1, { type: 'call', channel: 'phone', sentiment: 1 }, 300);
  rollout.outbound(champion, 1, { type: 'email', channel: 'email' }, 380);

  const addOn = addDeal(ledger, {
    account,
    project: 'training hub',
    amount: 12_000,
    path: [
      ['appointmentscheduled', 9],
      ['qualifiedtobuy', 3],
    ],
    closeDate: office.ahead(40),
  });
  addOn.talk({ from: 9, to: 1, every: 2, with: [memberIn(account, 'user'), champion] });
  addOn.nextStep('Show the courses to the team leads', office.ahead(4), 1);

  return storyDeal(rollout, {
    rule: 'stalled',
    says: /Stalled in/,
    because: 'the contract has been out for weeks, everybody is friendly, nothing moves',
  });
}
