import { describe, expect, it } from 'vitest';
import { type Fate, retire } from '../../../src/core/alerts/retire.ts';
import { at } from '../builders.ts';
import { createTable } from './decision-table.ts';

let ids = 0;
const now = at('2026-11-02 09:00');
const ended = (table: ReturnType<typeof createTable>, fate: Fate = 'merged') =>
  retire({ row: table.row(), alerts: table.alerts(), cards: table.cards(), fate, now, newId: () => `id-${++ids}` });

describe('a journey that is no more', () => {
  it('ends its alerts, turns its cards clear without a new post, and is never due again', () => {
    const table = createTable();
    table.decide('2026-10-30 09:00');
    table.post('2026-10-30 09:00');
    const changes = ended(table);
    const alerts = changes.flatMap((change) => (change.kind === 'alert.put' ? [change.alert] : []));
    expect(alerts.length).toBeGreaterThan(0);
    expect(alerts.every(({ state, resolution }) => state === 'resolved' && resolution?.how === 'ended')).toBe(true);
    expect(changes.find(({ kind }) => kind === 'card.put')).toMatchObject({ card: { hold: null, content: { state: 'clear', outcome: 'deleted' } } });
    expect(changes.filter(({ kind }) => kind === 'delivery.add')).toMatchObject([{ delivery: { message: { kind: 'card' } } }]);
    expect(changes.at(-1)).toMatchObject({ kind: 'journey.put', row: { outcome: 'deleted', recheckAt: null, settlingSince: null } });
  });

  it('says nothing of a card that was never posted', () => {
    const table = createTable();
    table.decide('2026-10-30 09:00');
    expect(ended(table).filter(({ kind }) => kind === 'delivery.add')).toEqual([]);
  });

  it('lets go of what was resolved by hand, and keeps who did it', () => {
    const table = createTable();
    table.decide('2026-10-30 09:00');
    table.act('stalled', { kind: 'resolve', reason: 'wont-do', note: null }, '2026-10-30 10:00');
    const put = ended(table).flatMap((change) => (change.kind === 'alert.put' && change.alert.rule === 'stalled' ? [change.alert] : []));
    expect(put).toMatchObject([{ holds: false, resolution: { how: 'by-hand', by: 'U1' } }]);
  });

  it('is retired once', () => {
    const table = createTable();
    table.decide('2026-10-30 09:00');
    const row = { ...table.row(), outcome: 'deleted' as const, recheckAt: null };
    const alerts = table.alerts().map((alert) => ({ ...alert, state: 'resolved' as const }));
    expect(retire({ row, alerts, cards: [], fate: 'merged', now, newId: () => 'x' })).toEqual([]);
  });

  it('leaves nothing that says who an erased one was', () => {
    const table = createTable();
    table.decide('2026-10-30 09:00');
    table.post('2026-10-30 09:00');
    const changes = ended(table, 'erased');
    const kept = JSON.stringify(changes.filter(({ kind }) => kind === 'card.put' || kind === 'journey.put'));
    const { name, ownerEmail } = table.row();
    expect(kept).not.toContain(name);
    if (ownerEmail !== null) expect(kept).not.toContain(ownerEmail);
  });

  it('stays open when only no map takes it, so that a map that does finds it again', () => {
    const table = createTable();
    table.decide('2026-10-30 09:00');
    expect(ended(table, 'unmapped').at(-1)).toMatchObject({ kind: 'journey.put', row: { outcome: 'open', outcomeAt: null, recheckAt: null } });
  });
});
