import { describe, expect, it } from 'vitest';
import { escalationOf, isStepChannel, matches, parentChannel, type RouteFacts, routeChannels, routesOf } from '../../../src/core/alerts/route.ts';
import type { RouteMatch } from '../../../src/core/journey/journey-map.ts';
import { aRoute } from '../builders.ts';
import { step } from './a-chain.ts';

const facts: RouteFacts = {
  segments: ['enterprise'],
  mapKey: 'new-business',
  stage: 'decision',
  rule: 'stalled',
  severity: 'warning',
  ownerEmail: 'Dana@us.example',
  amount: 50_000,
};
const tree = [
  aRoute('#deals', {
    routes: [
      aRoute('#enterprise', {
        match: { segment: ['enterprise'] },
        routes: [aRoute(null, { match: { severity: ['critical'] }, notify: ['owner'] }), aRoute('#legal', { match: { rule: ['missing-role'] } })],
      }),
      aRoute(null, { match: { severity: ['critical'] }, notify: ['owner'] }),
    ],
  }),
];
const routed = (about: Partial<RouteFacts> = {}) => routesOf(tree, { ...facts, ...about });

describe('where an alert goes', () => {
  it('is the deepest node that matches', () => {
    expect(routed()).toEqual([{ channel: '#enterprise', notifyOwner: false }]);
    expect(routed({ rule: 'missing-role' })).toEqual([{ channel: '#legal', notifyOwner: false }]);
    expect(routed({ segments: [] })).toEqual([{ channel: '#deals', notifyOwner: false }]);
  });

  it('is the parent’s channel where a node has none, with the owner asked for', () => {
    expect(routed({ severity: 'critical' })).toEqual([{ channel: '#enterprise', notifyOwner: true }]);
    expect(routed({ severity: 'critical', segments: [] })).toEqual([{ channel: '#deals', notifyOwner: true }]);
  });

  it('is the first sibling that matches, and those after it where it says continue', () => {
    const siblings = (goesOn: boolean) => [
      aRoute('#a', { continue: goesOn }),
      aRoute('#b', { match: { stage: ['implementation'] } }),
      aRoute('#c'),
      aRoute('#d'),
    ];
    expect(routesOf(siblings(false), facts).map(({ channel }) => channel)).toEqual(['#a']);
    expect(routesOf(siblings(true), facts).map(({ channel }) => channel)).toEqual(['#a', '#c']);
  });

  it('is each channel once; who asks for the owner there wins', () => {
    expect(routesOf([aRoute('#a', { continue: true }), aRoute('#a', { notify: ['owner'] })], facts)).toEqual([{ channel: '#a', notifyOwner: true }]);
  });

  it('is nowhere where nothing matches', () => {
    expect(routesOf([aRoute('#a', { match: { map: ['renewals'] } })], facts)).toEqual([]);
  });
});

it.each<[RouteMatch, boolean]>([
  [{}, true],
  [{ segment: ['smb', 'enterprise'] }, true],
  [{ segment: ['smb'] }, false],
  [{ map: ['new-business'], stage: ['decision'], rule: ['stalled'], severity: ['warning'] }, true],
  [{ stage: ['implementation'] }, false],
  [{ owner: ['dana@US.example'] }, true],
  [{ owner: ['lee@us.example'] }, false],
  [{ amount: { operator: '>=', value: 50_000 } }, true],
  [{ amount: { operator: '>', value: 50_000 } }, false],
])('a route with %j matches: %s', (match, expected) => {
  expect(matches(match, facts)).toBe(expected);
});

it('a route that asks for what is not known does not match', () => {
  const nothing = { ...facts, stage: null, ownerEmail: null, amount: null };
  for (const match of [{ stage: ['decision'] }, { owner: ['dana@us.example'] }, { amount: { operator: '<', value: 1 } }] as RouteMatch[])
    expect(matches(match, nothing)).toBe(false);
});

it('the channel next further up is found for every channel of the tree', () => {
  expect(['#legal', '#enterprise', '#deals', '#elsewhere'].map((channel) => parentChannel(tree, channel))).toEqual([
    '#enterprise',
    '#deals',
    null,
    null,
  ]);
});

describe('the channel of a step', () => {
  const chained = [
    aRoute('#deals', {
      escalate: [step('4bh', '#leads'), step('1bd', '#deals', 'owner')],
      routes: [aRoute('#big', { escalate: [step('1bd', '#deals')] })],
    }),
  ];

  it('falls back to that of its chain, unless alerts go there at once', () => {
    expect(['#leads', '#deals', '#big'].map((channel) => parentChannel(chained, channel))).toEqual(['#deals', null, '#deals']);
    expect(['#leads', '#deals', '#elsewhere'].map((channel) => isStepChannel(chained, channel))).toEqual([true, false, false]);
  });

  it('is one that the bot joins', () => {
    expect(routeChannels(chained)).toEqual(['#deals', '#big', '#leads']);
  });

  it('is in the chain of the nearest node that has one', () => {
    const tree = [
      aRoute('#deals', {
        escalate: [step('4bh', 'owner')],
        routes: [aRoute(null, { match: { stage: ['decision'] } }), aRoute('#quiet', { escalate: [] })],
      }),
    ];
    expect(escalationOf(tree, facts)).toMatchObject({ channel: '#deals', steps: [{ notify: ['owner'] }], next: 0 });
    expect(escalationOf(tree, { ...facts, stage: 'awareness' })).toBeNull();
    expect(escalationOf([aRoute('#a', { continue: true }), ...tree], facts)).toMatchObject({ channel: '#deals' });
  });

  it('mentions whom the nodes above mention, too', () => {
    const tree = [aRoute('#deals', { notify: ['manager'], routes: [aRoute('#big', { notify: ['owner', 'team'] })] })];
    expect(routesOf(tree, facts)).toEqual([{ channel: '#big', notifyOwner: true, others: ['manager', 'team'] }]);
  });
});

it('every channel is named once', () => {
  expect(routeChannels([...tree, aRoute('#deals')])).toEqual(['#deals', '#enterprise', '#legal']);
});
