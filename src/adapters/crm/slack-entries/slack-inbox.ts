import { z } from 'zod';
import type { CrmSource, Parsed } from '../../../app/crm-source.ts';
import type { InboxRow } from '../../../app/ports.ts';
import { directions, type Signal } from '../../../core/journey/signal.ts';

/**
 * What people enter in Slack waits in the inbox like everything else that comes in, and is one signal a body. Nothing of it is taken over HTTP: the public
 * endpoint knows neither notes nor roles that are taken away.
 */
export const slackInbox: Pick<CrmSource, 'source' | 'parse'> = {
  source: 'slack',
  parse: async (rows) => rows.map(parseRow),
};

const said = { id: z.string(), source: z.literal('slack'), occurredAt: z.number() };
const optionalId = z.string().nullable();

const entrySchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...said,
    type: z.literal('touchpoint.recorded'),
    touchpoint: z.strictObject({
      accountId: optionalId,
      dealId: optionalId,
      personId: optionalId,
      type: z.string(),
      channel: z.string().nullable(),
      direction: z.enum(directions),
      sentiment: z.number().min(-2).max(2).nullable(),
      by: z.string().nullable(),
      note: z.string().nullable(),
    }),
  }),
  z.strictObject({
    ...said,
    type: z.literal('role.set'),
    role: z.strictObject({ personId: z.string(), role: z.string(), held: z.boolean(), by: z.string() }),
  }),
]) satisfies z.ZodType<Signal>;

function parseRow({ body }: InboxRow): Parsed {
  try {
    return { kind: 'signals', signals: [entrySchema.parse(JSON.parse(body))] };
  } catch (error) {
    return { kind: 'dead', error: error instanceof z.ZodError ? z.prettifyError(error) : 'not JSON' };
  }
}
