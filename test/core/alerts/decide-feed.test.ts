import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { Card } from '../../../src/core/alerts/card.ts';
import { decideFeed } from '../../../src/core/alerts/decide-feed.ts';
import type { Delivery } from '../../../src/core/delivery.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import { aConfig, at } from '../builders.ts';

function createFeed(config: JourneyConfig = aConfig({ adminChannel: '#admin' })) {
  const alerts = new Map<string, Alert>();
  const cards = new Map<string, Card>();
  let ids = 0;
  return {
    look(when: string, heard: string | null): { said: Delivery[]; stale: boolean } {
      const { changes, stale } = decideFeed({
        feed: { source: 'hubspot', lastReceivedAt: heard === null ? null : at(heard) },
        name: 'HubSpot',
        alerts: [...alerts.values()],
        cards: [...cards.values()],
        config,
        now: at(when),
        newId: () => `id-${++ids}`,
      });
      for (const change of changes) {
        if (change.kind === 'alert.put') alerts.set(change.alert.id, change.alert);
        if (change.kind === 'card.put') cards.set(change.card.id, change.card);
      }
      return { said: changes.flatMap((change) => (change.kind === 'delivery.add' ? [change.delivery] : [])), stale };
    },
    post(when: string): void {
      for (const [id, card] of cards) cards.set(id, { ...card, posted: { channelId: 'C1', ts: '1.1', at: at(when), fingerprint: card.fingerprint } });
    },
    alerts: () => [...alerts.values()],
    card: () => [...cards.values()][0],
  };
}

describe('a CRM that has gone quiet', () => {
  it('is one alert in the admin channel, said once', () => {
    const feed = createFeed();
    expect(feed.look('2026-09-08 09:00', '2026-09-07 09:00')).toEqual({ said: [], stale: false });
    const { said, stale } = feed.look('2026-09-09 09:00', '2026-09-07 09:00');
    expect(stale).toBe(true);
    expect(said).toMatchObject([{ channel: '#admin', message: { kind: 'card', cardId: 'feed:hubspot|#admin' } }]);
    expect(feed.look('2026-09-09 09:01', '2026-09-07 09:00')).toEqual({ said: [], stale: true });
    expect(feed.card()?.content).toMatchObject({
      kind: 'feed',
      state: 'active',
      name: 'HubSpot',
      alerts: [{ rule: 'stale-feed', severity: 'critical' }],
    });
  });

  it('goes to the first of the routes where there is no admin channel', () => {
    expect(createFeed(aConfig()).look('2026-09-09 09:00', '2026-09-07 09:00').said).toMatchObject([{ channel: '#deals' }]);
  });

  it('was never a feed if it has never sent anything', () => {
    expect(createFeed().look('2026-09-09 09:00', null)).toEqual({ said: [], stale: false });
  });

  it('turns its card green when it sends again, and is a new episode the next time', () => {
    const feed = createFeed();
    feed.look('2026-09-09 09:00', '2026-09-07 09:00');
    feed.post('2026-09-09 09:00');
    expect(feed.look('2026-09-09 12:00', '2026-09-09 11:00').said).toMatchObject([{ message: { kind: 'card' } }]);
    expect(feed.card()?.content).toMatchObject({ state: 'clear', alerts: [{ resolution: { how: 'cleared', text: 'HubSpot sends again' } }] });
    const again = feed.look('2026-09-14 12:00', '2026-09-09 11:00').said;
    expect(again.map(({ message }) => message.kind)).toContain('reply');
    expect(feed.alerts().map(({ episode, state }) => [episode, state])).toEqual([
      [1, 'resolved'],
      [2, 'open'],
    ]);
  });
});
