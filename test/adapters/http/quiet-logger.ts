import type { Logger } from '../../../src/app/ports.ts';

export type LogLine = { level: keyof Logger; fields: Record<string, unknown>; message: string };

/** A logger that remembers instead of writing. */
export function createQuietLogger(): Logger & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: keyof Logger) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
