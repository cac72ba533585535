import type { Change } from '../change.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import type { Card, CardContent } from './card.ts';
import { fingerprintOf } from './card-content.ts';

export type RetireInput = { row: JourneyRow; alerts: Alert[]; cards: Card[]; why: string; now: EpochMs; newId(): string };

/**
 * Ends a journey that can no longer be assembled: merged into another, erased, or on no map any more. Its alerts end, its cards turn clear
 * and are edited once more; nothing new is posted.
 */
export function retire({ row, alerts, cards, why, now, newId }: RetireInput): Change[] {
  const live = alerts.filter((alert) => alert.state !== 'resolved' || alert.holds);
  if (live.length === 0 && row.recheckAt === null && row.outcome === 'deleted') return [];
  const resolution = { at: now, how: 'ended', text: why } as const;
  const changes: Change[] = [];
  for (const alert of live) {
    changes.push({
      kind: 'alert.put',
      alert: { ...alert, state: 'resolved', holds: false, snooze: null, inhibitedBy: null, resolution: alert.resolution ?? resolution },
    });
    changes.push({ kind: 'audit.add', entry: { id: newId(), at: now, journeyId: row.id, alertId: alert.id, who: 'bot', what: 'ended', why } });
  }
  for (const card of cards) {
    const content: CardContent = {
      ...card.content,
      state: 'clear',
      outcome: 'deleted',
      alerts: card.content.alerts.map((alert) => (alert.state === 'resolved' ? alert : { ...alert, state: 'resolved', resolution })),
    };
    const fingerprint = fingerprintOf(content);
    if (fingerprint === card.fingerprint) continue;
    changes.push({ kind: 'card.put', card: { ...card, content, fingerprint, hold: null } });
    if (card.posted !== null)
      changes.push({
        kind: 'delivery.add',
        delivery: { id: newId(), channel: card.channel, message: { kind: 'card', cardId: card.id }, dueAt: now, createdAt: now, attempts: 0 },
      });
  }
  changes.push({
    kind: 'journey.put',
    row: { ...row, outcome: 'deleted', outcomeAt: row.outcomeAt ?? now, recheckAt: null, settlingSince: null, evaluatedAt: now },
  });
  return changes;
}
