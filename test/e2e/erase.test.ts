import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { everythingIn } from '../app/whole-store.ts';
import { runCommand } from '../commands/run-command.ts';
import { root, startBotProcess } from './bot-process.ts';
import { postsOf, type RunningBot, runningBot } from './running-bot.ts';

const map = `
maps:
  new-business:
    extends: b2b-saas
    rules: { response-gap: { types: [question], within: 1h, severity: warning }, silent-role: { roles: [champion], after: 1h }, no-activity: off, ghosted: off, stalled: off, missing-role: off, single-threaded: off, close-date: off }
routes: [{ channel: "#deal-alerts" }]
alerts: { gather: 0m, settle: 1s }
`;

let folder = '';
let running: RunningBot | null = null;
afterEach(async () => {
  await running?.end();
  running = null;
  await rm(folder, { recursive: true, force: true });
});

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
let count = 0;
const signal = (type: string, minutes: number, body: Record<string, unknown>) => ({ id: `s${++count}`, type, occurredAt: ago(minutes), ...body });
const person = (id: string, name: string, minutes = 300) =>
  signal('person.upserted', minutes, { person: { id, accountId: 'a-1', dealIds: ['d-1'], name, title: 'CFO', email: `${id}@acme.example` } });
const asks = (personId: string, minutes = 130) =>
  signal('touchpoint.recorded', minutes, { touchpoint: { accountId: 'a-1', dealId: 'd-1', personId, type: 'question', direction: 'inbound' } });

/** Everything that the workspace holds, as one text. */
const allOf = (sandbox: Sandbox): string => JSON.stringify(sandbox.workspace.channels().map(({ id }) => sandbox.workspace.messages(id)));
/** What is to be looked for once more is remembered for three minutes, and nowhere else. */
const keptIn = (database: string): string =>
  everythingIn(database)
    .split('\n')
    .filter((line) => !line.startsWith('erasures '))
    .join('\n');
/** `      2 signals`, and the like, below a line. */
function countsAfter(line: string, output: string): string[] {
  const [, below = ''] = output.split(line);
  const counts = /^(?:\s+\d+ [a-z ]+\n)+/.exec(below)?.[0].trim().split(/\n\s*/) ?? [];
  expect(counts.length).toBeGreaterThan(1);
  return counts;
}
const soon = { timeout: 20_000, interval: 100 };

const dealUrl = 'https://app.hubspot.com/contacts/1/record/0-3/7';

