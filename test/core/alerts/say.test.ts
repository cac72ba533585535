import { describe, expect, it } from 'vitest';
import { openAccess } from '../../../src/core/access.ts';
import { aJourney, aRoute, at } from '../builders.ts';
import { createTable } from './decision-table.ts';
import { config, kinds, legal, moved, posted, reply } from './missing-legal.ts';

describe('a first alert', () => {
  it('posts the journey’s card, and nothing when looked at again', () => {
    const table = createTable({ config: config() });
    expect(table.decide('2026-09-11 10:00')).toEqual([]);
    const said = table.decide('2026-09-14 09:00');
    expect(said).toMatchObject([{ channel: '#deals', message: { kind: 'card', cardId: 'deal:d-1|#deals' }, dueAt: at('2026-09-14 09:00') }]);
    expect(table.card().content).toMatchObject({ state: 'active', name: 'Acme rollout', alerts: [{ rule: 'missing-role', state: 'open' }] });
    expect(table.changes('2026-09-14 09:00')).toEqual([]);
    expect(table.changes('2026-09-16 12:00')).toEqual([]);
  });

  it('goes to every channel that its routes name, one card each', () => {
    const table = createTable({
      config: { ...config(), routes: [aRoute('#deals', { continue: true }), aRoute('#legal', { match: { rule: ['missing-role'] } })] },
    });
    expect(table.decide('2026-09-14 09:00').map(({ channel }) => channel)).toEqual(['#deals', '#legal']);
    expect(table.decide('2026-09-28 09:00').map(({ channel }) => channel)).toContain('#deals');
    expect(table.card('#legal').content.alerts.map(({ rule }) => rule)).toEqual(['missing-role']);
  });

  it('is told by digests alone where its severity is', () => {
    const table = createTable({ config: config({ digestOnly: ['warning'] }) });
    expect(table.decide('2026-09-14 09:00')).toEqual([]);
    expect(table.alert('missing-role')).toMatchObject({ state: 'open', routes: [], saidAt: null });
    expect(table.cards()).toEqual([]);
  });
});

describe('what follows', () => {
  it('within the gathering time edits the card and says nothing more', () => {
    const table = posted({ gather: { amount: 30, unit: 'd' }, repeat: null });
    expect(kinds(table.decide('2026-09-28 09:00'))).toEqual(['card']);
    expect(table.card().content.alerts.map(({ rule }) => rule)).toEqual(['missing-role', 'stalled']);
  });

  it('edits the card once where others may see amounts than before, if it has one', () => {
    const amounts = { who: { emails: ['head@us.example'], userIds: [] }, channels: [] };
    for (const [amount, edits] of [
      [48_000, ['card']],
      [null, []],
    ] as const) {
      const table = createTable({ config: config({ repeat: null }), journey: aJourney({ deal: { id: 'd-1', amount, currency: 'EUR' } }) });
      table.decide('2026-09-14 09:00');
      table.post('2026-09-14 09:00');
      table.set({ config: { ...config({ repeat: null }), access: { ...openAccess, amounts } } });
      expect(kinds(table.decide('2026-09-15 09:00'))).toEqual(edits);
      table.post('2026-09-14 09:00');
      expect(table.decide('2026-09-15 09:01')).toEqual([]);
    }
  });

  it('before the card is posted changes what will be posted', () => {
    const table = createTable({ config: config() });
    table.decide('2026-09-14 09:00');
    table.decide('2026-09-28 09:00');
    expect(new Set(kinds(table.deliveries()))).toEqual(new Set(['card']));
    expect(table.card().content.alerts).toHaveLength(2);
  });

  it('later is a reply in the thread, and an edit of the card', () => {
    const said = posted({ repeat: null }).decide('2026-09-28 09:00');
    expect(kinds(said)).toEqual(['card', 'new']);
    expect(reply(said)).toMatchObject({ broadcast: false, alerts: [{ rule: 'stalled' }] });
  });

  it('is shown to the whole channel when the card had been all clear', () => {
    const table = posted({ repeat: null });
    table.set({ journey: aJourney({ committee: [legal] }) });
    expect(kinds(table.decide('2026-09-15 09:00'))).toEqual(['card']);
    table.post('2026-09-14 09:00');
    expect(reply(table.decide('2026-09-28 09:00'))).toMatchObject({ reason: 'new', broadcast: true, alerts: [{ rule: 'stalled' }] });
  });

  it('turns the card green when all is clear, without a new post, and says what cleared it', () => {
    const table = posted();
    table.set({ journey: moved() });
    expect(kinds(table.decide('2026-09-30 09:00'))).toEqual(['card']);
    expect(table.card().content).toMatchObject({
      state: 'clear',
      alerts: [{ state: 'resolved', resolution: { how: 'cleared', text: 'Tom Weber has the role “Legal”' } }],
    });
  });

  it('that is only another fact about the journey edits the card', () => {
    const table = posted();
    table.set({ journey: aJourney({ deal: { amount: 5 } }) });
    expect(kinds(table.decide('2026-09-15 09:00'))).toEqual(['card']);
  });

  it('posts nothing when the card was deleted by hand, until there is news', () => {
    const table = createTable({ config: config({ repeat: null }) });
    table.decide('2026-09-14 09:00');
    table.set({ journey: aJourney({ deal: { amount: 5 } }) });
    expect(table.decide('2026-09-15 09:00')).toEqual([]);
    expect(kinds(table.decide('2026-09-28 09:00'))).toEqual(['card']);
  });
});

