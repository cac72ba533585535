import fc from 'fast-check';
import { expect, it } from 'vitest';
import { saysFrom } from '../../../src/core/alerts/quiet-hours.ts';
import type { AlertAction } from '../../../src/core/alerts/transition.ts';
import type { EscalationStep } from '../../../src/core/journey/journey-map.ts';
import { dayMs, type EpochMs, hourMs } from '../../../src/core/time.ts';
import { aJourney, at, officeHours } from '../builders.ts';
import { chained, step, stepsIn } from './a-chain.ts';
import { createTable } from './decision-table.ts';
import { legal } from './missing-legal.ts';

const start = at('2026-09-14 09:00');
const someStep: fc.Arbitrary<EscalationStep> = fc.constantFrom(
  step('4bh', 'manager'),
  step('2bd', 'owner', 'team'),
  step('5h', '#leads'),
  step('30m', '#leads', 'manager'),
  step('1d', '#deals'),
  step('36h', '#board'),
);
const someAction: fc.Arbitrary<AlertAction> = fc.constantFrom<AlertAction>(
  { kind: 'acknowledge', ends: false },
  { kind: 'snooze', until: start + 3 * dayMs },
  { kind: 'snooze-stage', stage: 'decision' },
  { kind: 'resolve', reason: 'done', note: null },
);
const someEvent = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 0, max: 80 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('look when due' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('post' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('act' as const), action: someAction, which: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mute' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const), cleared: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('feed' as const), stale: fc.boolean() }) },
);

it('says steps in their order, each at most once, one at a time, and none once somebody has seen it, while it is held back, or in quiet hours', () => {
  let steps = 0;
  fc.assert(
    fc.property(
      fc.array(someStep, { minLength: 1, maxLength: 4 }),
      fc.option(fc.constant({ from: '18:00', to: '08:00', offDays: true })),
      fc.array(someEvent, { minLength: 5, maxLength: 40 }),
      (chain, quiet, events) => {
        const table = createTable({ config: chained(chain, { quiet }) });
        const seen = new Set<string>();
        const told = new Map<string, number>();
        let muted = false;
        let now: EpochMs = start;
        const look = (): void => {
          const said = stepsIn(table.decide(now));
          const ids = said.flatMap(({ alerts }) => alerts.map(({ id }) => id));
          steps += ids.length;
          expect(new Set(ids).size).toBe(ids.length);
          if (muted) expect(ids).toEqual([]);
          if (ids.length > 0) expect(saysFrom(now, quiet, officeHours)).toBe(now);
          for (const id of ids) {
            const alert = table.alerts().find((candidate) => candidate.id === id);
            const last = alert?.escalation?.told.at(-1)?.step ?? -1;
            expect(seen.has(id)).toBe(false);
            expect(alert).toMatchObject({ state: 'open', inhibitedBy: null, snooze: null });
            expect(last).toBeGreaterThan(told.get(id) ?? -1);
            told.set(id, last);
          }
          for (const alert of table.alerts()) {
            expect(alert.escalation?.next ?? 0).toBeLessThanOrEqual(chain.length);
            // What was said is what is noted as said.
            expect(alert.escalation?.told.at(-1)?.step ?? -1).toBe(told.get(alert.id) ?? -1);
          }
          expect(table.changes(now)).toEqual([]);
          const { recheckAt } = table.row();
          if (recheckAt !== null) expect(recheckAt).toBeGreaterThan(now);
        };
        look();
        for (const event of events) {
          switch (event.kind) {
            case 'wait':
              now += event.hours * hourMs;
              break;
            case 'look when due':
              now = Math.max(now, table.row().recheckAt ?? now);
              break;
            case 'post':
              for (const card of table.cards()) if (card.posted === null && card.content.state === 'active') table.post(now, card.channel);
              break;
            case 'act': {
              const live = table.alerts().filter(({ state }) => state === 'open');
              const target = live[event.which % Math.max(1, live.length)];
              if (target === undefined) break;
              table.act(target.id, event.action, new Date(now).toISOString().slice(0, 16).replace('T', ' '));
              seen.add(target.id);
              break;
            }
            case 'mute':
              muted = event.on;
              table.set({ mute: muted ? { accountId: 'a-1', until: null, reason: 'x', by: 'U1', at: now } : null });
              break;
            case 'clear':
              table.set({ journey: event.cleared ? aJourney({ committee: [legal] }) : aJourney() });
              break;
            case 'feed':
              table.set({ feedStale: event.stale });
          }
          look();
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(steps).toBeGreaterThan(20);
});
