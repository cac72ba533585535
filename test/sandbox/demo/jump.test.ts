import { expect, it, onTestFinished } from 'vitest';
import { startBot } from '../../../src/main.ts';
import { openDemo } from '../../../src/sandbox/demo/open-demo.ts';

it('takes the bot along: what is due after a jump is said at once, and once', async () => {
  const demo = await openDemo({ startBot, print: () => undefined, port: 0, seed: 2026 });
  if (demo === null) throw new Error('no port is free');
  onTestFinished(() => demo[Symbol.asyncDispose]());
  const { workspace, controls } = demo.sandbox;
  await demo.idle();
  const digests = () => workspace.messages('revenue').filter(({ metadata, threadTs }) => metadata !== undefined && threadTs === undefined).length;
  const before = digests();
  await controls.clock?.skip('monday');
  await expect.poll(digests, { timeout: 20_000 }).toBe(before + 1);
  expect(Number(workspace.messages('revenue').at(-1)?.ts) * 1000).toBeGreaterThan(demo.clock.now() - 60_000);
  await controls.clock?.skip('hour');
  await demo.idle();
  expect(digests()).toBe(before + 1);
  await controls.clock?.skip('monday');
  await expect.poll(digests, { timeout: 20_000 }).toBe(before + 2);
});
