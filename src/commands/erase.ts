import { randomUUID } from 'node:crypto';
import type { RecordRef, Store } from '../app/ports.ts';
import { compareText } from '../core/compare-text.ts';
import { recordKinds } from '../core/journey/signal.ts';
import { readPlaces } from '../environment.ts';
import type { Command } from './command.ts';
import { carryOut, openForErasing } from './erase/carry-out.ts';
import { confirmErasure } from './erase/confirm-erasure.ts';
import { describeRecord, findRecords } from './erase/find-records.ts';

const usage = 'erase person|deal|account ID [--yes]: ID is the CRM’s id, an e-mail address or a name';

/**
 * Erases a record by hand, the same way as the CRM's own erasure goes: a signal through the inbox, which a running bot takes in within seconds. Where none
 * runs, this does it, and the next start edits what stands in Slack.
 */
export const erase: Command = async ({ positionals: [kindText, ...words], options, print }) => {
  const kind = recordKinds.find((one) => one === kindText);
  const query = words.join(' ').trim();
  if (kind === undefined || query === '') {
    print(usage);
    return 1;
  }
  const { store, alone } = await openForErasing(readPlaces(process.env).DATABASE_URL);
  try {
    const { refs: found, whole } = await findRecords(store, kind, query);
    const [only] = found;
    if (only === undefined) {
      print(`Nothing is known of a ${kind} ${query}.`);
      return 1;
    }
    // It cannot be undone: nobody is erased unseen because of half a name.
    if (found.length > 1 || (!whole && options.yes === true)) {
      print(
        whole
          ? `${query} can be each of these. Say which by its id:`
          : `${query} is no id, address or whole name. Say by its id which of these is meant, if it is:`,
      );
      for (const ref of found) print(`  ${await describeRecord(store, ref)}`);
      return 1;
    }
    if (await isErased(store, only)) return await tellErased(store, only, print);
    print(`This erases the ${await describeRecord(store, only)}. It will be taken out of:`);
    for (const line of countLines(await store.previewErasure(only))) print(`  ${line}`);
    print('It cannot be undone, and it never comes back by what the CRM still sends. The CRM itself is not touched.');
    if (options.yes !== true && !(await confirmErasure(print))) return 1;
    const report = await carryOut({ store, alone, ref: only, key: randomUUID() });
    if (report === null) {
      print('It is in the inbox; the bot that runs has not done it within a minute. Ask again with the same command: it says when it is done.');
      return 1;
    }
    print('Erased. It was taken out of:');
    for (const line of countLines(report.counts)) print(`  ${line}`);
    print(alone ? 'What stands in Slack is edited when the bot runs again.' : 'What stands in Slack is being edited.');
    return 0;
  } finally {
    await store.close();
  }
};

async function isErased(store: Store, { kind, id }: RecordRef): Promise<boolean> {
  const { accounts, deals, people, aliases } = await store.loadNeighbourhood([{ kind, id }]);
  const now = aliases.get(`${kind}:${id}`) ?? id;
  const stored = kind === 'account' ? accounts.get(now) : kind === 'deal' ? deals.get(now) : people.get(now);
  return stored !== undefined && stored.record.erasedAt !== null;
}

async function tellErased(store: Store, ref: RecordRef, print: (line: string) => void): Promise<number> {
  const report = await store.erasureOf(ref);
  print(
    `The ${ref.kind} ${ref.id} is erased${report === null ? '.' : report.done ? '. It was taken out of:' : ', and what is kept beside it is being looked through.'}`,
  );
  for (const line of countLines(report?.counts ?? {})) print(`  ${line}`);
  return 0;
}

/** What the store counts what it touched in, and what one of it is called. */
const singular: Record<string, string> = {
  alerts: 'alert',
  'audit entries': 'audit entry',
  cards: 'card',
  'dead letters': 'dead letter',
  messages: 'message',
  mutes: 'mute',
  signals: 'signal',
  'texts of records': 'text of a record',
  'texts of signals': 'text of a signal',
  'touchpoints and links': 'touchpoint or link',
  'unknown values': 'unknown value',
  'waiting webhooks': 'waiting webhook',
};

/** In one order, so that what was said beforehand is found again. */
function countLines(counts: Record<string, number>): string[] {
  const named = Object.entries(counts).sort(([a], [b]) => compareText(a, b));
  const lines = named.map(([what, count]) => `${String(count).padStart(6)} ${count === 1 ? (singular[what] ?? what) : what}`);
  return lines.length === 0 ? ['the record itself, and nothing beside it'] : lines;
}
