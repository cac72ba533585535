import type { DealStatus } from '../../../core/journey/signal.ts';

/** What CRMs call the state of a deal, in English and German. Null: something else. */
export const statusNamed = (text: string): DealStatus | null => {
  const word = plain(text);
  return open.has(word) ? 'open' : closedStage(word);
};

/** Stages of closed deals, by the names that CRMs deliver them with. */
export function closedStage(stage: string): 'won' | 'lost' | null {
  const word = plain(stage);
  return won.has(word) ? 'won' : lost.has(word) ? 'lost' : null;
}

const open = new Set(['open', 'offen', 'in progress', 'in bearbeitung', 'active', 'aktiv', 'pending']);
const won = new Set([
  'won',
  'closed won',
  'closedwon',
  'gewonnen',
  'geschlossen gewonnen',
  'geschlossen und gewonnen',
  'abgeschlossen und gewonnen',
  'abgeschlossen gewonnen',
]);
const lost = new Set([
  'lost',
  'closed lost',
  'closedlost',
  'verloren',
  'geschlossen verloren',
  'geschlossen und verloren',
  'abgeschlossen und verloren',
  'abgeschlossen verloren',
]);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
