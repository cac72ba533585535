import { z } from 'zod';
import { durationInWords, durationSchema, everyInWords } from '../duration.ts';
import type { Journey, Person } from '../journey/journey.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector } from './detector.ts';
import { corrected, heardInWords, personOf, personToAsk, roleInSentence } from './words.ts';

/**
 * A person in one of `roles` has not been heard from for `after`. `since` is their last inbound touchpoint, or when they were added. The
 * clock never starts before the person, and the journey, came to be known: who was added yesterday is not silent yet, and last year's
 * customer is not silent on a deal that began today. Someone who left the committee is not silent.
 *
 * Clears when they get in touch, lose the role, or leave the buying committee.
 */
export const silentRole = defineDetector({
  name: 'silent-role',
  title: 'Gone silent',
  summary: 'A person who matters has not been heard from for too long.',
  silence: true,
  list: 'silent',
  theyClear: true,
  quieter: { parameter: 'after', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    roles: z.array(z.string()).min(1).default(['champion', 'economic_buyer']).describe('Whose silence matters'),
    after: durationSchema.prefault('10bd').describe('How long they may be silent'),
  }),
  explain: ({ roles, after }) =>
    `nothing heard from a person who is ${roles.map((role) => roleInSentence([], role)).join(' or ')} for ${durationInWords(after)}`,
  detect(journey, { roles, after }, context) {
    const findings: Answer['findings'] = [];
    let recheckAt: EpochMs | null = null;
    for (const person of journey.committee) {
      const held = person.roles.find(({ role }) => roles.includes(role));
      if (held === undefined) continue;
      const since = person.lastInboundAt ?? person.addedAt;
      const dueAt = context.calendar.add(Math.max(since, person.addedAt, journey.startedAt), after);
      if (context.now < dueAt) {
        recheckAt = earliest(recheckAt, dueAt);
        continue;
      }
      const label = roleInSentence(context.roles, held.role);
      findings.push({
        subject: `person:${person.id}`,
        since,
        dueAt,
        headline: person.lastInboundAt === null ? `Never heard from ${person.name}, ${label}` : `${person.name}, ${label}, has gone silent`,
        expected: `heard from ${everyInWords(after)}`,
        people: [person.id],
        evidence: [
          { label: 'Role', text: label },
          person.lastInboundAt === null ? { label: 'Known since', at: person.addedAt } : { label: 'Last heard from', at: person.lastInboundAt },
          ...(person.lastOutboundAt === null ? [] : [{ label: 'Last contacted', at: person.lastOutboundAt }]),
        ],
        nextStep: suggestion(journey, person),
      });
    }
    return { findings, recheckAt };
  },
  cleared(finding, journey, { roles }) {
    const person = personOf(journey, finding.subject.slice('person:'.length));
    if (person === null) return 'no longer on the buying committee';
    const answer = journey.touchpoints.find(({ personId, direction, at }) => personId === person.id && direction === 'inbound' && at > finding.since);
    if (answer !== undefined) return heardInWords(journey, answer);
    if (person.lastInboundAt !== null && person.lastInboundAt > finding.since) return `${person.name} got in touch`;
    const role = finding.evidence.find((value) => value.label === 'Role');
    const held = person.roles.map((known) => roleInSentence(roles, known.role));
    return role !== undefined && 'text' in role && !held.includes(role.text) ? `${person.name} no longer has the role “${role.text}”` : corrected;
  },
});

function suggestion(journey: Journey, person: Person): string {
  const other = personToAsk(journey, [person.id]);
  return other === null ? `Call ${person.name}` : `Call ${person.name}, or ask ${other.name} what has changed`;
}
