import './unhurried.ts';
import { appendFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { aRandomHistory } from './a-random-history.ts';
import { openHubspot } from './hubspot-teller.ts';
import { openPipedrive } from './pipedrive-teller.ts';
import { openSalesforce } from './salesforce-teller.ts';
import { openOnes } from './same-in-every-way.ts';
import { loud } from './the-map.ts';
import { asItHappens, healed, imported, outcomeOf } from './ways.ts';

const crms: any = { HubSpot: [openHubspot, false], Salesforce: [openSalesforce, true], Pipedrive: [openPipedrive, false] };
const show = (v: unknown) => (JSON.stringify(v) ?? 'undefined').slice(0, 160);
function diff(path: string, a: any, b: any, out: string[]): void {
  if (JSON.stringify(a) === JSON.stringify(b)) return;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    out.push(`${path}: told ${show(a)} read ${show(b)}`);
    return;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) diff(`${path}.${key}`, a[key], b[key], out);
}
for (const seed of (process.env.SEEDS ?? '1').split(',').map(Number))
  for (const name of (process.env.CRM ?? 'HubSpot').split(','))
    it(`${name} ${seed}`, { timeout: 180_000 }, async () => {
      const [open, compares] = crms[name];
      const [live, late, read] = await Promise.all([
        outcomeOf(open, asItHappens(compares), loud, aRandomHistory(seed)),
        outcomeOf(open, healed(seed), loud, aRandomHistory(seed)),
        outcomeOf(open, imported, loud, aRandomHistory(seed)),
      ]);
      const log: string[] = [
        `=== ${name} ${seed} dead ${[live, late, read].map((o) => o.deadLetters)} old ${[live, late, read].map((o) => o.old.length)}`,
      ];
      for (const [way, told] of [
        ['live', live],
        ['late', late],
      ] as const) {
        const out: string[] = [];
        diff('J', openOnes(told.journeys), read.journeys, out);
        if (out.length === 0) diff('O', told.open, read.open, out);
        if (out.length === 0) diff('T', told.toDo, read.toDo, out);
        log.push(`-- ${way} ${out.length}`, ...out.slice(0, 14));
      }
      appendFileSync('/tmp/a-diff.txt', log.join('\n') + '\n');
      const tells: string[] = [];
      for (const h of aRandomHistory(seed))
        h.tell(
          new Proxy(
            {},
            {
              get:
                (_t, n) =>
                (...args: unknown[]) =>
                  tells.push(`${new Date(h.at).toISOString().slice(0, 16)} ${String(n)} ${JSON.stringify(args)}`),
            },
          ) as never,
        );
      appendFileSync(`/tmp/a-story-${seed}.txt`, '');
      writeFileSync(`/tmp/a-story-${seed}.txt`, tells.join('\n'));
    });
