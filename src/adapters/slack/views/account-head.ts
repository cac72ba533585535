import type { AccountSummary } from '../../../core/summary.ts';
import { bold, join, type Mrkdwn, md, named } from './escape.ts';

/** Which account it is, and whose. */
export function identityLine({ name, url, domain, ownerEmail }: AccountSummary['account']): Mrkdwn {
  const parts = [bold(named(name, url))];
  if (domain !== null) parts.push(md`${domain}`);
  parts.push(ownerEmail === null ? md`no owner` : md`owner ${ownerEmail}`);
  return join(parts, ' · ');
}

export const noJourneyYet = md`No journey yet: no deal of this account, and no stage after the sale, is on a map.`;
