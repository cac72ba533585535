import type { CardLine } from '../../../core/delivery.ts';
import { bold, join, type Mrkdwn, md, named } from './escape.ts';
import { day, money } from './words.ts';

/** One journey in one line: `Acme rollout · Acme GmbH · €48,000: Stalled in Decision since Nov 3 · 👀 taken`. Who has it stands on the card: nobody is mentioned here. */
export function journeyLine({ name, url, accountName, headline, since, amount, standing }: CardLine): Mrkdwn {
  const parts = [bold(named(name, url))];
  // Most deals are called after their account.
  if (accountName !== null && !name.toLowerCase().includes(accountName.toLowerCase())) parts.push(md`${accountName}`);
  if (amount !== null) parts.push(md`${money(amount)}`);
  const said = md`• ${join(parts, ' · ')}: ${headline} ${day(since, 'since ')}`;
  return standing === undefined ? said : md`${said} · ${standingWords[standing]}`;
}

const standingWords = { taken: '👀 taken', snoozed: '💤 snoozed' } as const;
