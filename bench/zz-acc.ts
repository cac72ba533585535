import { measureAcceptance } from './measures/acceptance.ts';
import { newSecret } from './signing.ts';
import { mkdtempSync } from 'node:fs';
const r = await measureAcceptance({ rounds: Number(process.argv[2]??1), accounts: 5000, flood: Number(process.argv[3]??8000), floodSeconds: 4, paceSeconds: 5, dueJourneys: 1000, folder: mkdtempSync('/tmp/bench/acc-'), secret: newSecret(), say: (l)=>console.error(l) });
for (const x of r.rows) console.log(x.name.padEnd(48), x.spread.median.toFixed(1).padStart(10), x.unit, `${x.spread.least.toFixed(0)}–${x.spread.most.toFixed(0)}`);
console.log(r.verdicts);
