import { describe, expect, it } from 'vitest';
import { chainLine } from '../../../src/core/alerts/chain-line.ts';
import type { AlertAction } from '../../../src/core/alerts/transition.ts';
import { aJourney, aRoute, at } from '../builders.ts';
import { chained, saidWith, step, stepsIn } from './a-chain.ts';
import { createTable } from './decision-table.ts';
import { kinds, legal, moved } from './missing-legal.ts';

const chain = [step('4bh', 'manager'), step('1bd', '#leads')];

describe('an alert that nobody took', () => {
  it('is told to whom its chain names, in the thread, when the wait is over', () => {
    const table = saidWith(chain);
    expect(table.row().recheckAt).toBe(at('2026-09-14 13:00'));
    expect(table.decide('2026-09-14 12:59')).toEqual([]);
    const said = table.decide('2026-09-14 13:00');
    expect(kinds(said)).toEqual(['card', 'escalated']);
    expect(stepsIn(said)).toMatchObject([
      {
        cardId: 'deal:d-1|#deals',
        broadcast: false,
        notifyOwner: false,
        mentions: [{ who: 'manager', label: 'Manager', emails: ['mia@us.example'] }],
        alerts: [{ rule: 'missing-role', told: [{ channel: '#deals', emails: ['dana@us.example'] }, { emails: ['mia@us.example'] }] }],
      },
    ]);
    expect(table.changes('2026-09-14 13:00')).toEqual([]);
    expect(table.audit()).toContain('escalated');
  });

  it('gets its card into the channel of a step, which says who was told before', () => {
    const table = saidWith(chain);
    table.decide('2026-09-14 13:00');
    expect(table.row().recheckAt).toBe(at('2026-09-15 13:00'));
    const said = table.decide('2026-09-15 13:00');
    expect(said.filter(({ channel }) => channel === '#leads')).toMatchObject([
      {
        message: { kind: 'card', cardId: 'deal:d-1|#leads', otherwise: { channel: '#deals', reply: { broadcast: true, instead: { of: '#leads' } } } },
      },
    ]);
    expect(table.card('#leads').content).toMatchObject({
      notifyOwner: false,
      alerts: [{ told: [{ channel: '#deals' }, { emails: ['mia@us.example'] }, { channel: '#leads', emails: [] }] }],
    });
    expect(stepsIn(table.decide('2026-12-01 09:00'))).toEqual([]);
  });

  it('is answered in the thread where a card stands in that channel already, and the channel sees it', () => {
    const table = saidWith([step('1bd', '#legal', 'owner')], {}, { continue: true });
    const config = chained([step('1bd', '#legal', 'owner')], {}, { continue: true });
    table.set({ config: { ...config, routes: [...config.routes, aRoute('#legal', { match: { rule: ['stalled'] } })] } });
    const both = createTable({ config: { ...config, routes: [...config.routes, aRoute('#legal')] } });
    both.decide('2026-09-14 09:00');
    both.post('2026-09-14 09:00');
    both.post('2026-09-14 09:00', '#legal');
    const said = both.decide('2026-09-15 09:00').filter(({ channel }) => channel === '#legal');
    expect(stepsIn(said)).toMatchObject([{ cardId: 'deal:d-1|#legal', broadcast: true, notifyOwner: true }]);
  });

  it('says in the channel what mentions nobody', () => {
    const table = saidWith([step('4bh', '#deals')]);
    expect(stepsIn(table.decide('2026-09-14 13:00'))).toMatchObject([{ broadcast: true }]);
  });

  it('is said together with others that came to the same step', () => {
    const table = createTable({ config: chained(chain) });
    table.decide('2026-09-28 09:00');
    table.post('2026-09-28 09:00');
    expect(stepsIn(table.decide('2026-09-28 13:00')).map(({ alerts }) => alerts.map(({ rule }) => rule))).toEqual([['stalled', 'missing-role']]);
  });

  it('is not repeated on top of a step, and the repeat counts from there', () => {
    const table = saidWith([step('3bd', 'manager')], { repeat: { amount: 3, unit: 'bd' } });
    expect(kinds(table.decide('2026-09-17 09:00'))).toEqual(['card', 'escalated']);
    expect(table.decide('2026-09-22 08:59')).toEqual([]);
    expect(kinds(table.decide('2026-09-22 09:00'))).toContain('repeat');
  });

  it('is repeated where it was routed, not where it was only escalated to', () => {
    const table = saidWith([step('4bh', '#leads')], { repeat: { amount: 3, unit: 'bd' } });
    table.decide('2026-09-14 13:00');
    table.post('2026-09-14 13:00', '#leads');
    const said = table.decide('2026-09-17 13:00');
    expect(kinds(said)).toContain('repeat');
    expect(new Set(said.map(({ channel }) => channel))).toEqual(new Set(['#deals']));
  });

  it('keeps the chain that it opened with', () => {
    const table = saidWith(chain);
    table.set({ config: chained([step('1bh', 'owner')]) });
    expect(table.decide('2026-09-14 11:00')).toEqual([]);
    expect(stepsIn(table.decide('2026-09-14 13:00'))).toMatchObject([{ mentions: [{ who: 'manager' }] }]);
  });

  it('is told to whom the deal belongs then', () => {
    const table = saidWith([step('4bh', 'owner', 'manager')]);
    table.set({ journey: aJourney({ ownerEmail: 'lee@us.example' }) });
    expect(stepsIn(table.decide('2026-09-14 13:00'))).toMatchObject([
      { ownerEmail: 'lee@us.example', notifyOwner: true, mentions: [{ who: 'manager', emails: [] }] },
    ]);
  });

  it('begins its chain anew when it comes back', () => {
    const table = saidWith(chain);
    table.decide('2026-09-14 13:00');
    table.set({ journey: aJourney({ committee: [legal] }) });
    table.decide('2026-09-14 14:00');
    table.set({ journey: aJourney() });
    table.decide('2026-09-15 09:00');
    expect(table.alert('missing-role', 2).escalation).toMatchObject({ next: 0, told: [], since: at('2026-09-15 09:00') });
    expect(stepsIn(table.decide('2026-09-15 13:00'))).toHaveLength(1);
  });
});

