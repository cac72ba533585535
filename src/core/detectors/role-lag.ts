import { z } from 'zod';
import { counted } from '../counted.ts';
import { durationInWords, durationSchema } from '../duration.ts';
import type { Journey, Person } from '../journey/journey.ts';
import type { JourneyMap, StageDefinition } from '../journey/journey-map.ts';
import { furthestOf, remembersAll, stageShownBy } from '../journey/stage-signs.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector, undecided } from './detector.ts';
import { currentStay, stageIndex } from './stays.ts';
import { corrected, movedTo, personOf, roleInSentence } from './words.ts';

/**
 * A person in one of `roles` is `stages` or more behind the journey, `after` it came about. How far a person is their own touchpoints say: the
 * furthest stage of which one of them is a sign. Only stages of which somebody on this journey has given a sign are counted: where nobody has,
 * the CRM may not tell. Of a person who has given no sign at all nothing is said (silent-role does), and where older touchpoints may have been
 * forgotten, neither.
 *
 * Clears when the person catches up, leaves the buying committee or the role, or the journey moves back.
 */
export const roleLag = defineDetector({
  name: 'role-lag',
  title: 'Behind the deal',
  summary: 'A person who matters is stages behind the deal.',
  silence: true,
  list: 'gaps',
  theyClear: true,
  quieter: { parameter: 'after', way: 'more' },
  severity: 'info',
  params: z.strictObject({
    roles: z.array(z.string()).min(1).default(['champion', 'economic_buyer']).describe('Whose own way matters'),
    stages: z.int().min(1).max(20).default(2).describe('How many stages they may not be behind'),
    after: durationSchema.prefault('5bd').describe('How long they may be'),
  }),
  explain: ({ roles, stages, after }) =>
    `${roles.map((role) => roleInSentence([], role)).join(' or ')} ${stages} or more stages behind for ${durationInWords(after)}`,
  detect(journey, { roles, stages, after }, { map, stage, roles: definitions, calendar, now }) {
    const stay = currentStay(journey);
    const current = stage === null ? -1 : stageIndex(map, stage.key);
    if (stage === null || stay === null || current < 0) return undecided;
    let shown: Map<number, EpochMs> | null = null;
    const findings: Answer['findings'] = [];
    const unknown: string[] = [];
    let recheckAt: EpochMs | null = null;
    for (const person of journey.committee) {
      const held = person.roles.find(({ role }) => roles.includes(role));
      const furthest = held === undefined ? null : furthestOf(person.id, journey.touchpoints, map);
      if (held === undefined) continue;
      const subject = `person:${person.id}`;
      if (!remembersAll(journey)) {
        // What is forgotten may have shown them further, and others further still. As near as this, nobody is behind.
        if (current - (furthest?.index ?? -1) >= stages) unknown.push(subject);
        continue;
      }
      if (furthest === null) continue;
      shown ??= firstShown(journey, map);
      const ahead = [...shown].filter(([index]) => index > furthest.index && index <= current).map(([, at]) => at);
      const fellBehindAt = ahead.toSorted((a, b) => a - b)[stages - 1];
      if (fellBehindAt === undefined) continue;
      const since = Math.max(stay.enteredAt, fellBehindAt, person.addedAt);
      const dueAt = calendar.add(since, after);
      if (now < dueAt) {
        recheckAt = earliest(recheckAt, dueAt);
        continue;
      }
      const at = map.stages[furthest.index];
      const label = roleInSentence(definitions, held.role);
      findings.push({
        subject,
        since,
        dueAt,
        headline: `${person.name}, ${label}, is still at ${at?.label ?? ''}`,
        expected: stages === 1 ? `as far as ${stage.label}` : `at most ${counted(stages - 1, 'stage')} behind ${stage.label}`,
        people: [person.id],
        evidence: [
          { label: `Showed ${at?.label ?? ''}`, at: furthest.at },
          { label: `Reached ${stage.label}`, at: stay.enteredAt },
          { label: 'Stages behind', count: ahead.length, limit: stages },
        ],
        nextStep: suggestion(person, held.role, map.stages.slice(furthest.index + 1, current + 1)),
      });
    }
    return unknown.length === 0 ? { findings, recheckAt } : { findings, recheckAt, undecided: unknown };
  },
  cleared(finding, journey, { map }) {
    const person = personOf(journey, finding.subject.slice('person:'.length));
    if (person === null) return 'no longer on the buying committee';
    const furthest = furthestOf(person.id, journey.touchpoints, map);
    if (furthest !== null && furthest.at > finding.since) return `${person.name} has come to ${map.stages[furthest.index]?.label ?? ''}`;
    return (currentStay(journey)?.enteredAt ?? 0) > finding.since ? movedTo(journey, map) : corrected;
  },
});

/** By place in the map: when somebody on the journey first gave a sign of that stage. */
function firstShown({ touchpoints }: Journey, map: JourneyMap): Map<number, EpochMs> {
  const shown = new Map<number, EpochMs>();
  // Newest first: the last one that is written is the first one that was.
  for (const touchpoint of touchpoints) {
    const index = stageShownBy(touchpoint, map);
    if (index >= 0) shown.set(index, touchpoint.at);
  }
  return shown;
}

/** The first asset that the catalogue has for the role on the way; else the stage itself. */
function suggestion(person: Person, role: string, ahead: readonly StageDefinition[]): string {
  const asset = ahead.flatMap(({ assets }) => assets).find(({ roles }) => roles.includes(role));
  if (asset !== undefined) return `Show ${person.name} “${asset.label}”`;
  return `Take ${person.name} through ${ahead[0]?.label ?? 'the next stage'}`;
}
