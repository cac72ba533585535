import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { signalsInbox } from '../../adapters/crm/signals/signals-source.ts';
import { openStore } from '../../adapters/store/open-store.ts';
import { StoreError } from '../../app/errors.ts';
import { createIngest } from '../../app/ingest.ts';
import type { ErasureReport, RecordRef, Store } from '../../app/ports.ts';
import { loadConfigFile } from '../../config/load-config.ts';
import { formatProblems } from '../../config/problem.ts';
import { detectors } from '../../core/detectors/index.ts';
import { hourMs, minuteMs } from '../../core/time.ts';
import { readPlaces } from '../../environment.ts';
import { breathe } from '../../work.ts';
import { quietLogger } from '../open-crm.ts';

const patienceMs = minuteMs;
const lookEveryMs = 250;

/** `alone`: no bot runs on this store. @throws StoreError when there is no store */
export async function openForErasing(url: string): Promise<{ store: Store; alone: boolean }> {
  const shared = await openStore(url, { shared: true });
  try {
    const store = await openStore(url);
    await shared.close();
    return { store, alone: true };
  } catch (error) {
    if (error instanceof StoreError) return { store: shared, alone: false };
    await shared.close();
    throw error;
  }
}

type CarryOutInput = { store: Store; alone: boolean; ref: RecordRef; key: string };

/** What was touched; null: the bot that runs has not come to it within a minute. */
export async function carryOut({ store, alone, ref, key }: CarryOutInput): Promise<ErasureReport | null> {
  const now = Date.now();
  const signal = { id: `erase:${key}`, type: 'record.erased', occurredAt: new Date(now).toISOString(), record: ref };
  await store.accept('signals', [{ key: `erase:${key}`, body: JSON.stringify(signal) }], now);
  if (alone) await doIt(store);
  for (const deadline = now + patienceMs; Date.now() < deadline; await wait(lookEveryMs)) {
    const report = await store.erasureOf(ref);
    if (report?.done === true) return report;
  }
  return null;
}

/** As the bot does it. Nothing else is under way, so the second look can follow at once. */
async function doIt(store: Store): Promise<void> {
  const loaded = await loadConfigFile(readPlaces(process.env).JOURNEY_CONFIG, { detectors });
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  const clock = { now: Date.now };
  const ingest = createIngest({ store, source: signalsInbox, config: () => loaded.config, clock, logger: quietLogger, newId: randomUUID, breathe });
  await ingest();
  for (const at of [clock.now(), clock.now() + hourMs]) while ((await store.eraseSome(at)).more) await breathe();
}
