import { type Change, newDelivery } from '../change.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import type { Card, CardContent } from './card.ts';
import { fingerprintOf } from './card-content.ts';

/** Why a journey cannot be assembled any more. */
export type Fate = 'merged' | 'erased' | 'unmapped';

export type RetireInput = { row: JourneyRow; alerts: Alert[]; cards: Card[]; fate: Fate; now: EpochMs; newId(): string };

const fateWords: Record<Fate, string> = {
  merged: 'it was merged into another record in the CRM',
  erased: 'it was erased in the CRM',
  unmapped: 'no map of journey.yml takes it any more',
};

/**
 * Ends a journey that can no longer be assembled: merged into another, erased, or on no map any more. Its alerts end, its cards turn clear
 * and are edited once more; nothing new is posted. One that no map takes stays open, so that a map that takes it again finds it; of an erased
 * one nothing is left that says who it was.
 */
export function retire({ row, alerts, cards, fate, now, newId }: RetireInput): Change[] {
  const why = fateWords[fate];
  const outcome = fate === 'unmapped' ? row.outcome : 'deleted';
  const live = alerts.filter((alert) => alert.state !== 'resolved' || alert.holds);
  if (live.length === 0 && row.recheckAt === null && row.outcome === outcome && fate !== 'erased') return [];
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
    const { elsewhere: _over, offMap: _known, ...shown } = card.content;
    const content: CardContent = {
      ...(fate === 'erased' ? forgotten(shown) : shown),
      state: 'clear',
      outcome,
      alerts: card.content.alerts.map((alert) => (alert.state === 'resolved' ? alert : { ...alert, state: 'resolved', resolution })),
    };
    const fingerprint = fingerprintOf(content);
    if (fingerprint === card.fingerprint) continue;
    changes.push({ kind: 'card.put', card: { ...card, content, fingerprint, hold: null } });
    if (card.hold !== null) changes.push({ kind: 'card.hold', cardId: card.id, hold: null });
    if (card.posted !== null) changes.push(newDelivery({ id: newId(), channel: card.channel, message: { kind: 'card', cardId: card.id }, now }));
  }
  changes.push({
    kind: 'journey.put',
    row: {
      ...(fate === 'erased' ? { ...row, name: erasedName, ownerEmail: null, amount: null, currency: null, url: null } : row),
      outcome,
      outcomeAt: outcome === 'open' ? null : (row.outcomeAt ?? now),
      recheckAt: null,
      settlingSince: null,
      evaluatedAt: now,
    },
  });
  return changes;
}

const erasedName = 'Erased in the CRM';

const forgotten = (content: CardContent): CardContent => ({
  ...content,
  name: erasedName,
  url: null,
  account: null,
  amount: null,
  ownerEmail: null,
  nextStep: null,
  alerts: [],
});
