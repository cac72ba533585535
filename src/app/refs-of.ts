import type { JourneyRow } from '../core/journey/journey-row.ts';
import type { RecordKind, Signal } from '../core/journey/signal.ts';
import type { RecordRef } from './ports.ts';

/** The records that a signal names: what has to be loaded before it is applied. */
export function refsOf(signal: Signal): RecordRef[] {
  switch (signal.type) {
    case 'account.upserted':
      return ref('account', signal.account.id);
    case 'deal.upserted':
      return [...ref('deal', signal.deal.id), ...ref('account', signal.deal.accountId)];
    case 'person.upserted':
      return [
        ...ref('person', signal.person.id),
        ...ref('account', signal.person.accountId),
        ...(signal.person.dealIds ?? []).flatMap((id) => ref('deal', id)),
        ...(signal.person.dealLinks ?? []).flatMap(({ dealId }) => ref('deal', dealId)),
      ];
    case 'touchpoint.recorded':
      return [...ref('deal', signal.touchpoint.dealId), ...ref('account', signal.touchpoint.accountId), ...ref('person', signal.touchpoint.personId)];
    case 'stage.entered':
      return ref('deal', signal.stage.dealId);
    case 'next-step.set':
      return ref('deal', signal.nextStep.dealId);
    case 'metric.recorded':
      return ref('account', signal.metric.accountId);
    case 'milestone.completed':
      return ref('account', signal.milestone.accountId);
    case 'role.assigned':
    case 'role.set':
      return ref('person', signal.role.personId);
    case 'record.merged':
      return [signal.merge.into, ...signal.merge.from].map((id) => ({ kind: signal.merge.kind, id }));
    case 'record.deleted':
    case 'record.erased':
      return [signal.record];
  }
}

/** The records that a stored journey is assembled of. */
export const refsOfRow = ({ dealId, accountId }: JourneyRow): RecordRef[] => [...ref('deal', dealId), ...ref('account', accountId)];

const ref = (kind: RecordKind, id: string | null | undefined): RecordRef[] => (id == null ? [] : [{ kind, id }]);
