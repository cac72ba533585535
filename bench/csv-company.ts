import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';

/**
 * Writes the CSV exports of a made-up company, as Salesforce writes them: deals with accounts, and the history of their stages. Run it as
 * `node bench/csv-company.ts DIRECTORY [DEALS] [MOVES]`. The same numbers give the same files, byte by byte.
 */
export async function writeCsvCompany(
  directory: string,
  { deals, moves }: { deals: number; moves: number },
): Promise<{ deals: string; history: string }> {
  await mkdir(directory, { recursive: true });
  const files = { deals: join(directory, 'opportunities.csv'), history: join(directory, 'opportunity-history.csv') };
  await write(files.deals, dealLines(deals));
  await write(files.history, moveLines(deals, moves));
  return files;
}

const stages = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
];
const owners = ['Dana Wolf', 'Amir Haddad', 'Lea Brandt', 'Tom Sato'];
const firstDay = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

function* dealLines(deals: number): Generator<string> {
  yield 'Opportunity ID,Opportunity Name,Account ID,Account Name,Stage,Amount,Close Date,Probability (%),Opportunity Owner,Created Date,Last Modified Date\r\n';
  for (let deal = 0; deal < deals; deal += 1) {
    const account = deal % Math.max(1, Math.floor(deals / 3));
    const created = firstDay + (deal % 600) * dayMs;
    const modified = created + ((deal * 7) % 200) * dayMs + 36_000_000;
    const stage = stages[deal % stages.length] ?? '';
    const amount = `"${(1_000 + ((deal * 37) % 90_000)).toLocaleString('en-US')}.50"`;
    yield `${id('006', deal)},"Rollout ${deal}, phase ${deal % 4}",${id('001', account)},Company ${account} GmbH,${stage},${amount},${day(modified + 30 * dayMs)},${(deal % 10) * 10},${owners[deal % owners.length]},${time(created)},${time(modified)}\r\n`;
  }
}

function* moveLines(deals: number, moves: number): Generator<string> {
  yield 'Opportunity ID,Opportunity Name,From Stage,To Stage,Last Modified Date\r\n';
  const each = moves / deals;
  for (let move = 0; move < moves; move += 1) {
    const deal = Math.min(deals - 1, Math.floor(move / each));
    const step = move - Math.ceil(deal * each);
    const at = firstDay + (deal % 600) * dayMs + step * 9 * dayMs + 32_400_000;
    yield `${id('006', deal)},"Rollout ${deal}, phase ${deal % 4}",${stages[step % stages.length]},${stages[(step + 1) % stages.length]},${time(at)}\r\n`;
  }
}

const id = (prefix: string, index: number): string => `${prefix}Ab${index.toString(36).padStart(10, '0')}`;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}`;

async function write(file: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(file);
  let batch = '';
  for (const line of lines) {
    batch += line;
    if (batch.length < 1_000_000) continue;
    if (!stream.write(batch)) await new Promise((drained) => stream.once('drain', drained));
    batch = '';
  }
  stream.end(batch);
  await finished(stream);
}

if (import.meta.main) {
  const [directory = 'csv-company', deals = '100000', moves = '1000000'] = process.argv.slice(2);
  const files = await writeCsvCompany(resolve(directory), { deals: Number(deals), moves: Number(moves) });
  console.log(`${files.deals}\n${files.history}`);
}
