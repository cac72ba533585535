import { openStore } from '../adapters/store/open-store.ts';
import { readPlaces } from '../environment.ts';
import type { Command } from './command.ts';
import { wouldReplace } from './would-replace.ts';

/** A consistent copy of the store, while the bot runs. */
export const backup: Command = async ({ positionals: [file], print }) => {
  if (file === undefined) {
    print('backup FILE: where should the copy go?');
    return 1;
  }
  const onto = await wouldReplace(file);
  if (onto !== null) {
    print(onto);
    return 1;
  }
  const store = await openStore(readPlaces(process.env).DATABASE_URL, { shared: true });
  try {
    await store.backup(file);
    print(`Copied to ${file}. To go back: stop the bot, put the copy where DATABASE_URL points, remove the -wal and -shm files beside it, start.`);
    return 0;
  } finally {
    await store.close();
  }
};
