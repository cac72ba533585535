import './unhurried.ts';
import { expect, it } from 'vitest';
import { aRandomHistory } from './a-random-history.ts';
import { openHubspot } from './hubspot-teller.ts';
import { openPipedrive } from './pipedrive-teller.ts';
import { openSalesforce } from './salesforce-teller.ts';
import { openOnes } from './same-in-every-way.ts';
import type { OpenCrm } from './teller.ts';
import { loud } from './the-map.ts';
import { asItHappens, healed, imported, outcomeOf } from './ways.ts';

const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);
const crms: [name: string, open: OpenCrm, compares: boolean][] = [
  ['HubSpot', openHubspot, false],
  ['Salesforce', openSalesforce, true],
  ['Pipedrive', openPipedrive, false],
].filter(([name]) => (process.env.CRM ?? name) === name) as never;

it.each(seeds.flatMap((seed) => crms.map(([name, open, compares]) => [name, seed, open, compares] as const)))(
  'whatever happens in %s, webhooks, late ones healed, and an import say the same of it (history %i)',
  { timeout: 180_000 },
  async (_name, seed, open, compares) => {
    const [live, late, read] = await Promise.all([
      outcomeOf(open, asItHappens(compares), loud, aRandomHistory(seed)),
      outcomeOf(open, healed(seed), loud, aRandomHistory(seed)),
      outcomeOf(open, imported, loud, aRandomHistory(seed)),
    ]);
    for (const told of [live, late]) {
      expect.soft(openOnes(told.journeys)).toEqual(read.journeys);
      expect.soft(told.open).toEqual(read.open);
      expect.soft(told.toDo).toEqual(read.toDo);
    }
  },
);
