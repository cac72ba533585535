import { describe, expect, it } from 'vitest';
import type { JourneyRow } from '../../../src/core/journey/journey-row.ts';
import { journeyRow, putAlert, putCard, putJourney } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function journeysContract(openEmpty: OpenEmpty): void {
  describe('journeys', () => {
    const store = withStore(openEmpty);
    const due = async (now: number, limit = 10, settlingBefore = now) => (await store().dueJourneys(now, limit, settlingBefore)).map(({ id }) => id);

    it('are kept with every fact', async () => {
      const full: JourneyRow = {
        ...journeyRow('d-1'),
        accountId: 'a-1',
        stage: null,
        stageEnteredAt: 1_764_000_000_123,
        segments: ['enterprise', 'with "quotes"'],
        ownerEmail: 'ann@example.com',
        amount: 12_345.67,
        currency: 'EUR',
        url: 'https://crm.example/d-1',
        outcome: 'won',
        outcomeAt: 1_764_000_000_456,
        recheckAt: 7,
        settlingSince: 8,
        evaluatedAt: null,
      };
      await store().commit([{ kind: 'journey.put', row: full }, putCard('deal:d-1', '#deals')]);
      expect(await store().journeysOfAccount('a-1')).toEqual([{ ...full, revision: 1 }]);
      expect(await store().journeyState('deal:d-1')).toMatchObject({ row: { ...full, revision: 1 }, alerts: [], cards: [{ id: 'deal:d-1|#deals' }] });
    });

    it('have state also where there is no row: a feed has alerts and cards', async () => {
      await store().commit([
        putAlert('x', { journeyId: 'feed:hubspot', identity: 'feed:hubspot/stale-feed/feed' }),
        putCard('feed:hubspot', '#admin'),
      ]);
      expect(await store().journeyState('feed:hubspot')).toMatchObject({ row: null, alerts: [{ id: 'x' }], cards: [{ channel: '#admin' }] });
      expect(await store().journeyState('feed:none')).toEqual({ row: null, alerts: [], cards: [] });
    });

    it('come when they are due, the most overdue first, and not before', async () => {
      await store().commit([
        putJourney('d-1', { recheckAt: 30 }),
        putJourney('d-2', { recheckAt: 10 }),
        putJourney('d-3', { recheckAt: 31 }),
        putJourney('d-4'),
      ]);
      expect(await due(30)).toEqual(['deal:d-2', 'deal:d-1']);
      expect(await due(30, 1)).toEqual(['deal:d-2']);
      expect(await due(9)).toEqual([]);
      expect(await store().nextRecheckAt()).toBe(10);
    });

    it('that are settling wait until they have settled long enough', async () => {
      await store().commit([
        putJourney('d-1', { recheckAt: 10, settlingSince: 5 }),
        putJourney('d-2', { recheckAt: 11, settlingSince: 8 }),
        putJourney('d-3', { recheckAt: 12 }),
      ]);
      expect(await due(20, 10, 5)).toEqual(['deal:d-1', 'deal:d-3']);
      expect(await due(20, 10, 8)).toEqual(['deal:d-1', 'deal:d-2', 'deal:d-3']);
      expect(await due(20, 10, 4)).toEqual(['deal:d-3']);
      expect(await store().settling()).toBe(2);
    });

    it('are known from the first one on', async () => {
      expect(await store().knowsJourneys()).toBe(false);
      await store().commit([putJourney('d-1')]);
      expect(await store().knowsJourneys()).toBe(true);
    });

    it('have nothing next when none is due', async () => {
      expect(await store().nextRecheckAt()).toBeNull();
    });

    it('are made due sooner, never later', async () => {
      await store().commit([putJourney('d-1', { recheckAt: 30 }), putJourney('d-2')]);
      await store().commit([
        { kind: 'journey.recheck', journeyId: 'deal:d-1', at: 40 },
        { kind: 'journey.recheck', journeyId: 'deal:d-2', at: 20 },
        { kind: 'journey.recheck', journeyId: 'deal:none', at: 20 },
      ]);
      expect(await due(30)).toEqual(['deal:d-2', 'deal:d-1']);
    });

    it('that are open are all made due at once', async () => {
      await store().commit([
        putJourney('d-1', { recheckAt: 90 }),
        putJourney('d-2'),
        putJourney('d-3', { outcome: 'lost', outcomeAt: 3 }),
        putJourney('d-4', { recheckAt: 5 }),
      ]);
      expect(await store().recheckOpen(20)).toBe(2);
      expect((await due(20)).sort()).toEqual(['deal:d-1', 'deal:d-2', 'deal:d-4']);
      expect(await store().recheckOpen(20)).toBe(0);
    });

    it('with an alert held back by a rule are made due together', async () => {
      const held = (id: string, journeyId: string, inhibitedBy: string | null) => putAlert(id, { identity: id, journeyId, inhibitedBy });
      await store().commit([
        putJourney('d-1'),
        putJourney('d-2'),
        putJourney('d-3'),
        held('x', 'deal:d-1', 'stale-feed'),
        held('y', 'deal:d-1', 'stale-feed'),
        held('z', 'deal:d-2', 'mute'),
      ]);
      expect(await store().recheckOpen(20, 'stale-feed')).toBe(1);
      expect(await due(20)).toEqual(['deal:d-1']);
    });

    it('more than fit one slice are all made due', async () => {
      await store().commit(Array.from({ length: 1_050 }, (_, index) => putJourney(`d-${index}`)));
      expect(await store().recheckOpen(20)).toBe(1_050);
      expect(await due(20, 2_000)).toHaveLength(1_050);
    });

    it('and alerts of a period, for digests, are what is open, and what opened or ended in it', async () => {
      const gone = (id: string, openedAt: number, at: number) =>
        putAlert(id, { identity: id, openedAt, state: 'resolved', resolution: { at, how: 'cleared', text: '' } });
      await store().commit([
        putJourney('open'),
        putJourney('won', { outcome: 'won', outcomeAt: 15 }),
        putJourney('before', { outcome: 'lost', outcomeAt: 9 }),
        putJourney('after', { outcome: 'lost', outcomeAt: 20 }),
        putAlert('still open', { openedAt: 1 }),
        gone('long gone', 1, 9),
        gone('ended', 2, 10),
        gone('came and went', 11, 99),
        gone('later', 20, 21),
      ]);
      expect((await store().digestJourneys(10, 20)).map(({ dealId }) => dealId)).toEqual(['open', 'won']);
      const slice = async (after: string | null, limit: number) =>
        (await store().alertsOfPeriod({ from: 10, to: 20 }, after, limit)).map(({ id }) => id);
      expect(await slice(null, 10)).toEqual(['came and went', 'ended', 'still open']);
      expect(await slice(null, 2)).toEqual(['came and went', 'ended']);
      expect(await slice('ended', 2)).toEqual(['still open']);
    });
  });
}
