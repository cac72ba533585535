import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

/**
 * The objects in the order in which they are read: who is there before what happened to them. `Started`: meetings that have begun since, which
 * Salesforce does not count as a change of them.
 */
export const phases = ['Account', 'Contact', 'OpportunityContactRole', 'Opportunity', 'Task', 'Event', 'Started'] as const;
export type Phase = (typeof phases)[number];

const cursor = z.object({
  phase: z.enum(phases),
  /** The last row read of this phase. */
  after: z.object({ at: z.number(), id: z.string() }).nullable(),
  total: z.number().nullable(),
});

export type HistoryCursor = z.output<typeof cursor>;

export const writeCursor = (at: HistoryCursor): string => JSON.stringify(at);

/** Null: not one of ours; better to read everything again than to leave something out. */
export function readCursor(text: string | null): HistoryCursor | null {
  const read = cursor.safeParse(parseJson(text ?? ''));
  return read.success ? read.data : null;
}
