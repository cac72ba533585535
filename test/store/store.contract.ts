import type { Store } from '../../src/app/ports.ts';
import { alertsContract } from './contract/alerts.ts';
import { cardsContract } from './contract/cards.ts';
import { commitContract } from './contract/commit.ts';
import { eraseContract } from './contract/erase.ts';
import { eraseRecordsContract } from './contract/erase-records.ts';
import { eraseSaidContract } from './contract/erase-said.ts';
import { inboxContract } from './contract/inbox.ts';
import { journeysContract } from './contract/journeys.ts';
import { memoryContract } from './contract/memory.ts';
import { neighbourhoodContract } from './contract/neighbourhood.ts';
import { outboxContract } from './contract/outbox.ts';
import { ownedContract } from './contract/owned.ts';
import { picturesContract } from './contract/pictures.ts';
import { recordsContract } from './contract/records.ts';
import { replayContract } from './contract/replay.ts';
import { travelsContract } from './contract/travels.ts';

/** Gives a store with nothing in it; the caller closes it. */
export type OpenEmpty = () => Promise<Store>;

/** What every store does, whatever database it stands on. */
export function storeContract(openEmpty: OpenEmpty): void {
  for (const part of [
    inboxContract,
    commitContract,
    recordsContract,
    replayContract,
    travelsContract,
    neighbourhoodContract,
    journeysContract,
    ownedContract,
    alertsContract,
    cardsContract,
    outboxContract,
    memoryContract,
    eraseContract,
    eraseRecordsContract,
    eraseSaidContract,
    picturesContract,
  ])
    part(openEmpty);
}