/** A card that names Priya, a reply in its thread that does, too, and a link to the deal that somebody has pasted. */
async function aNamedPerson(): Promise<RunningBot & { database: string }> {
  folder = await mkdtemp(join(tmpdir(), 'journey-erase-'));
  await writeFile(join(folder, 'journey.yml'), map);
  running = await runningBot({ JOURNEY_CONFIG: join(folder, 'journey.yml') });
  const { bot, sandbox, environment } = running;
  const sent = await bot.send([
    signal('account.upserted', 300, { account: { id: 'a-1', name: 'Acme GmbH' } }),
    signal('deal.upserted', 300, {
      deal: { id: 'd-1', accountId: 'a-1', name: 'Acme rollout', pipeline: 'default', stage: 'contractsent', status: 'open', url: dealUrl },
    }),
    person('p-1', 'Priya Nair'),
    asks('p-1'),
  ]);
  expect(sent.status).toBe(200);
  await expect.poll(() => postsOf(sandbox).length, soon).toBe(1);
  const database = (environment.DATABASE_URL ?? '').replace('file:', '');
  // Until the bot knows where its card stands, news is an edit of it and no reply.
  await expect.poll(() => everythingIn(database), soon).toMatch(/^cards .*"posted_ts":"/m);
  await bot.send([signal('role.assigned', 1, { role: { personId: 'p-1', role: 'champion' } })]);
  await expect
    .poll(() => postsOf(sandbox).filter((post) => post.threadTs !== undefined && JSON.stringify(post).includes('Priya')).length, soon)
    .toBe(1);
  const { channel, ts } = await sandbox.say({ user: 'dana', channel: 'deal-alerts', text: `What about ${dealUrl}?` });
  await expect.poll(() => JSON.stringify(sandbox.workspace.message(channel, ts)?.attachments ?? []), soon).toContain('Priya');
  return { ...running, database };
}

describe('a person who is erased', () => {
  it('is nowhere in Slack and nowhere in the store, through a kill -9, late events and a late merge', { timeout: 90_000 }, async () => {
    const { bot, sandbox, environment, database } = await aNamedPerson();
    const erased = signal('record.erased', 0, { record: { kind: 'person', id: 'p-1' } });
    expect((await bot.send([erased])).status).toBe(200);
    await bot.kill('SIGKILL');
    const again = await startBotProcess(environment);
    try {
      await expect.poll(() => allOf(sandbox), soon).not.toMatch(/Priya|Nair|p-1@acme/);
      expect(allOf(sandbox)).toContain('Acme rollout');
      const posts = postsOf(sandbox).length;
      // Late, and under an id that is found out to be hers only afterwards.
      await again.send([{ ...person('p-1', 'Priya Nair', 0), id: 'late' }, asks('p-1', 100), person('p-9', 'Priya N. Nair', 0), asks('p-9', 90)]);
      await again.send([signal('record.merged', 0, { merge: { kind: 'person', from: ['p-9'], into: 'p-1' } })]);
      await expect.poll(() => keptIn(database).includes('Priya') || allOf(sandbox).includes('Priya'), soon).toBe(false);
      expect(keptIn(database)).not.toMatch(/Priya|Nair|p-[19]@acme/);
      expect(postsOf(sandbox).length).toBeLessThanOrEqual(posts + 1);
      expect(again.output()).not.toMatch(/Priya|Nair/);
    } finally {
      await again.kill('SIGKILL');
    }
  });
});

describe('journey erase', () => {
  it('says what it will touch, does it through the running bot, and prints what it has touched', { timeout: 90_000 }, async () => {
    const { sandbox, environment } = await aNamedPerson();
    const erase = (...args: string[]) => runCommand(root, ['erase', ...args], environment);
    const asked = await erase('person', 'priya nair');
    expect(asked.code).toBe(1);
    expect(asked.output).toContain('person p-1 “Priya Nair” p-1@acme.example, of Acme GmbH');
    expect(asked.output).toContain('--yes');
    expect(allOf(sandbox)).toContain('Priya');

    const guessed = await erase('person', 'priya', '--yes');
    expect(guessed).toMatchObject({ code: 1, output: expect.stringContaining('whole name') });
    expect(guessed.output).toContain('person p-1 “Priya Nair”');

    const done = await erase('person', 'P-1@acme.example', '--yes');
    expect(done).toMatchObject({ code: 0 });
    expect(done.output).toMatch(/Erased\. It was taken out of:[\s\S]* alerts?\n[\s\S]* cards?\n[\s\S]* messages?\n[\s\S]* signals?/);
    expect(done.output).not.toMatch(/^ +1 [a-z ]*s$/m);
    expect(countsAfter('Erased. It was taken out of:', done.output)).toEqual(countsAfter('It will be taken out of:', asked.output));
    await expect.poll(() => allOf(sandbox), soon).not.toMatch(/Priya|Nair/);

    const again = await erase('person', 'p-1');
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('is erased') });
    expect(countsAfter('It was taken out of:', again.output)).toEqual(countsAfter('It will be taken out of:', asked.output));
    expect(await erase('person', 'nobody')).toMatchObject({ code: 1, output: expect.stringContaining('Nothing is known') });
    expect(await erase('thing', 'p-1')).toMatchObject({ code: 1 });
  });

  it('does it alone where no bot runs, and the next start edits what stands in Slack', { timeout: 90_000 }, async () => {
    const { bot, sandbox, environment, database } = await aNamedPerson();
    await bot.kill('SIGKILL');
    const done = await runCommand(root, ['erase', 'deal', 'd-1', '--yes'], environment);
    expect(done).toMatchObject({ code: 0, output: expect.stringContaining('when the bot runs again') });
    expect(done.output).not.toMatch(/^ +1 [a-z ]*s$/m);
    expect(countsAfter('Erased. It was taken out of:', done.output)).toEqual(countsAfter('It will be taken out of:', done.output));
    expect(keptIn(database)).not.toContain('Acme rollout');
    expect(allOf(sandbox)).toContain('Acme rollout');
    const again = await startBotProcess(environment);
    await expect.poll(() => allOf(sandbox), soon).not.toContain('Acme rollout');
    await again.kill('SIGKILL');
  });
});
