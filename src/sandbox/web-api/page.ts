import { SlackError } from '../slack-error.ts';

/** Slack's pages: `limit` items (at most 1,000) and an opaque cursor, empty on the last. */
export function page<Item>(
  items: readonly Item[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: Item[]; response_metadata: { next_cursor: string } } {
  const start = cursor ? readCursor(cursor) : 0;
  const size = pageSize(limit);
  const next = start + size < items.length ? writeCursor(start + size) : '';
  return { items: items.slice(start, start + size), response_metadata: { next_cursor: next } };
}

export function pageSize(limit: number): number {
  if (limit < 0) throw new SlackError('invalid_limit');
  return limit === 0 ? 100 : Math.min(limit, 1000);
}

export function writeCursor(position: number): string {
  return Buffer.from(`next:${position}`).toString('base64');
}

export function readCursor(cursor: string): number {
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw new SlackError('invalid_cursor');
  return Number(match[1]);
}
