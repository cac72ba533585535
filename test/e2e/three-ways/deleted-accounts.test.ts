import './unhurried.ts';
import { expect, it } from 'vitest';
import { dayMs } from '../../../src/core/time.ts';
import { openHubspot } from './hubspot-teller.ts';
import { openPipedrive } from './pipedrive-teller.ts';
import { openOnes } from './same-in-every-way.ts';
import type { Teller } from './teller.ts';
import { beginning, type Happening } from './the-history.ts';
import { loud } from './the-map.ts';
import { asItHappens, healed, imported, outcomeOf } from './ways.ts';

function history(): Happening[] {
  const happenings: Happening[] = [];
  const on = (day: number, tell: (to: Teller) => void): void =>
    void happenings.push({ at: beginning + day * dayMs + happenings.length * 60_000, tell });
  for (const name of ['acme', 'nova']) {
    on(1, (to) => to.account(name, { name, owner: 'dana' }));
    on(2, (to) => to.deal(`deal-${name}`, { account: name, name: `Deal ${name}`, amount: 60_000, closes: '2026-09-01', owner: 'omar' }));
    on(3, (to) => to.person(`cfo-${name}`, { account: name, name: 'Kim Cash', title: 'CFO', role: 'economic_buyer' }));
    on(3, (to) => to.join(`cfo-${name}`, `deal-${name}`));
    on(12, (to) => to.talk(`deal-${name}`, `cfo-${name}`, 'call', 'them'));
  }
  on(40, (to) => to.removeAccount?.('acme'));
  return happenings.toSorted((a, b) => a.at - b.at);
}

it.each([
  ['HubSpot', openHubspot],
  ['Pipedrive', openPipedrive],
] as const)('an account that was deleted in %s is none of its deal any more, whoever heard of it when', { timeout: 120_000 }, async (_, open) => {
  const [live, late, read] = await Promise.all([asItHappens(true), healed(3), imported].map((way) => outcomeOf(open, way, loud, history())));
  if (live === undefined || late === undefined || read === undefined) throw new Error('not told');
  const accounts = Object.values(read.journeys).map(({ name, journey }) => [name, journey.account?.name ?? null]);
  expect(accounts.toSorted()).toEqual([
    ['Deal acme', null],
    ['Deal nova', 'nova'],
  ]);
  for (const told of [live, late]) {
    expect(openOnes(told.journeys)).toEqual(openOnes(read.journeys));
    expect(told.open).toEqual(read.open);
  }
});
