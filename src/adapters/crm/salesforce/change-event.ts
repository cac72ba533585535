import { z } from 'zod';
import type { InboxEntry } from '../../../app/ports.ts';
import { isId } from '../salesforce-id.ts';
import type { InboxBody } from './inbox-body.ts';
import { isObjectName, objectNameOfId } from './object-names.ts';

/** Of an event only what says which records it is about: its fields are looked up, so what somebody wrote there is not kept. */
const changeEvent = z.object({
  event: z.object({ replayId: z.number() }),
  payload: z.object({
    ChangeEventHeader: z.object({
      entityName: z.string(),
      recordIds: z.array(z.string()),
      changeType: z.string(),
      commitTimestamp: z.number(),
      transactionKey: z.string(),
      sequenceNumber: z.number(),
    }),
  }),
});

/** `isGap`: Salesforce could not tell what has changed. `entry` is null where there is no record to look up. */
export type Change = { position: string; entry: InboxEntry | null; isGap: boolean };

/** Null: not a change event. */
export function readChange(message: unknown): Change | null {
  const read = changeEvent.safeParse(message);
  if (!read.success) return null;
  const { event, payload } = read.data;
  const { entityName, recordIds, changeType, commitTimestamp, transactionKey, sequenceNumber } = payload.ChangeEventHeader;
  // An overflow names the empty id, a change of a field's type `001*`.
  const ids = recordIds.filter((id) => isId(id) && objectNameOfId(id) === entityName);
  const body: InboxBody = { kind: 'change', object: entityName, change: changeType, ids, at: commitTimestamp };
  return {
    position: String(event.replayId),
    isGap: changeType.startsWith('GAP_'),
    entry:
      ids.length === 0 || !isObjectName(entityName)
        ? null
        : { key: `change:${transactionKey}:${sequenceNumber}:${entityName}`, body: JSON.stringify(body) },
  };
}
