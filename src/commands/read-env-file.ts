import { existsSync, readFileSync } from 'node:fs';

/**
 * Reads `.env` into the environment; what is set there already stays. Answers why it says nothing, where it is there and cannot be read: no reason to stop, for
 * its variables may have come another way, as by systemd's EnvironmentFile. Null: it was read, or there is none.
 */
export async function readEnvFile(file = '.env'): Promise<string | null> {
  if (!existsSync(file)) return null;
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return `${file} is there but cannot be read, and nothing in it counts: ${(error as Error).message}`;
  }
  // As Windows PowerShell writes it.
  if (bytes.includes(0)) return `${file} is not UTF-8, and nothing in it counts: save it as UTF-8 (it looks like UTF-16)`;
  const { parse, populate } = await import('dotenv');
  populate(process.env as Record<string, string>, parse(bytes));
  return null;
}
