import type { z } from 'zod';
import { CrmRefusedError } from '../../../app/errors.ts';
import type { Logger } from '../../../app/ports.ts';
import type { CallPipedrive } from './call-pipedrive.ts';
import type { Missing } from './missing.ts';
import { listAnswer, startAnswer } from './pipedrive-answers.ts';

export type ListPage<Item> = { items: Item[]; refused: { where: string; why: string }[]; next: string | null };

type Query = Record<string, string>;

const mostAPage = '500';

/** Pipedrive's lists, page by page: of v2 with a cursor, of v1 with a start. */
export function createPages(call: CallPipedrive, logger: Logger, missing: Missing) {
  const understand = <Schema extends z.ZodType>(schema: Schema, answer: unknown, path: string): z.output<Schema> => {
    const read = schema.safeParse(answer);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    logger.error({ path, at: issue?.path.join('.'), reason: issue?.message }, "Pipedrive's answer is not understood");
    throw new CrmRefusedError(`Pipedrive's answer to ${path} is not understood: look for a newer version of the bot`);
  };
  const cursorPage = async <Schema extends z.ZodType>(path: string, query: Query, schema: Schema): Promise<ListPage<z.output<Schema>> | null> => {
    const answer = await call(`${path}?${new URLSearchParams(query)}`, { tolerant: query.cursor !== undefined });
    if (answer === null && query.cursor !== undefined) {
      const { cursor: _forgotten, ...rest } = query;
      return cursorPage(path, rest, schema);
    }
    if (answer === null) return null;
    const { data, additional_data } = understand(listAnswer, answer, path);
    return { ...entries(data ?? [], schema, path), next: additional_data?.next_cursor || null };
  };
  const startPage = async <Schema extends z.ZodType>(path: string, query: Query, schema: Schema): Promise<ListPage<z.output<Schema>> | null> => {
    const answer = await call(`${path}?${new URLSearchParams(query)}`);
    if (answer === null) return null;
    const { data, additional_data } = understand(startAnswer, answer, path);
    const more = additional_data?.more_items_in_collection === true;
    const next = additional_data?.next_start ?? Number(query.start ?? 0) + (data?.length ?? 0);
    return { ...entries(data ?? [], schema, path), next: more && (data?.length ?? 0) > 0 ? String(next) : null };
  };
  const allOf = async <Item>(pageFrom: (next: string | null) => Promise<ListPage<Item> | null>): Promise<Item[] | null> => {
    const items: Item[] = [];
    let next: string | null = null;
    do {
      const found: ListPage<Item> | null = await pageFrom(next);
      if (found === null) return null;
      items.push(...found.items);
      next = found.next;
    } while (next !== null);
    return items;
  };
  const thereIs = <Found>(found: Found | null, path: string): Found => {
    if (found !== null) return found;
    throw new CrmRefusedError(`Pipedrive has no ${path} (404): is PIPEDRIVE_API_URL the right one?`);
  };
  const cursorPages = <Schema extends z.ZodType>(path: string, query: Query, schema: Schema) =>
    allOf((cursor) => cursorPage(path, { ...query, limit: mostAPage, ...(cursor === null ? {} : { cursor }) }, schema));

  return {
    understand,
    /** A list of v2, which is always there. */
    page: async <Schema extends z.ZodType>(path: string, query: Query, schema: Schema) => thereIs(await cursorPage(path, query, schema), path),
    all: async <Schema extends z.ZodType>(path: string, query: Query, schema: Schema) => thereIs(await cursorPages(path, query, schema), path),
    /** A list of v1; empty where Pipedrive has given it up. */
    async listV1<Schema extends z.ZodType>(path: string, query: Query, schema: Schema): Promise<ListPage<z.output<Schema>>> {
      const found = await startPage(path, query, schema);
      if (found === null) missing.note(path);
      return found ?? { items: [], refused: [], next: null };
    },
    /** What hangs on an object, in v1; null where there is no such thing. */
    allUnder: <Schema extends z.ZodType>(path: string, schema: Schema) => cursorPages(path, {}, schema),
    allUnderByStart: <Schema extends z.ZodType>(path: string, schema: Schema) =>
      allOf((start) => startPage(path, { start: start ?? '0', limit: mostAPage }, schema)),
  };
}

function entries<Schema extends z.ZodType>(data: unknown[], schema: Schema, path: string): Omit<ListPage<z.output<Schema>>, 'next'> {
  const items: z.output<Schema>[] = [];
  const refused: { where: string; why: string }[] = [];
  for (const entry of data) {
    const read = schema.safeParse(entry);
    if (read.success) items.push(read.data);
    else
      refused.push({
        where: `${path.split('/').at(-1)} ${idIn(entry)}`,
        why: `${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`,
      });
  }
  return { items, refused };
}

const idIn = (entry: unknown): string => String((entry as { id?: unknown } | null)?.id ?? '?').slice(0, 40);
