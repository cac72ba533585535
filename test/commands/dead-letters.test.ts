import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { Source } from '../../src/core/journey/signal.ts';
import { ownFolder, runCommand } from './run-command.ts';

async function deadBodies(folder: string, source: Source, bodies: string[]): Promise<void> {
  const store = await openStore(join(folder, 'journey.db'));
  await store.accept(
    source,
    bodies.map((body, index) => ({ key: `${source}-${index}`, body })),
    Date.UTC(2026, 8, 7, 9),
  );
  const rows = await store.pendingInbox(source, Date.UTC(2026, 8, 8), 1_000);
  await store.commit(rows.map(({ id }) => ({ kind: 'inbox.dead', id, error: 'cannot be read', at: Date.UTC(2026, 8, 7, 10) })));
  await store.close();
}

describe('journey dead-letters', () => {
  it('lists a hundred at a time, shows one whole, and says what it takes', { timeout: 60_000 }, async () => {
    const folder = await ownFolder();
    const long = `{"text":"${'x'.repeat(500)}the end"}`;
    await deadBodies(folder, 'signals', [long, ...Array.from({ length: 120 }, (_, index) => `{"n":${index}}`)]);
    const run = (...args: string[]) => runCommand(folder, ['dead-letters', ...args], { DATABASE_URL: `file:${join(folder, 'journey.db')}` });
    const first = await run();
    expect(first.code).toBe(0);
    expect(first.output).toContain('There are more: dead-letters list --after 100');
    expect(first.output).not.toContain('the end');
    const second = await run('list', '--after', '100');
    expect(second.output.match(/cannot be read/g)).toHaveLength(21);
    expect(second.output).not.toContain('There are more');
    const shown = await run('show', '1');
    for (const part of ['signals-0', '2026-09-07T09:00:00.000Z', '2026-09-07T10:00:00.000Z', 'cannot be read', long])
      expect(shown.output).toContain(part);
    expect(await run('show', '999')).toMatchObject({ code: 1, output: expect.stringContaining('no dead letter 999') });
    expect(await run('bury', '1')).toMatchObject({ code: 1, output: expect.stringContaining('dead-letters replay ID|all') });
    expect(await run('list', '--source', 'fax')).toMatchObject({ code: 1, output: expect.stringContaining('hubspot') });
  });

  it('shows what a terminal would obey, and does not say it', { timeout: 60_000 }, async () => {
    const folder = await ownFolder();
    await deadBodies(folder, 'signals', ['{"name":"Ann\u009b31m \u007fLee\tof\nAcme"}']);
    const { output } = await runCommand(folder, ['dead-letters', 'show', '1'], { DATABASE_URL: `file:${join(folder, 'journey.db')}` });
    expect(output).toContain('{"name":"Ann\\u009b31m \\u007fLee\tof\nAcme"}');
  });

  it('puts back or drops one, or all of a source', { timeout: 60_000 }, async () => {
    const folder = await ownFolder();
    await deadBodies(folder, 'signals', ['{"a":1}', '{"a":2}']);
    await deadBodies(folder, 'hubspot', ['{"b":1}', '{"b":2}', '{"b":3}']);
    const run = (...args: string[]) => runCommand(folder, ['dead-letters', ...args], { DATABASE_URL: `file:${join(folder, 'journey.db')}` });
    expect((await run('replay', 'all', '--source', 'hubspot')).output).toContain('Put back into the inbox: 3 dead letters');
    expect(await run('drop', '1', '2')).toMatchObject({ code: 1, output: expect.stringContaining('dead-letters drop 1, then dead-letters drop 2') });
    expect((await run('drop', '1')).output).toContain('Dropped: 1');
    expect((await run('drop', 'all')).output).toContain('Dropped: 1 dead letter');
    expect((await run('list')).output).toContain('No dead letters.');
    const store = await openStore(join(folder, 'journey.db'));
    expect(await store.inboxBacklog()).toMatchObject({ pending: 3, dead: 0 });
    await store.close();
  });
});
