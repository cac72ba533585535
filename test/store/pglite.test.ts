import { afterAll, beforeAll, describe } from 'vitest';
import { createStore } from '../../src/adapters/store/create-store.ts';
import type { Engine } from '../../src/adapters/store/query.ts';
import { openPglite } from './pglite-engine.ts';
import { storeContract } from './store.contract.ts';

describe('a store on PostgreSQL', () => {
  let engine: Engine & { empty(): Promise<void> };
  beforeAll(async () => {
    engine = await openPglite();
  });
  afterAll(() => engine.close());

  // Starting PostgreSQL takes seconds: all tests share one, emptied between them.
  storeContract(async () => {
    await engine.empty();
    return createStore({ ...engine, close: async () => undefined });
  });
});
