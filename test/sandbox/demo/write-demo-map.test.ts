import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { writeDemoMap } from '../../../src/sandbox/demo/write-demo-map.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';

it('gives the demo a manager who is there, and says nothing less for the hour of the day', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-map-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const map = parse(await readFile(await writeDemoMap(folder), 'utf8'));
  const sandbox = await startSandbox({ port: 0, page: false });
  onTestFinished(() => sandbox.close());
  expect(sandbox.workspace.users().map(({ email }) => email)).toContain(map.managers.default);
  const critical = map.routes[0].routes.find(({ match }: { match: { severity?: string } }) => match.severity === 'critical');
  expect(critical).toMatchObject({ notify: 'owner', escalate: [{ after: '4bh', notify: 'manager' }] });
  expect(map.alerts.quiet).toBeUndefined();
});
