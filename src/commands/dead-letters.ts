import { openStore } from '../adapters/store/open-store.ts';
import { readPlaces } from '../environment.ts';
import type { Command } from './command.ts';

const listed = 100;

/** Lists webhook bodies that could not be read, sends one through again, or drops it. Works beside a running bot, which takes a replayed one in within half a minute. */
export const deadLetters: Command = async ({ positionals: [action, idText], print }) => {
  const store = await openStore(readPlaces(process.env).DATABASE_URL, { shared: true });
  try {
    if (action === undefined) return await list(store, print);
    const id = Number(idText);
    if ((action !== 'replay' && action !== 'drop') || !Number.isSafeInteger(id)) {
      print('dead-letters, dead-letters replay ID, or dead-letters drop ID');
      return 1;
    }
    const found = action === 'replay' ? await store.replayDeadLetter(id, Date.now()) : await store.dropDeadLetter(id);
    print(found ? `${action === 'replay' ? 'Put back into the inbox' : 'Dropped'}: ${id}` : `There is no dead letter ${id}.`);
    return found ? 0 : 1;
  } finally {
    await store.close();
  }
};

async function list(store: Awaited<ReturnType<typeof openStore>>, print: (line: string) => void): Promise<number> {
  const letters = await store.deadLetters(listed);
  if (letters.length === 0) print('No dead letters.');
  for (const { id, source, receivedAt, error, body } of letters) {
    print(`${id}  ${source}  ${new Date(receivedAt).toISOString()}  ${error}`);
    print(`    ${body.length > 200 ? `${body.slice(0, 200)}…` : body}`);
  }
  return 0;
}
