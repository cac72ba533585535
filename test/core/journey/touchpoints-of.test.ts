import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runDetectors } from '../../../src/core/detectors/run-detectors.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { signalWithout } from '../../../src/core/journey/signal-without.ts';
import { aConfig, aMap, aSignal, at } from '../builders.ts';
import { journeysOf, type World, worldOf } from './records-world.ts';
import { someSignal } from './some-signals.ts';

const map = aMap({});
const config = aConfig({ maps: [map, aMap({ key: 'customers', for: { kind: 'accounts' } })] });
const deleted = (id: string, when = '2026-12-01') => aSignal('record.deleted', when, { record: { kind: 'person', id } });
const touch = (touchpoint: object, when = '2026-09-08') =>
  aSignal('touchpoint.recorded', when, { touchpoint: { type: 'email', direction: 'inbound', ...touchpoint } });
const deal = aSignal('deal.upserted', '2026-09-07', { deal: { id: 'd-1', accountId: 'a-1' } });
const priya = (when: string, fields: object = { accountId: 'a-1' }) => aSignal('person.upserted', when, { person: { id: 'p-1', ...fields } });
const heard = (...signals: Signal[]) =>
  journeysOf(worldOf([deal, ...signals]), config).flatMap(({ touchpoints }) => touchpoints.map(({ type, personId }) => [type, personId]));

/** What all rules say, half a year on. */
const findings = (world: World) =>
  journeysOf(world, config).map(
    (journey) =>
      runDetectors(
        journey,
        {
          map: config.maps.find(({ key }) => key === journey.mapKey) ?? map,
          roles: config.roles,
          calendar: config.calendar,
          now: at('2027-03-01'),
        },
        undefined,
      ).findings,
  );

describe('the touchpoints of somebody who was deleted', () => {
  it('stay where they name a deal or an account, as touchpoints of nobody; those of nobody else go', () => {
    const all = [
      touch({ dealId: 'd-1', personId: 'p-1', type: 'call' }),
      touch({ accountId: 'a-1', personId: 'p-1', type: 'email' }, '2026-09-09'),
      touch({ personId: 'p-1', type: 'visit' }, '2026-09-10'),
    ];
    expect(heard(priya('2026-09-07'), ...all)).toEqual([
      ['visit', 'p-1'],
      ['email', 'p-1'],
      ['call', 'p-1'],
    ]);
    expect(heard(priya('2026-09-07'), ...all, deleted('p-1'))).toEqual([
      ['email', null],
      ['call', null],
    ]);
  });

  it('name nobody, too, where the person was of another account, or was known by another id; and by the id they go by now whoever is there, be the other one deleted', () => {
    const elsewhere = priya('2026-09-07', { accountId: 'a-9' });
    const merged = aSignal('record.merged', '2026-09-09', { merge: { kind: 'person', from: ['p-old'], into: 'p-1' } });
    const said = [touch({ dealId: 'd-1', personId: 'p-1' }), touch({ dealId: 'd-1', personId: 'p-old' }), merged];
    expect(heard(elsewhere, ...said).map(([, id]) => id)).toEqual(['p-1', 'p-1']);
    expect(heard(elsewhere, ...said, deleted('p-1')).map(([, id]) => id)).toEqual([null, null]);
    expect(heard(priya('2026-09-07'), ...said, deleted('p-old')).map(([, id]) => id)).toEqual(['p-1', 'p-1']);
  });

  it('name the person again who came back', () => {
    const said = touch({ dealId: 'd-1', personId: 'p-1' });
    expect(heard(priya('2026-09-07'), said, deleted('p-1', '2026-09-10'), priya('2026-09-12'))).toEqual([['email', 'p-1']]);
  });

  it('read, whatever happened, as if nobody had ever been told whose they were: in the journeys, and in all that rules say of them', () => {
    const isNamed = ({ type, ...signal }: Signal): boolean => type === 'record.merged' && JSON.stringify(signal).includes('"person"');
    fc.assert(
      fc.property(fc.array(someSignal, { maxLength: 30 }), fc.constantFrom('p-1', 'p-2'), (signals, id) => {
        const told = signals.filter((signal) => !isNamed(signal));
        const forgotten = told.flatMap((signal) => signalWithout(signal, { kind: 'person', ids: new Set([id]) }) ?? []);
        const [heardOfIt, never] = [worldOf([...told, deleted(id)]), worldOf(forgotten)];
        expect(journeysOf(heardOfIt, config)).toEqual(journeysOf(never, config));
        expect(findings(heardOfIt)).toEqual(findings(never));
      }),
      { numRuns: 200 },
    );
  });
});
