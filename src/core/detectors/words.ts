import type { Journey, Person } from '../journey/journey.ts';
import type { JourneyMap, RoleDefinition } from '../journey/journey-map.ts';
import type { Touchpoint } from '../journey/record.ts';

/** Said when a finding went although nothing new happened between the customer and us. */
export const corrected = 'the journey map or the CRM record was corrected';

/** Whom to talk to: the one last heard from, else the first by id; null where nobody is known or all are in `except`. */
export function personToAsk({ committee }: Journey, except: readonly string[] = []): Person | null {
  let best: Person | null = null;
  for (const person of committee) {
    if (except.includes(person.id)) continue;
    if (best === null || (person.lastInboundAt ?? Number.NEGATIVE_INFINITY) > (best.lastInboundAt ?? Number.NEGATIVE_INFINITY)) best = person;
  }
  return best;
}

/** A name to address: the person to ask, else the account. */
export const whomToAsk = (journey: Journey): string => personToAsk(journey)?.name ?? accountName(journey);

export const accountName = (journey: Journey): string => journey.account?.name ?? 'the customer';

export const personOf = (journey: Journey, id: string | null): Person | null =>
  id === null ? null : (journey.committee.find((person) => person.id === id) ?? null);

/** `Ana, Ben or Cem` */
export function anyOf(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** Types of touchpoints: `demo_request` → `demo request`. */
export const inWords = (type: string): string => type.replaceAll('_', ' ');

/** A moment of truth in the middle of a sentence: `Security_review` → `security review`. */
export const momentInSentence = (moment: string): string => inSentence(inWords(moment));

/** `demo request (web)` */
export function touchpointInWords({ type, channel }: Touchpoint): string {
  const words = inWords(type);
  return channel === null || channel === type ? words : `${words} (${channel})`;
}

/** `Priya Nair got in touch: email received`, `we contacted Priya Nair: call` */
export function heardInWords(journey: Journey, touchpoint: Touchpoint): string {
  const name = personOf(journey, touchpoint.personId)?.name ?? accountName(journey);
  return `${touchpoint.direction === 'inbound' ? `${name} got in touch` : `we contacted ${name}`}: ${touchpointInWords(touchpoint)}`;
}

/** `−1 (from −2 to +2)` */
export const sentimentInWords = (sentiment: number): string =>
  `${sentiment < 0 ? '−' : sentiment > 0 ? '+' : ''}${Math.abs(sentiment)} (from −2 to +2)`;

/** Labels inside a sentence: `Economic buyer` → `economic buyer`, `CFO` stays. */
export function inSentence(label: string): string {
  const [first = '', second = ''] = label;
  return second === second.toLowerCase() ? first.toLowerCase() + label.slice(first.length) : label;
}

/** The role's label for the middle of a sentence; its key in words where journey.yml no longer has it. */
export const roleInSentence = (roles: readonly RoleDefinition[], key: string): string =>
  inSentence(roles.find((role) => role.key === key)?.label ?? key.replaceAll('_', ' '));

/** Where its name stands for the role itself, as teams may call one anything: `the role “Legal”`. */
export const roleCalled = (roles: readonly RoleDefinition[], key: string): string =>
  `the role “${roles.find((role) => role.key === key)?.label ?? key.replaceAll('_', ' ')}”`;

export const stageLabel = (map: JourneyMap, key: string): string => map.stages.find((stage) => stage.key === key)?.label ?? key;

/** Where the journey went: `moved to Negotiation`; the CRM's own stage id where the map does not know it. */
export function movedTo({ visits }: Journey, map: JourneyMap): string {
  const visit = visits.at(-1);
  return visit === undefined ? 'the stage is no longer known' : `moved to ${visit.stage === null ? visit.crmStage : stageLabel(map, visit.stage)}`;
}

/** A metric at the beginning of a sentence: `open_tickets` → `Open tickets`, `nps` → `NPS`. */
export function metricInWords(metric: string): string {
  const words = inWords(metric);
  return words.length < 5 ? words.toUpperCase() : words.charAt(0).toUpperCase() + words.slice(1);
}
