import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CrmHistory } from '../../app/crm.ts';
import type { Clock } from '../../app/ports.ts';
import { crmsOf } from '../../crms.ts';
import { aboutVariable, readGiven } from '../../environment.ts';
import { openCsv } from '../csv/open-csv.ts';
import type { AskDeals } from '../csv/whose-deals.ts';
import { quietLogger } from '../open-crm.ts';

export type Wanted = {
  what: string;
  /** A CSV file's mapping. */
  map: string | null;
  timezone: string;
  clock: Clock;
  stopping: AbortSignal;
  environment: Record<string, string | undefined>;
  /** Whether somebody is there to be asked. */
  asks: boolean;
  /** Of some deals, by their records' ids, those that are known. */
  knownDeals: AskDeals;
  print(line: string): void;
};

/** `order`: what it is, and what changes what comes out of it. */
export type Opened = { ok: true; history: CrmHistory; order: string } | { ok: false; message: string };

/** What each CRM has to be given before it can be asked. */
const variables = {
  hubspot: ['HUBSPOT_ACCESS_TOKEN'],
  salesforce: ['SALESFORCE_LOGIN_URL', 'SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET'],
  pipedrive: ['PIPEDRIVE_API_TOKEN'],
} as const;

export async function historyOf(wanted: Wanted): Promise<Opened> {
  return isCrm(wanted.what) ? historyOfCrm(wanted.what, wanted) : historyOfFile(wanted);
}

const isCrm = (what: string): what is keyof typeof variables => Object.hasOwn(variables, what);

async function historyOfCrm(what: keyof typeof variables, { environment, clock, stopping }: Wanted): Promise<Opened> {
  const crms = await crmsOf(readGiven(environment), { clock, logger: quietLogger, onIgnored: () => undefined, stopping });
  const history = crms.find(({ source }) => source === what)?.history ?? null;
  if (history !== null) return { ok: true, history, order: what };
  const missing = variables[what].map((name) => {
    const about = aboutVariable(name);
    return about === null ? `  ${name}` : `  ${name}: ${about.where}`;
  });
  return { ok: false, message: [`To ask ${what}, these have to be in .env or in the environment:`, ...missing].join('\n') };
}

/** A file that is another one by now is another order: it begins anew. */
async function historyOfFile({ what: file, map, timezone, clock, asks, knownDeals, print }: Wanted): Promise<Opened> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile())
    return { ok: false, message: `${file}: there is no such file. Import hubspot, salesforce, pipedrive or a CSV file.` };
  const prompts = asks ? await (await import('../init/prompts.ts')).createPrompts() : null;
  const opened = await openCsv({ file, map, timezone, clock, prompts, knownDeals, print });
  if (!opened.ok) return opened;
  for (const line of opened.reading) print(line);
  const mapping = opened.mappingFile === null ? '' : await readFile(opened.mappingFile, 'utf8');
  const said = createHash('sha256')
    .update(JSON.stringify([mapping, timezone, opened.mapping.crm, opened.mapping.columns]))
    .digest('hex')
    .slice(0, 16);
  return { ok: true, history: opened.history, order: [resolve(file), found.size, found.mtimeMs, said].join(' ') };
}