describe('a chain is over', () => {
  it.each<[string, AlertAction]>([
    ['acknowledges', { kind: 'acknowledge', ends: false }],
    ['snoozes', { kind: 'snooze', until: at('2026-09-14 12:00') }],
    ['snoozes until the stage changes', { kind: 'snooze-stage', stage: 'decision' }],
    ['resolves', { kind: 'resolve', reason: 'wont-do', note: null }],
  ])('when somebody %s, also when a snooze is over', (_what, action) => {
    const table = saidWith(chain);
    table.act('missing-role', action, '2026-09-14 10:00');
    for (const when of ['2026-09-14 10:00', '2026-09-14 12:00', '2026-09-14 13:00', '2026-09-20 09:00'])
      expect(stepsIn(table.decide(when))).toEqual([]);
    expect(table.alert('missing-role').escalation?.told).toEqual([]);
  });

  it('when it is no longer true', () => {
    const table = saidWith(chain);
    table.set({ journey: moved() });
    expect(stepsIn(table.decide('2026-09-30 09:00'))).toEqual([]);
  });

  it('after its last step', () => {
    const table = saidWith(chain);
    for (const when of ['2026-09-14 13:00', '2026-09-15 13:00']) table.decide(when);
    // Then the other rule comes due.
    expect(table.row().recheckAt).toBe(at('2026-09-28 09:00'));
  });

  it('of an alert that only digests tell of before it begins', () => {
    const table = createTable({ config: chained(chain, { digestOnly: ['warning'] }) });
    table.decide('2026-09-14 09:00');
    expect(table.alert('missing-role')).not.toHaveProperty('escalation');
  });
});

