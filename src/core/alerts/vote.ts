import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';

/** What one person said of an alert: whether it was worth being told. */
export type Vote = { by: string; at: EpochMs; useful: boolean };

/** One vote a person and alert: a newer one takes the place of the older. The alert itself where the person has said so already. */
export function withVote(alert: Alert, vote: Vote): Alert {
  const votes = alert.votes ?? [];
  if (votes.some(({ by, useful }) => by === vote.by && useful === vote.useful)) return alert;
  return { ...alert, votes: [...votes.filter(({ by }) => by !== vote.by), vote] };
}

/** How many say what; to resolve it as not useful is to say so. */
export function votesOf({ votes = [], resolution }: Pick<Alert, 'votes' | 'resolution'>): { useful: number; notUseful: number } {
  const saidSo = resolution?.how === 'by-hand' && resolution.reason === 'not-useful' ? resolution.by : null;
  const useful = votes.filter((vote) => vote.useful).length;
  const notUseful = votes.length - useful;
  // Resolved before votes were kept.
  return { useful, notUseful: saidSo !== null && !votes.some(({ by }) => by === saidSo) ? notUseful + 1 : notUseful };
}
