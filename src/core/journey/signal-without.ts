import { ofNobody } from './record.ts';
import type { RecordKind, Signal } from './signal.ts';
import { placeOf, subjectOf } from './signal-place.ts';

/** Records of one kind that are to be forgotten, by every id that they went by. */
export type Forgotten = { kind: RecordKind; ids: ReadonlySet<string> };

/** A signal without erased records; null when nothing of it may stay. A person's touchpoints stay, as touchpoints of nobody. */
export function signalWithout(signal: Signal, { kind, ids }: Forgotten): Signal | null {
  const named = (id: string | null | undefined): boolean => id != null && ids.has(id);
  switch (signal.type) {
    case 'record.erased':
      return signal;
    case 'touchpoint.recorded': {
      const { accountId, dealId, personId } = signal.touchpoint;
      if (kind === 'person')
        return !named(personId) ? signal : accountId == null && dealId == null ? null : { ...signal, touchpoint: ofNobody(signal.touchpoint) };
      if (kind === 'account' && dealId != null)
        return named(accountId) ? { ...signal, touchpoint: { ...signal.touchpoint, accountId: null } } : signal;
      return named(kind === 'deal' ? dealId : accountId) ? null : signal;
    }
    case 'deal.upserted':
      if (kind === 'account') return named(signal.deal.accountId) ? { ...signal, deal: { ...signal.deal, accountId: null } } : signal;
      break;
    case 'person.upserted':
      if (kind === 'account') return named(signal.person.accountId) ? { ...signal, person: { ...signal.person, accountId: null } } : signal;
      break;
  }
  const { subject } = placeOf(signal);
  return subject.startsWith(`${kind}:`) && ids.has(subject.slice(subjectOf(kind, '').length)) ? null : signal;
}