describe('an alert that nobody took', () => {
  it('is repeated in the thread, again and again', () => {
    const table = posted();
    expect(table.row().recheckAt).toBe(at('2026-09-17 09:00'));
    expect(table.decide('2026-09-17 08:59')).toEqual([]);
    expect(kinds(table.decide('2026-09-17 09:00'))).toEqual(['repeat']);
    expect(table.decide('2026-09-17 09:00')).toEqual([]);
    expect(kinds(table.decide('2026-09-22 09:00'))).toEqual(['repeat']);
  });

  it('is not repeated once it is acknowledged, snoozed or resolved by hand', () => {
    for (const action of [
      { kind: 'acknowledge', ends: false },
      { kind: 'snooze', until: at('2026-12-01') },
      { kind: 'resolve', reason: 'wont-do', note: null },
    ] as const) {
      const table = posted();
      table.act('missing-role', action, '2026-09-15 09:00');
      expect(kinds(table.decide('2026-09-15 09:00'))).toEqual(['card']);
      expect(kinds(table.decide('2026-09-18 09:00'))).not.toContain('repeat');
    }
  });
});

describe('a snooze', () => {
  it('that is over is said in the thread', () => {
    const table = posted({ repeat: null });
    table.act('missing-role', { kind: 'snooze', until: at('2026-09-16 09:00') }, '2026-09-15 09:00');
    table.decide('2026-09-15 09:00');
    expect(table.row().recheckAt).toBe(at('2026-09-16 09:00'));
    expect(kinds(table.decide('2026-09-16 09:00'))).toEqual(['snooze-over']);
    expect(table.changes('2026-09-16 09:00')).toEqual([]);
  });

  it('that was longer than a repetition is said once when it is over, and the repetition counts from there', () => {
    const table = posted();
    table.act('missing-role', { kind: 'snooze', until: at('2026-09-21 09:00') }, '2026-09-14 10:00');
    table.decide('2026-09-14 10:00');
    expect(kinds(table.decide('2026-09-21 09:00'))).toEqual(['snooze-over']);
    expect(table.decide('2026-09-24 08:59')).toEqual([]);
    expect(kinds(table.decide('2026-09-24 09:00'))).toEqual(['repeat']);
  });

  it('until the stage changes is over when it does', () => {
    const table = posted({ repeat: null });
    table.act('missing-role', { kind: 'snooze-stage', stage: 'decision' }, '2026-09-15 09:00');
    table.decide('2026-09-15 09:00');
    expect(table.alert('missing-role').snooze).not.toBeNull();
    table.set({
      journey: aJourney({
        visits: [
          ['decision', at('2026-09-07 09:00')],
          ['implementation', at('2026-09-16 09:00')],
        ],
      }),
    });
    expect(kinds(table.decide('2026-09-16 09:00'))).toEqual(['card', 'snooze-over']);
  });

  it('that ends while the alert is held back leaves it on its card', () => {
    const table = posted({ repeat: null });
    table.act('missing-role', { kind: 'snooze', until: at('2026-09-16 09:00') }, '2026-09-15 09:00');
    table.set({ mute: { accountId: 'a-1', until: at('2026-10-01'), reason: 'holiday', by: 'U1', at: at('2026-09-15') } });
    table.decide('2026-09-15 09:00');
    expect(kinds(table.decide('2026-09-16 09:00'))).toEqual(['card']);
    expect(table.card().content).toMatchObject({ state: 'active', alerts: [{ snoozedUntil: null }] });
  });
});
