import type { CardLine } from '../delivery.ts';
import { severities } from '../journey/journey-map.ts';
import { standingOf } from './alert-line.ts';
import type { CardContent } from './card.ts';

/** A card in one line: its worst alert. Null when it has nothing open. */
export function cardLine(content: CardContent): CardLine | null {
  const alert = content.alerts.find(({ state }) => state !== 'resolved');
  if (alert === undefined) return null;
  return {
    journeyId: content.journeyId,
    name: content.name,
    url: content.url,
    accountName: content.account?.name ?? null,
    headline: alert.headline,
    since: alert.since,
    amount: content.amount,
    ...standingOf(alert),
  };
}

/** The worst first: by severity, then by amount, then by age. */
export function worstFirst(contents: readonly CardContent[]): CardContent[] {
  const rank = (content: CardContent): number => severities.indexOf(content.alerts[0]?.severity ?? 'info');
  return contents.toSorted(
    (a, b) => rank(b) - rank(a) || (b.amount?.value ?? 0) - (a.amount?.value ?? 0) || (a.alerts[0]?.since ?? 0) - (b.alerts[0]?.since ?? 0),
  );
}
