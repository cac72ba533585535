import type { CardLine } from '../delivery.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import type { Alert } from './alert.ts';
import type { CardAlert } from './card.ts';
import { cardAlert } from './card-content.ts';

/** One alert in a line, with what its journey's row knows. `accounts`: what they are called, by id. */
export function alertLine(alert: Alert, row: JourneyRow, accounts: ReadonlyMap<string, string>): CardLine {
  const { headline, since, ...rest } = cardAlert(alert, null);
  const accountName = row.accountId === null ? null : (accounts.get(row.accountId) ?? null);
  return { journeyId: row.id, name: row.name, url: row.url, accountName, headline, since, amount: amountOf(row), ...standingOf(rest) };
}

export function standingOf({
  state,
  acknowledged,
  snoozedUntil,
}: Pick<CardAlert, 'state' | 'acknowledged' | 'snoozedUntil'>): Pick<CardLine, 'standing'> {
  if (state === 'resolved') return {};
  if (snoozedUntil !== null) return { standing: 'snoozed' };
  return acknowledged === null ? {} : { standing: 'taken' };
}

export const amountOf = ({ amount, currency }: Pick<JourneyRow, 'amount' | 'currency'>): CardLine['amount'] =>
  amount === null ? null : { value: amount, currency };
