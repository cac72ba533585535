import type { RecordKind, Signal } from './signal.ts';

/** The record that a signal carries particulars of. */
export function describedBy(signal: Signal): { kind: RecordKind; id: string } | null {
  switch (signal.type) {
    case 'account.upserted':
      return { kind: 'account', id: signal.account.id };
    case 'deal.upserted':
      return { kind: 'deal', id: signal.deal.id };
    case 'person.upserted':
      return { kind: 'person', id: signal.person.id };
    default:
      return null;
  }
}

export const subjectOf = (kind: RecordKind, id: string): string => `${kind}:${id}`;

/** Where a signal is filed: under the closest record that it names, deal before account before person, and under a person beside that. */
export function placeOf(signal: Signal): { subject: string; personId: string | null } {
  switch (signal.type) {
    case 'account.upserted':
      return alone('account', signal.account.id);
    case 'deal.upserted':
      return alone('deal', signal.deal.id);
    case 'person.upserted':
      return alone('person', signal.person.id);
    case 'touchpoint.recorded': {
      const { dealId, accountId, personId = null } = signal.touchpoint;
      if (dealId != null) return { ...alone('deal', dealId), personId };
      if (accountId != null) return { ...alone('account', accountId), personId };
      return alone('person', personId ?? '');
    }
    case 'stage.entered':
      return alone('deal', signal.stage.dealId);
    case 'next-step.set':
      return alone('deal', signal.nextStep.dealId);
    case 'metric.recorded':
      return alone('account', signal.metric.accountId);
    case 'milestone.completed':
      return alone('account', signal.milestone.accountId);
    case 'role.assigned':
    case 'role.set':
      return alone('person', signal.role.personId);
    case 'record.merged':
      return alone(signal.merge.kind, signal.merge.into);
    case 'record.deleted':
    case 'record.erased':
      return alone(signal.record.kind, signal.record.id);
  }
}

const alone = (kind: RecordKind, id: string) => ({ subject: subjectOf(kind, id), personId: null });
