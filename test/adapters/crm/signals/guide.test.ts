import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { createSignalsSource } from '../../../../src/adapters/crm/signals/signals-source.ts';
import { openDoor } from '../../http/open-door.ts';

it('lets in what the guide tells people to send', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../../../docs/crm/generic.md'), 'utf8');
  const [, program = ''] = /```js\n([\s\S]*?)```/.exec(guide) ?? [];
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const door = await openDoor([createSignalsSource({ secrets: [secret] })]);
  try {
    const env = { PUBLIC_URL: door.url, SIGNALS_SECRET: secret };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env });
    expect(stdout).toBe('200 {"accepted":2,"new":2}\n');
  } finally {
    await door.close();
  }
});
