import type { Account } from './account.ts';
import type { Ledger } from './ledger.ts';

/** How long a new customer is being helped to start, in working days. */
const onboardingDays = 25;

/** The account after its deal was won, on day `won` (working days ago): looked after about once a month until day `until`. */
export function addCustomerLife(ledger: Ledger, account: Account, { won, until }: { won: number; until: number }): void {
  const { office, random } = ledger;
  const become = (lifecycleStage: string, day: number): void =>
    ledger.say(account.id, office.ago(day, 475), { type: 'account.upserted', account: { id: account.id, lifecycleStage } });
  become('onboarding', won);
  if (won > onboardingDays) become('customer', won - onboardingDays);
  for (let day = won - 3; day >= until; day -= day > won - onboardingDays ? random.between(4, 7) : random.between(15, 22))
    checkIn(ledger, account, day);
  if (won - 10 < until) return;
  ledger.say(account.id, office.ago(won - 10, 300), { type: 'milestone.completed', milestone: { accountId: account.id, name: 'kick_off' } });
  ledger.say(account.id, office.ago(Math.max(until, won - 30), 200), {
    type: 'metric.recorded',
    metric: { accountId: account.id, name: 'nps', value: random.between(7, 10) },
  });
}

/** They report, we answer: about the account, not about a deal. */
function checkIn(ledger: Ledger, account: Account, day: number): void {
  const { office, random } = ledger;
  const member = random.pick(account.people);
  const minutes = random.between(30, 240);
  const touch = (direction: 'inbound' | 'outbound', type: string, channel: string, at: number): void =>
    ledger.say(account.id, office.ago(day, at), {
      type: 'touchpoint.recorded',
      touchpoint: { accountId: account.id, personId: member.id, type, channel, direction },
    });
  touch('inbound', random.pick(['email', 'training', 'business_review']), 'video', minutes);
  touch('outbound', 'email', 'email', minutes + random.between(30, 120));
}
