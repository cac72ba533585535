import { describe, expect, it } from 'vitest';
import type { AlertFilter } from '../../../src/app/ports.ts';
import { alert, card, putAlert, putJourney, resolved } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function alertsContract(openEmpty: OpenEmpty): void {
  describe('alerts', () => {
    const store = withStore(openEmpty);

    it('are kept as they are, and replaced', async () => {
      const first = alert('x', {
        snooze: { by: 'U1', at: 3, until: 'stage-change', stage: null },
        finding: { people: ['p-1'], evidence: [{ label: 'Last heard', at: 4 }] },
      });
      await store().commit([{ kind: 'alert.put', alert: first }]);
      expect(await store().alert('x')).toEqual(first);
      const second = { ...first, state: 'acknowledged', acknowledged: { by: 'U1', at: 8 }, snooze: null } as const;
      await store().commit([{ kind: 'alert.put', alert: second }]);
      expect(await store().alert('x')).toEqual(second);
      expect(await store().alert('none')).toBeNull();
    });

    it('that opened in a period come by id in slices, with what people did to them, and since when their journeys have a card', async () => {
      const opened = (id: string, openedAt: number, journeyId = 'deal:d-1') => putAlert(id, { identity: id, openedAt, journeyId });
      const deed = (id: string, alertId: string | null, at: number, who = 'U1') =>
        ({ kind: 'audit.add', entry: { id, at, journeyId: 'deal:d-1', alertId, who, what: 'snoozed', why: null } }) as const;
      await store().commit([opened('a', 10), opened('c', 20), opened('b', 20), opened('d', 21, 'deal:d-2'), opened('early', 9), opened('late', 30)]);
      await store().commit([deed('1', 'a', 12), deed('2', 'a', 13, 'bot'), deed('3', 'b', 22), deed('4', null, 22), deed('5', 'late', 31)]);
      const read = async (after: string | null, limit: number) => {
        const { alerts, deeds } = await store().alertsOpened({ from: 10, to: 30 }, after, limit);
        return [alerts.map(({ id }) => id), deeds.map(({ id }) => id)];
      };
      const postedAt = async () => [...(await store().alertsOpened({ from: 10, to: 30 }, null, 9)).postedAt];
      expect(await postedAt()).toEqual([]);
      expect(await read(null, 2)).toEqual([
        ['a', 'b'],
        ['1', '3'],
      ]);
      expect(await read('b', 2)).toEqual([['c', 'd'], []]);
      expect(await read('d', 2)).toEqual([[], []]);
      const post = (channel: string, at: number) => {
        const shown = card('deal:d-1', channel);
        const receipt = { channelId: 'C1', ts: `${at}`, at };
        return [
          { kind: 'card.put', card: shown },
          { kind: 'card.posted', cardId: shown.id, receipt, fingerprint: shown.fingerprint },
        ] as const;
      };
      await store().commit([...post('#deals', 25), ...post('#large', 23)]);
      expect(await postedAt()).toEqual([['deal:d-1', 23]]);
    });

    it('tell which rules ever found anything', async () => {
      expect(await store().rulesSeen()).toEqual([]);
      await store().commit([
        putAlert('1', { identity: '1' }),
        putAlert('2', { identity: '2', rule: 'ghosted', ...resolved(20) }),
        putAlert('3', { identity: '3', rule: 'ghosted' }),
      ]);
      expect(await store().rulesSeen()).toEqual(['ghosted', expect.any(String)]);
    });

    it('that are open are listed with their journeys, the worst first, then the longest-standing', async () => {
      const of = (id: string, severity: 'info' | 'warning' | 'critical', since: number) =>
        putAlert(id, { identity: id, journeyId: 'deal:d-1', finding: { severity, since } });
      await store().commit([
        putJourney('d-1', { name: 'Rollout' }),
        of('a', 'info', 1),
        of('b', 'critical', 9),
        of('c', 'warning', 3),
        of('d', 'critical', 2),
        putAlert('e', { identity: 'e', ...resolved(20) }),
      ]);
      const { rows, total } = await store().openAlerts({}, 10, 0);
      expect(rows.map((row) => row.alert.id)).toEqual(['d', 'b', 'c', 'a']);
      expect(rows[0]).toMatchObject({ alert: { id: 'd' }, journey: { id: 'deal:d-1', name: 'Rollout', revision: 1 } });
      expect(total).toBe(4);
      expect((await store().openAlerts({}, 1, 0)).journeys).toBe(1);
      const page = await store().openAlerts({}, 2, 1);
      expect([page.rows.map((row) => row.alert.id), page.total]).toEqual([['b', 'c'], 4]);
    });

    it.each<[string, AlertFilter, string[]]>([
      ['rule', { rules: ['ghosted', 'no-activity'] }, ['2']],
      ['no rule', { rules: [] }, []],
      ['owner, whatever the case', { ownerEmail: 'Ann@Example.com' }, ['1']],
      ['one of several owners', { match: { owner: ['ANN@example.com', 'cy@example.com'] } }, ['1']],
      ['segment, as a whole word', { match: { segment: ['enter'] } }, ['2']],
      ['one of several segments', { match: { segment: ['enter', 'emea'] } }, ['2', '1']],
      ['segment, literally', { match: { segment: ['e_t%r'] } }, []],
      ['stage', { match: { stage: ['decision'] } }, ['1']],
      ['map', { match: { map: ['renewal'] } }, ['2']],
      ['severity', { match: { severity: ['critical'] } }, ['2']],
      ['a rule that is asked for', { rules: ['ghosted', 'stalled'], match: { rule: ['ghosted'] } }, ['2']],
      ['amount', { match: { amount: { operator: '>', value: 500 } } }, ['1']],
      ['amount, where none is known', { match: { amount: { operator: '<', value: 500 } } }, []],
      ['journey', { journeyIds: ['deal:d-1', 'deal:d-3'] }, ['1']],
      ['several of these', { journeyIds: ['deal:d-1'], match: { stage: ['interest'] } }, []],
    ])('that are open are filtered by %s', async (_name, filter, expected) => {
      await store().commit([
        putJourney('d-1', { stage: 'decision', ownerEmail: 'ann@example.COM', segments: ['enterprise', 'emea'], accountId: 'a-1', amount: 600 }),
        putJourney('d-2', { stage: 'interest', ownerEmail: 'bo@example.com', segments: ['enter'], accountId: 'a-2', mapKey: 'renewal' }),
        putAlert('1', { identity: '1', journeyId: 'deal:d-1' }),
        putAlert('2', { identity: '2', journeyId: 'deal:d-2', rule: 'ghosted', finding: { severity: 'critical' } }),
      ]);
      const { rows, total, journeys } = await store().openAlerts(filter, 10, 0);
      expect(rows.map((row) => row.alert.id)).toEqual(expected);
      expect([total, journeys]).toEqual([expected.length, expected.length]);
    });

    it.each([
      ['severity', ['1', '2', '3']],
      ['age', ['3', '2', '1']],
      ['amount', ['2', '1', '3']],
    ] as const)('that are open come by %s', async (order, expected) => {
      await store().commit([
        putJourney('d-1', { amount: 5 }),
        putJourney('d-2', { amount: 900 }),
        putJourney('d-3', { amount: null }),
        putAlert('1', { identity: '1', journeyId: 'deal:d-1', finding: { severity: 'critical', since: 9 } }),
        putAlert('2', { identity: '2', journeyId: 'deal:d-2', finding: { severity: 'warning', since: 5 } }),
        putAlert('3', { identity: '3', journeyId: 'deal:d-3', finding: { severity: 'info', since: 1 } }),
      ]);
      expect((await store().openAlerts({}, 10, 0, order)).rows.map(({ alert }) => alert.id)).toEqual(expected);
    });

    it('know who owns what is open', async () => {
      await store().commit([
        putJourney('d-1', { ownerEmail: 'Bo@us.example' }),
        putJourney('d-2', { ownerEmail: 'bo@US.example' }),
        putJourney('d-3', { ownerEmail: 'ann@us.example' }),
        putJourney('d-4', { ownerEmail: 'gone@us.example', outcome: 'lost', outcomeAt: 1 }),
        putJourney('d-5'),
      ]);
      expect(await store().owners()).toEqual(['ann@us.example', 'bo@us.example']);
    });

    it('have an audit, newest first, each entry once', async () => {
      const entry = (id: string, at: number) => ({ id, at, journeyId: 'deal:d-1', alertId: 'x', who: 'U1', what: 'acknowledged', why: null });
      await store().commit(
        [entry('1', 5), entry('2', 9), entry('3', 9), entry('1', 5), { ...entry('4', 7), journeyId: 'deal:d-2' }].map((line) => ({
          kind: 'audit.add',
          entry: line,
        })),
      );
      expect(await store().audit('deal:d-1', 2)).toEqual([entry('3', 9), entry('2', 9)]);
      expect(await store().audit('deal:d-1', 9)).toHaveLength(3);
    });
  });
}
