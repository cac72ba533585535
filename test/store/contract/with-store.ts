import { afterEach, beforeEach } from 'vitest';
import type { Store } from '../../../src/app/ports.ts';
import type { OpenEmpty } from '../store.contract.ts';

/** A fresh store for each test of the block it is called in; the function gives it. */
export function withStore(openEmpty: OpenEmpty): () => Store {
  let store: Store;
  beforeEach(async () => {
    store = await openEmpty();
  });
  afterEach(() => store.close());
  return () => store;
}
