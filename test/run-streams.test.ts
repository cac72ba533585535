import { describe, expect, it } from 'vitest';
import type { CrmStream, StreamInbox } from '../src/app/crm.ts';
import type { InboxEntry } from '../src/app/ports.ts';
import type { Change } from '../src/core/change.ts';
import { runStreams } from '../src/run-streams.ts';
import { createQuietLogger } from './adapters/http/quiet-logger.ts';

/** One CRM that streams as `run` says, into a store that notes what is asked of it. */
async function streamed(run: CrmStream['run'], { commitFails = false } = {}) {
  const done: string[] = [];
  const kept = new Map<string, string>();
  const logger = createQuietLogger();
  const heard: string[] = [];
  await runStreams({
    crms: [{ source: 'salesforce', webhooks: null, history: null, stream: { source: 'salesforce', run } }],
    store: {
      async accept(_source, entries: InboxEntry[]) {
        done.push(`accept ${entries.map(({ key }) => key).join(' ')}`);
        return { fresh: entries.length };
      },
      async commit(changes: Change[]) {
        if (commitFails) throw new Error('the disk is full');
        for (const change of changes) {
          if (change.kind !== 'meta.put') throw new Error(`a stream does not write ${change.kind}`);
          done.push(`position ${change.value}`);
          kept.set(change.key, change.value);
        }
      },
      meta: async (key) => kept.get(key) ?? null,
    },
    clock: { now: () => 1 },
    logger,
    onAccepted: (source) => heard.push(`accepted ${source}`),
    onGap: (source) => heard.push(`gap ${source}`),
    stopping: new AbortController().signal,
  });
  return { done, heard, logger };
}

const entry = (key: string): InboxEntry => ({ key, body: '{}' });

describe('what a CRM streams', () => {
  it('is durable before its position is kept, and wakes who takes it in', async () => {
    const { done, heard } = await streamed(async (inbox) => {
      await inbox.accept([entry('a'), entry('b')], '7');
    });
    expect(done).toEqual(['accept a b', 'position 7']);
    expect(heard).toEqual(['accepted salesforce']);
  });

  it('moves the position on where there is nothing to keep', async () => {
    const { done, heard } = await streamed(async (inbox) => {
      await inbox.accept([], '8');
    });
    expect(done).toEqual(['position 8']);
    expect(heard).toEqual([]);
  });

  it('finds its position again', async () => {
    const positions: (string | null)[] = [];
    await streamed(async (inbox: StreamInbox) => {
      positions.push(await inbox.position());
      await inbox.accept([entry('a')], '9');
      positions.push(await inbox.position());
    });
    expect(positions).toEqual([null, '9']);
  });

  it('is told when the store fails, so that it sends again', async () => {
    const failures: unknown[] = [];
    const { done } = await streamed(
      async (inbox) => {
        await inbox.accept([entry('a')], '9').catch((error: unknown) => failures.push(error));
      },
      { commitFails: true },
    );
    expect(done).toEqual(['accept a']);
    expect(failures).toHaveLength(1);
  });

  it('has the CRM asked where something was lost', async () => {
    expect((await streamed(async (inbox) => inbox.gap())).heard).toEqual(['gap salesforce']);
  });

  it('takes nobody along when it breaks', async () => {
    const { logger } = await streamed(async () => {
      throw new Error('unforeseen');
    });
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { source: 'salesforce', error: 'unforeseen' } }]);
  });
});
