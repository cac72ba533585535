import { describe, expect, it } from 'vitest';
import type { Journey } from '../../src/core/journey/journey.ts';
import type { Touchpoint } from '../../src/core/journey/record.ts';
import { contactsDuring, contactsOf, momentsOf } from '../../src/core/stage-contacts.ts';

const touch = (id: string, at: number, changes: Partial<Touchpoint> = {}): Touchpoint => ({
  id,
  at,
  type: 'email',
  direction: 'inbound',
  channel: null,
  personId: null,
  asset: null,
  sentiment: null,
  ...changes,
});

describe('contacts', () => {
  it('during a stage are those of all its visits, and none of what is our own business', () => {
    const touchpoints = [
      touch('a', 9),
      touch('b', 10),
      touch('c', 19, { direction: 'outbound' }),
      touch('d', 20),
      touch('e', 31),
      touch('f', 32, { direction: 'internal' }),
    ];
    const visits = [
      { enteredAt: 10, leftAt: 20 },
      { enteredAt: 30, leftAt: null },
    ];
    expect(contactsDuring(visits, touchpoints)).toEqual({ inbound: 2, outbound: 1 });
    expect(contactsDuring([], touchpoints)).toEqual({ inbound: 0, outbound: 0 });
  });

  it('of an account count once, whichever of its journeys know them, oldest first', () => {
    const shared = touch('b', 20, { sentiment: -1 });
    expect(contactsOf([{ touchpoints: [shared, touch('a', 10)] }, { touchpoints: [shared] }])).toEqual([
      { at: 10, direction: 'inbound', sentiment: null },
      { at: 20, direction: 'inbound', sentiment: -1 },
    ]);
  });
});

describe('moments of truth', () => {
  const states = (touchpoints: Touchpoint[], reached = true, forgets: Pick<Journey, 'lastOf'> = {}) =>
    momentsOf({ touchpoints, ...forgets }, ['security_review'], reached).map(({ label, state }) => `${label}: ${state}`);

  it('happened by type or asset, and went badly where the newest one did', () => {
    expect(states([touch('a', 1, { type: 'Security review' })])).toEqual(['Security review: well']);
    expect(states([touch('b', 2, { asset: 'security_review', sentiment: -1 }), touch('a', 1, { type: 'security_review' })])).toEqual([
      'Security review: badly',
    ]);
  });

  it('went as the newest one says that says how it went: a later one without a mood mends nothing', () => {
    const badly = touch('a', 1, { type: 'security_review', sentiment: -2 });
    expect(states([touch('b', 2, { type: 'security_review' }), badly])).toEqual(['Security review: badly']);
    expect(states([touch('c', 3, { type: 'security_review', sentiment: 1 }), badly])).toEqual(['Security review: well']);
  });

  it('are missing only where the stage was reached, and only where nothing may have been forgotten', () => {
    expect(states([])).toEqual(['Security review: missing']);
    expect(states([], false)).toEqual(['Security review: ahead']);
    expect(states([touch('a', 1)], true, { lastOf: { call: 1 } })).toEqual([]);
  });
});
