import type { CardLine } from '../delivery.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import type { Alert } from './alert.ts';
import { cardAlert } from './card-content.ts';

/** One alert in a line, with what its journey's row knows. */
export function alertLine(alert: Alert, row: JourneyRow, accountName: string | null = null): CardLine {
  const { headline, since } = cardAlert(alert, null);
  return { journeyId: row.id, name: row.name, url: row.url, accountName, headline, since, amount: amountOf(row) };
}

export const amountOf = ({ amount, currency }: Pick<JourneyRow, 'amount' | 'currency'>): CardLine['amount'] =>
  amount === null ? null : { value: amount, currency };
