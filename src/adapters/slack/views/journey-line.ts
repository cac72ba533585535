import type { CardLine } from '../../../core/delivery.ts';
import { bold, join, type Mrkdwn, md, named } from './escape.ts';
import { day, money } from './words.ts';

/** One journey in one line: `Acme rollout · Acme GmbH · €48,000: Stalled in Decision since Nov 3`. */
export function journeyLine({ name, url, accountName, headline, since, amount }: CardLine): Mrkdwn {
  const parts = [bold(named(name, url))];
  if (accountName !== null && accountName !== name) parts.push(md`${accountName}`);
  if (amount !== null) parts.push(md`${money(amount)}`);
  return md`• ${join(parts, ' · ')}: ${headline} ${day(since, 'since ')}`;
}
