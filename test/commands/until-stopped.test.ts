import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

/** Stays until it is ended, and says what it has heard. */
const program = `
  import { untilStopped } from './src/commands/until-stopped.ts';
  setInterval(() => undefined, 1_000);
  untilStopped().then(() => console.log('stopping'));
  console.log('ready');
`;

it.each([
  ['SIGTERM', 'SIGTERM'],
  ['SIGINT', 'SIGTERM'],
  ['SIGTERM', 'SIGINT'],
] as const)('%s asks for an end, and %s after it ends the process at once', async (first, second) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 5_000,
    killSignal: 'SIGKILL',
  });
  const said = async (): Promise<string> => String((await once(child.stdout, 'data'))[0]).trim();
  expect(await said()).toBe('ready');
  child.kill(first);
  expect(await said()).toBe('stopping');
  const exit = once(child, 'exit');
  child.kill(second);
  expect(await exit).toEqual([130, null]);
});
