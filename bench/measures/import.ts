import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { benchMapFile } from '../bench-map.ts';
import { writeCsvCompany } from '../csv-company.ts';
import { npmScript } from '../npm-script.ts';
import { startRunning } from '../process.ts';
import { residentMiB } from '../resident.ts';
import { type Result, row, verdict } from '../result.ts';

type Imported = { perSecond: number; peakMiB: number };

/** A first import as a team makes one: all deals, then the history of their stages, each as a CSV file, into an empty store. Once, whatever the rounds. */
export async function measureImport(bench: Bench): Promise<Result> {
  const moves = bench.deals * 10;
  const files = await writeCsvCompany(join(bench.folder, 'company'), { deals: bench.deals, moves });
  const database = join(bench.folder, 'imported.db');
  bench.say(`import: ${bench.deals} deals`);
  const deals = await importFile(files.deals, database, bench.deals);
  bench.say(`import: ${moves} moves`);
  const history = await importFile(files.history, database, moves);
  return {
    title: `Import from CSV: ${bench.deals} deals, ${moves} moves between stages`,
    rows: [
      row('deals', 'rows/s', [deals.perSecond]),
      row('moves', 'rows/s', [history.perSecond]),
      row('resident, the most of both', 'MiB', [Math.max(deals.peakMiB, history.peakMiB)]),
    ],
    verdicts: [verdict(7, 'an import, resident', 'MiB', [Math.max(deals.peakMiB, history.peakMiB)], { most: 300 })],
    notes: [],
  };
}

async function importFile(file: string, database: string, rows: number): Promise<Imported> {
  const { program, flags, given } = npmScript('journey');
  const startedAt = performance.now();
  const running = startRunning(program, {
    flags,
    arguments: [...given, 'import', file],
    environment: { DATABASE_URL: `file:${database}`, JOURNEY_CONFIG: benchMapFile },
  });
  let peakMiB = 0;
  const watching = setInterval(() => {
    peakMiB = Math.max(peakMiB, residentMiB(running.pid) || 0);
  }, 50);
  await running.ended;
  clearInterval(watching);
  if (!running.output().includes('Imported')) throw new Error(`the import failed: ${running.output()}`);
  return { perSecond: (rows * 1_000) / (performance.now() - startedAt), peakMiB };
}
