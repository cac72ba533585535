import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfigFile } from '../../src/config/load-config.ts';
import { readUtf8 } from '../../src/config/read-utf8.ts';
import { detectors } from '../../src/core/detectors/index.ts';

function fileOf(bytes: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'journey-text-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'journey.yml');
  writeFileSync(path, bytes);
  return path;
}

it('reads UTF-8, whatever it says', async () => {
  for (const text of ['', 'a: 1\n', 'b: "Müller 商 🙂 �"\n']) expect(await readUtf8(fileOf(Buffer.from(text)))).toEqual({ ok: true, text });
});

it.each<[string, Buffer, { line: number; column: number; byte: string }]>([
  ['Latin-1', Buffer.from('a: 1\nü: 2', 'latin1'), { line: 2, column: 1, byte: 'byte 6 is 0xFC' }],
  [
    'Latin-1 after characters of more bytes',
    Buffer.concat([Buffer.from('商 x'), Buffer.from('é!', 'latin1')]),
    { line: 1, column: 4, byte: 'byte 6 is 0xE9' },
  ],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a: 1', 'utf16le')]), { line: 1, column: 1, byte: 'byte 1 is 0xFF' }],
  ['a character that is cut off', Buffer.from('ab 商').subarray(0, 5), { line: 1, column: 4, byte: 'byte 4 is 0xE5' }],
])('refuses %s, and says where it begins', async (_name, bytes, { line, column, byte }) => {
  expect(await readUtf8(fileOf(bytes))).toEqual({ ok: false, problem: { line, column, message: expect.stringContaining(byte) } });
});

it('a journey.yml in Latin-1 is a mistake like any other', async () => {
  const path = fileOf(Buffer.from('roles:\n  käufer: { crm: [x] }\n', 'latin1'));
  expect(await loadConfigFile(path, { detectors })).toEqual({
    ok: false,
    problems: [{ file: path, line: 2, column: 4, path: '', message: 'the file is not UTF-8: byte 11 is 0xE4; save it as UTF-8', suggestion: null }],
  });
});
