import type { Alert } from '../../core/alerts/alert.ts';
import type { Card, CardAlert, CardContent } from '../../core/alerts/card.ts';
import type { CardLine, Message } from '../../core/delivery.ts';
import type { Finding } from '../../core/detectors/detector.ts';
import type { RecordKind, Signal } from '../../core/journey/signal.ts';
import { placeOf, subjectOf } from './signal-place.ts';

/** What is to be forgotten: a record by the id it goes by now and every id it went by; for a person also the names and addresses that texts may hold. */
export type Erased = { kind: RecordKind; now: string; ids: ReadonlySet<string>; names: string[] };

const blank = 'erased';

/** A signal without an erased record; null when nothing of it may stay. A person's touchpoints stay, as touchpoints of nobody. */
export function signalWithout(signal: Signal, { kind, ids }: Erased): Signal | null {
  const named = (id: string | null | undefined): boolean => id != null && ids.has(id);
  switch (signal.type) {
    case 'record.erased':
      return signal;
    case 'touchpoint.recorded': {
      const { accountId, dealId, personId } = signal.touchpoint;
      if (kind === 'person')
        return !named(personId)
          ? signal
          : accountId == null && dealId == null
            ? null
            : { ...signal, touchpoint: { ...signal.touchpoint, personId: null } };
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
  return [...ids].some((id) => placeOf(signal).subject === subjectOf(kind, id)) ? null : signal;
}

export const alertWithout = (alert: Alert, erased: Erased): Alert => ({ ...alert, finding: findingWithout(alert.finding, erased) });

export const contentWithout = (content: Card['content'], erased: Erased): CardContent => {
  const { kind, ids } = erased;
  const isItself =
    content.kind === kind &&
    (kind === 'account' ? content.account !== null && ids.has(content.account.id) : [...ids].some((id) => content.journeyId === `deal:${id}`));
  const { account } = content;
  return {
    ...content,
    name: isItself ? blank : content.name,
    account: account === null || kind !== 'account' || !ids.has(account.id) ? account : { ...account, name: blank, url: null },
    url: isItself ? null : content.url,
    nextStep: content.nextStep === null ? null : { ...content.nextStep, title: clean(content.nextStep.title, erased) },
    alerts: content.alerts.map((alert) => cardAlertWithout(alert, erased)),
  };
};

/** A message as it may still be said, or be kept after it was. */
export function messageWithout(message: Message, erased: Erased): Message {
  switch (message.kind) {
    case 'reply':
      return { ...message, journeyName: clean(message.journeyName, erased), alerts: message.alerts.map((alert) => cardAlertWithout(alert, erased)) };
    case 'overflow':
      return { ...message, cards: message.cards.map((line) => lineWithout(line, erased)) };
    case 'import-summary':
      return { ...message, worst: message.worst.map((line) => lineWithout(line, erased)) };
    case 'digest': {
      const attention = message.digest.attention.map((group) => ({
        ...group,
        headline: clean(group.headline, erased),
        worst: group.worst.map((line) => lineWithout(line, erased)),
      }));
      return { ...message, digest: { ...message.digest, attention } };
    }
    case 'notice':
      return { ...message, lines: message.lines.map((line) => clean(line, erased)) };
    case 'card':
      return message;
  }
}

/** A text without the names. */
export const clean = (text: string, { names }: Erased): string => names.reduce((rest, name) => rest.replaceAll(wordsOf(name), blank), text);

const findingWithout = (finding: Finding, erased: Erased): Finding => ({
  ...finding,
  headline: clean(finding.headline, erased),
  expected: clean(finding.expected, erased),
  nextStep: clean(finding.nextStep, erased),
  people: erased.kind === 'person' ? finding.people.filter((id) => !erased.ids.has(id)) : finding.people,
  evidence: evidenceWithout(finding.evidence, erased),
});

const cardAlertWithout = (alert: CardAlert, erased: Erased): CardAlert => ({
  ...alert,
  headline: clean(alert.headline, erased),
  expected: clean(alert.expected, erased),
  nextStep: clean(alert.nextStep, erased),
  people: alert.people.filter(({ name }) => !erased.names.includes(name)),
  evidence: evidenceWithout(alert.evidence, erased),
});

const evidenceWithout = (evidence: Finding['evidence'], erased: Erased): Finding['evidence'] =>
  evidence.map((piece) => ({ ...piece, label: clean(piece.label, erased), ...('text' in piece ? { text: clean(piece.text, erased) } : {}) }));

const lineWithout = (line: CardLine, erased: Erased): CardLine => ({ ...line, headline: clean(line.headline, erased) });

/** A name as words of its own: erasing Ann leaves Annual alone. */
const wordsOf = (name: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, 'gu');