describe('while an alert is held back', () => {
  const mute = { accountId: 'a-1', until: at('2026-09-16 09:00'), reason: 'holiday', by: 'U1', at: at('2026-09-14 10:00') };

  it('it goes no step further, and waits in full from when it is released', () => {
    const table = saidWith(chain);
    table.set({ mute });
    table.decide('2026-09-14 10:00');
    expect(table.row().recheckAt).toBe(at('2026-09-16 09:00'));
    expect(stepsIn(table.decide('2026-09-15 09:00'))).toEqual([]);
    expect(stepsIn(table.decide('2026-09-16 09:00'))).toEqual([]);
    expect(table.row().recheckAt).toBe(at('2026-09-16 13:00'));
    expect(stepsIn(table.decide('2026-09-16 13:00'))).toHaveLength(1);
  });

  it('so does one whose feed is silent', () => {
    const table = createTable({ config: chained(chain) });
    table.decide('2026-09-28 09:00');
    table.post('2026-09-28 09:00');
    table.set({ feedStale: true });
    table.decide('2026-09-28 10:00');
    expect(stepsIn(table.decide('2026-09-28 13:00')).flatMap(({ alerts }) => alerts.map(({ rule }) => rule))).toEqual(['missing-role']);
  });

  it('a card that waits counts from when it can be read', () => {
    const table = createTable({ config: chained(chain) });
    table.decide('2026-09-14 09:00');
    table.hold({ by: 'budget', since: at('2026-09-14 09:00'), until: at('2026-09-15') });
    expect(table.decide('2026-09-14 13:00')).toEqual([]);
    expect(table.row().recheckAt).toBe(at('2026-09-15 13:00'));
    table.post('2026-09-15 10:00');
    expect(table.decide('2026-09-15 13:00')).toEqual([]);
    expect(stepsIn(table.decide('2026-09-15 14:00'))).toHaveLength(1);
  });

  it('one that an import’s summary told of has no chain until its card is posted', () => {
    const table = createTable({ config: chained(chain), history: true });
    table.decide('2026-09-14 09:00');
    table.hold({ by: 'import-summary', since: at('2026-09-14 09:00'), until: null });
    table.set({ history: false });
    expect(stepsIn(table.decide('2026-09-17 09:00'))).toEqual([]);
    table.decide('2026-09-28 09:00');
    table.post('2026-09-28 09:00');
    expect(stepsIn(table.decide('2026-09-28 13:00')).flatMap(({ alerts }) => alerts.map(({ rule }) => rule))).toEqual(['missing-role', 'stalled']);
  });
});

describe('when nobody looked for a while', () => {
  it('only the newest step that came due is said, and the next one waits in full from then', () => {
    const table = saidWith([step('6h', 'owner'), step('6h', 'manager'), step('24h', '#leads'), step('8bh', 'manager')]);
    const said = table.decide('2026-09-16 09:00');
    expect(stepsIn(said)).toHaveLength(1);
    expect(said.some(({ channel }) => channel === '#leads')).toBe(true);
    expect(table.alert('missing-role').escalation).toMatchObject({ next: 3, told: [{ step: null }, { step: 2 }] });
    expect(table.row().recheckAt).toBe(at('2026-09-16 17:00'));
  });

  it('in quiet hours nothing is said; the step comes due when they end', () => {
    const table = saidWith([step('12h', 'manager')], { quiet: { from: '19:00', to: '08:00', offDays: true } });
    expect(table.row().recheckAt).toBe(at('2026-09-15 08:00'));
    expect(table.decide('2026-09-14 21:00')).toEqual([]);
    expect(stepsIn(table.decide('2026-09-15 08:00'))).toHaveLength(1);
  });
});

describe('/journey why', () => {
  const setting = (table: ReturnType<typeof saidWith>, now: string) => ({
    cards: table.cards(),
    muted: false,
    config: chained(chain),
    now: at(now),
    emailsOf: () => ['mia@us.example'],
  });

  it('says what was said, and what is to come', () => {
    const table = saidWith(chain);
    table.decide('2026-09-14 13:00');
    expect(chainLine(table.alert('missing-role'), setting(table, '2026-09-14 14:00'))).toEqual({
      headline: 'No legal on the buying committee',
      state: 'goes-on',
      by: null,
      steps: [
        { wait: '4 working hours', channel: '#deals', notify: ['manager'], emails: ['mia@us.example'], state: 'said', at: at('2026-09-14 13:00') },
        { wait: '1 working day', channel: '#leads', notify: [], emails: ['mia@us.example'], state: 'next', at: at('2026-09-15 13:00') },
      ],
    });
  });

  it('says who has stopped it', () => {
    const table = saidWith(chain);
    table.act('missing-role', { kind: 'snooze', until: at('2026-09-20') }, '2026-09-14 10:00');
    expect(chainLine(table.alert('missing-role'), setting(table, '2026-09-14 14:00'))).toMatchObject({ state: 'stopped', by: 'U1' });
  });

  it('says nothing of an alert that is over, or has no chain', () => {
    const table = saidWith(chain);
    table.act('missing-role', { kind: 'resolve', reason: 'done', note: null }, '2026-09-14 10:00');
    expect(chainLine(table.alert('missing-role'), setting(table, '2026-09-14 14:00'))).toBeNull();
  });
});
