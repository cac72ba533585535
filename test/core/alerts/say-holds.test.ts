import { describe, expect, it } from 'vitest';
import { aJourney, at } from '../builders.ts';
import { createTable } from './decision-table.ts';
import { config, kinds, legal, moved, posted } from './missing-legal.ts';

describe('quiet hours', () => {
  const quiet = { quiet: { from: '19:00', to: '08:00', offDays: true } };

  it('hold the first post until they end', () => {
    const table = createTable({ config: config(quiet) });
    expect(table.decide('2026-09-14 20:00')).toMatchObject([{ dueAt: at('2026-09-15 08:00') }]);
    expect(table.card().hold).toEqual({ by: 'quiet-hours', since: at('2026-09-14 20:00'), until: at('2026-09-15 08:00') });
  });

  it('hold replies, but not edits', () => {
    const table = posted({ ...quiet, repeat: null });
    const [edit, news] = table.decide('2026-09-28 20:00');
    expect(edit).toMatchObject({ message: { kind: 'card' }, dueAt: at('2026-09-28 20:00') });
    expect(news).toMatchObject({ message: { kind: 'reply' }, dueAt: at('2026-09-29 08:00') });
  });

  it('let nothing through that was muted or snoozed meanwhile; it is said when that ends', () => {
    const table = createTable({ config: config({ ...quiet, repeat: null }) });
    table.decide('2026-09-14 20:00');
    table.set({ mute: { accountId: 'a-1', until: at('2026-09-16 10:00'), reason: 'holiday', by: 'U1', at: at('2026-09-14 21:00') } });
    expect(table.decide('2026-09-14 21:00')).toEqual([]);
    expect(table.card().content.state).toBe('clear');
    table.set({ mute: null });
    expect(kinds(table.decide('2026-09-16 10:00'))).toEqual(['card']);
    expect(table.card()).toMatchObject({ hold: null, content: { state: 'active' } });
  });
});

describe('a mute', () => {
  const mute = { accountId: 'a-1', until: null, reason: 'holiday', by: 'U1', at: at('2026-09-10') };

  it('keeps what it holds back from the channel, and lets it be said when it is over', () => {
    const table = createTable({ config: config(), mute });
    expect(table.decide('2026-09-14 09:00')).toEqual([]);
    expect(table.alert('missing-role')).toMatchObject({ state: 'open', inhibitedBy: 'mute', saidAt: null });
    table.set({ mute: { ...mute, until: at('2026-09-15 09:00') } });
    expect(table.decide('2026-09-14 10:00')).toEqual([]);
    expect(table.row().recheckAt).toBe(at('2026-09-15 09:00'));
    expect(kinds(table.decide('2026-09-15 09:00'))).toEqual(['card']);
  });

  it('stands on the card, with its end or as one without', () => {
    const table = posted();
    table.set({ mute });
    table.decide('2026-09-15 09:00');
    expect(table.card().content).toMatchObject({ mutedUntil: 'unmuted', state: 'active' });
    table.set({ mute: { ...mute, until: at('2026-09-20') } });
    table.decide('2026-09-15 10:00');
    expect(table.card().content.mutedUntil).toBe(at('2026-09-20'));
  });

  it('that nobody was told of leaves no trace on a card when it clears', () => {
    const table = posted({ repeat: null });
    table.set({ mute });
    table.decide('2026-09-28 09:00');
    table.set({ mute: null, journey: moved() });
    table.decide('2026-09-30 09:00');
    expect(table.card().content.alerts.map(({ rule }) => rule)).toEqual(['missing-role']);
  });
});

describe('history', () => {
  it('holds the card until all of it is in', () => {
    const table = createTable({ config: config(), history: true });
    expect(table.decide('2026-09-14 09:00')).toEqual([]);
    expect(table.card().hold).toMatchObject({ by: 'history' });
    table.set({ history: false });
    expect(table.decide('2026-09-28 09:00')).toEqual([]);
    expect(table.card().hold).toMatchObject({ by: 'history' });
  });

  it('that was told in a summary posts its card when something new happens, not when it is repeated', () => {
    const table = createTable({ config: config(), history: true });
    table.decide('2026-09-14 09:00');
    table.hold({ by: 'import-summary', since: at('2026-09-14 09:00'), until: null });
    table.set({ history: false });
    expect(table.decide('2026-09-17 09:00')).toEqual([]);
    expect(kinds(table.decide('2026-09-28 09:00'))).toEqual(['card']);
    expect(table.card().hold).toBeNull();
  });

  it('that comes in for a card that was never posted holds it', () => {
    const table = createTable({ config: config() });
    table.decide('2026-09-14 09:00');
    table.set({ journey: aJourney({ committee: [legal] }) });
    table.decide('2026-09-14 10:00');
    table.set({ journey: aJourney(), history: true });
    expect(table.decide('2026-09-14 11:00')).toEqual([]);
    expect(table.card().hold).toMatchObject({ by: 'history' });
  });
});

describe('a card over its channel’s budget', () => {
  it('is repeated only when it has stood in the channel for as long as that takes', () => {
    const table = createTable({ config: config() });
    table.decide('2026-09-14 09:00');
    table.hold({ by: 'budget', since: at('2026-09-14 09:00'), until: at('2026-09-16 00:00') });
    table.post('2026-09-16 09:00');
    expect(table.decide('2026-09-17 09:00')).toEqual([]);
    expect(kinds(table.decide('2026-09-21 09:00'))).toEqual(['repeat']);
  });

  it('stays held, whatever happens', () => {
    const table = createTable({ config: config() });
    table.decide('2026-09-14 09:00');
    table.hold({ by: 'budget', since: at('2026-09-14 09:00'), until: at('2026-09-15') });
    expect(table.decide('2026-09-28 09:00')).toEqual([]);
    expect(table.card()).toMatchObject({ hold: { by: 'budget' }, content: { alerts: [{}, {}] } });
  });
});
