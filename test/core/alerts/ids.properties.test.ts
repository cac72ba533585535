import fc from 'fast-check';
import { expect, it } from 'vitest';
import { identityOf } from '../../../src/core/alerts/alert.ts';
import { cardIdOf } from '../../../src/core/alerts/card.ts';
import { detectors } from '../../../src/core/detectors/index.ts';

/** Ids that are made of what joins them. */
const hostileId = fc
  .array(fc.constantFrom('a', '/', '|', '%', '%2F', ':', 'stalled', '/stalled/', '#deals'), { maxLength: 6 })
  .map((parts) => parts.join(''));
const rule = fc.constantFrom(...detectors.map(({ name }) => name));
const channel = fc.constantFrom('#deals', '#a', 'C0123456789');

/** Two different things never share a name. */
function expectOneToOne<Thing>(thing: fc.Arbitrary<Thing>, nameOf: (thing: Thing) => string): void {
  fc.assert(
    fc.property(fc.uniqueArray(thing, { minLength: 2, maxLength: 60, selector: (each) => JSON.stringify(each) }), (things) => {
      expect(new Set(things.map(nameOf)).size).toBe(things.length);
    }),
    { numRuns: 300 },
  );
}

it('findings have identities of their own, whatever the ids of journeys and subjects hold', () => {
  expectOneToOne(fc.record({ journeyId: hostileId, rule, subject: hostileId }), ({ journeyId, ...finding }) => identityOf(journeyId, finding));
  expect(identityOf('deal:a', { rule: 'stalled', subject: 'x/stalled/y' })).not.toBe(
    identityOf('deal:a/stalled/x', { rule: 'stalled', subject: 'y' }),
  );
});

it('cards have ids of their own', () => {
  expectOneToOne(fc.record({ journeyId: hostileId, channel }), ({ journeyId, channel: place }) => cardIdOf(journeyId, place));
});

it('ids that hold nothing of this kind stay readable', () => {
  expect(identityOf('deal:hubspot:17', { rule: 'missing-role', subject: 'role:legal' })).toBe('deal:hubspot:17/missing-role/role:legal');
});
