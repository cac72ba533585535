import { openStore } from '../adapters/store/open-store.ts';
import type { DeadLetter, Store } from '../app/ports.ts';
import { counted } from '../core/counted.ts';
import { type Source, sources } from '../core/journey/signal.ts';
import { readPlaces } from '../environment.ts';
import type { Command } from './command.ts';

const listed = 100;
const begun = 200;
const usage = [
  'dead-letters [list] [--source SOURCE] [--after ID]   lists them, a hundred at a time',
  'dead-letters show ID                                 all of one',
  'dead-letters replay ID|all [--source SOURCE]         puts it back into the inbox',
  'dead-letters drop ID|all [--source SOURCE]           forgets it for good',
].join('\n');

/** Webhook bodies that could not be processed. Works beside a running bot, which takes a replayed one in within half a minute. */
export const deadLetters: Command = async ({ positionals: [action = 'list', which, ...more], options, print }) => {
  const source = readSource(options.source);
  const after = options.after === undefined ? 0 : Number(options.after);
  const id = Number(which);
  const all = which === 'all' && (action === 'replay' || action === 'drop');
  const isOne = Number.isSafeInteger(id) && which !== undefined;
  const isSound = action === 'list' ? which === undefined : action === 'show' ? isOne : (action === 'replay' || action === 'drop') && (all || isOne);
  if (source === null || !Number.isSafeInteger(after) || !isSound) {
    print(source === null ? `--source is one of ${sources.join(', ')}` : usage);
    return 1;
  }
  if (more.length > 0) {
    print(`One at a time, please: ${[which, ...more].map((one) => `dead-letters ${action} ${one}`).join(', then ')}`);
    return 1;
  }
  const store = await openStore(readPlaces(process.env).DATABASE_URL, { shared: true });
  try {
    if (action === 'list') return await list(store, source, after, print);
    if (action === 'show') return await show(store, id, print);
    return all ? await each(store, action as Act, source, print) : await one(store, action as Act, id, print);
  } finally {
    await store.close();
  }
};

type Act = 'replay' | 'drop';
const done: Record<Act, string> = { replay: 'Put back into the inbox', drop: 'Dropped' };

const readSource = (given: unknown): Source | undefined | null =>
  given === undefined ? undefined : (sources.find((source) => source === given) ?? null);

const only = (source: Source | undefined, after: number) => ({ after, ...(source === undefined ? {} : { source }) });

async function list(store: Store, source: Source | undefined, after: number, print: (line: string) => void): Promise<number> {
  const letters = await store.deadLetters(listed + 1, only(source, after));
  if (letters.length === 0) print(after === 0 ? 'No dead letters.' : 'No more dead letters.');
  for (const { id, source: from, receivedAt, error, body } of letters.slice(0, listed)) {
    print(`${id}  ${from}  ${new Date(receivedAt).toISOString()}  ${error}`);
    print(`    ${body.length > begun ? `${body.slice(0, begun)}…` : body}`);
  }
  const last = letters[listed - 1];
  if (letters.length > listed && last !== undefined)
    print(`There are more: dead-letters list${source === undefined ? '' : ` --source ${source}`} --after ${last.id}`);
  return 0;
}

async function show(store: Store, id: number, print: (line: string) => void): Promise<number> {
  const letter = await store.deadLetter(id);
  if (letter === null) {
    print(`There is no dead letter ${id}.`);
    return 1;
  }
  const { source, key, receivedAt, diedAt, error, body } = letter;
  print(`dead letter  ${id}`);
  print(`source       ${source}`);
  print(`key          ${key}`);
  print(`came in      ${new Date(receivedAt).toISOString()}`);
  print(`died         ${new Date(diedAt).toISOString()}`);
  print(`error        ${error}`);
  print('');
  print(body);
  return 0;
}

async function one(store: Store, action: Act, id: number, print: (line: string) => void): Promise<number> {
  const found = await act(store, action, id);
  print(found ? `${done[action]}: ${id}` : `There is no dead letter ${id}.`);
  return found ? 0 : 1;
}

/** Those that there are now: what dies again while this goes on comes after them. */
async function each(store: Store, action: Act, source: Source | undefined, print: (line: string) => void): Promise<number> {
  const found: DeadLetter['id'][] = [];
  for (let after = 0; ; ) {
    const letters = await store.deadLetters(listed, only(source, after));
    found.push(...letters.map(({ id }) => id));
    if (letters.length < listed) break;
    after = found.at(-1) ?? after;
  }
  let count = 0;
  for (const id of found) if (await act(store, action, id)) count += 1;
  print(`${done[action]}: ${counted(count, 'dead letter')}`);
  return 0;
}

const act = (store: Store, action: Act, id: number): Promise<boolean> =>
  action === 'replay' ? store.replayDeadLetter(id, Date.now()) : store.dropDeadLetter(id);
