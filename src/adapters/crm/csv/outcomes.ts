import type { DealStatus } from '../../../core/journey/signal.ts';

/** What CRMs call the state of a deal, in English, German, French and Spanish. Null: something else. */
export const statusNamed = (text: string): DealStatus | null => {
  const word = plain(text);
  return open.has(word) ? 'open' : closedStage(word);
};

/** Whether most of what a column says are states of deals. */
export function areStatuses(values: readonly string[]): boolean {
  const distinct = [...new Set(values)];
  return distinct.filter((text) => statusNamed(text) !== null || saysDeleted(text)).length > distinct.length / 2;
}

/** Pipedrive's exports may hold deals that were deleted. */
export const saysDeleted = (status: string): boolean => deleted.has(plain(status));

/** Stages of closed deals, by the names that CRMs deliver them with. */
export function closedStage(stage: string): 'won' | 'lost' | null {
  const word = plain(stage);
  // Zoho's `Closed Lost to Competition`.
  if (won.has(word) || word.startsWith('closed won ')) return 'won';
  return lost.has(word) || word.startsWith('closed lost ') ? 'lost' : null;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(',').map((word) => word.trim()));
const open = words('open, in progress, active, pending, offen, in bearbeitung, aktiv, ouvert, ouverte, en cours, abierto, abierta');
const deleted = words('deleted, gelöscht, supprimé, supprimée, eliminado, eliminada');
const won = words(`
  won, closed won, closedwon, gewonnen, geschlossen gewonnen, geschlossen und gewonnen, abgeschlossen und gewonnen, abgeschlossen gewonnen,
  gagné, gagnée, fermé gagné, fermée gagnée, clôturé gagné, clôturée gagnée, ganado, ganada, cierre ganado, cerrado ganado, cerrada ganada`);
const lost = words(`
  lost, closed lost, closedlost, abandoned, verloren, geschlossen verloren, geschlossen und verloren, abgeschlossen und verloren, abgeschlossen verloren,
  perdu, perdue, fermé perdu, fermée perdue, clôturé perdu, clôturée perdue, perdido, perdida, cierre perdido, cerrado perdido, cerrada perdida`);

const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
