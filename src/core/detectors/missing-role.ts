import { z } from 'zod';
import { durationInWords, durationSchema, parseDuration } from '../duration.ts';
import type { Journey, Person } from '../journey/journey.ts';
import type { JourneyMap, StageDefinition } from '../journey/journey-map.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector, undecided } from './detector.ts';
import { currentStay, stageIndex } from './stays.ts';
import { accountName, anyOf, corrected, movedTo, personToAsk, roleCalled, roleInSentence } from './words.ts';

const defaultGrace = parseDuration('5bd');
const namesSaid = 3;

/**
 * A role that this stage or an earlier one expects is not on the buying committee, `grace` after the journey first reached the stage that
 * expects it (or a later one, where it was jumped over). Where several stages expect it, the limit that is over first counts. Roles inferred from titles count. Where people without a role are known,
 * one of them may be it ("set the role"), else there are too few people ("find them").
 *
 * Clears when somebody has the role, or the journey moves back before the stage that first expects it.
 */
export const missingRole = defineDetector({
  name: 'missing-role',
  title: 'Somebody missing on the buying committee',
  summary: 'A role that the stage expects is not on the buying committee.',
  silence: false,
  inhibitsSameSubject: ['content-gap'],
  list: 'gaps',
  quieter: { parameter: 'grace', way: 'more', unset: defaultGrace },
  severity: 'warning',
  params: z.strictObject({
    grace: durationSchema.optional().describe("How long the role may be missing; default: the stage's own `within`, else 5bd"),
  }),
  explain: ({ grace }) =>
    `a role that this stage or an earlier one expects is missing ${grace === undefined ? 'longer than the stage allows' : `for ${durationInWords(grace)}`}`,
  detect(journey, params, { map, stage, roles, calendar, now }) {
    const current = stage === null ? -1 : stageIndex(map, stage.key);
    if (current < 0) return undecided;
    const findings: Answer['findings'] = [];
    let recheckAt: EpochMs | null = null;
    for (const [role, stages] of expectedRoles(map, current)) {
      if (holderOf(journey, role) !== null) continue;
      const limits = stages.map(({ expecting, index }) => {
        const since = reachedAt(journey, map, index);
        const grace = params.grace ?? expecting.expects.within ?? defaultGrace;
        return { expecting, since, grace, dueAt: calendar.add(since, grace) };
      });
      const { expecting, since, grace, dueAt } = limits.reduce((first, limit) => (limit.dueAt < first.dueAt ? limit : first));
      if (now < dueAt) {
        recheckAt = earliest(recheckAt, dueAt);
        continue;
      }
      const called = roleCalled(roles, role);
      const unmapped = journey.committee.filter((person) => person.roles.length === 0).slice(0, namesSaid);
      findings.push({
        subject: `role:${role}`,
        since,
        dueAt,
        headline: `No ${roleInSentence(roles, role)} on the buying committee`,
        expected: `${roleInSentence(roles, role)} known within ${durationInWords(grace)} of reaching ${expecting.label}`,
        people: unmapped.map(({ id }) => id),
        evidence: [
          { label: `Reached ${expecting.label}`, at: since },
          { label: 'People known', count: journey.committee.length },
          { label: 'Without a role', text: unmapped.length === 0 ? 'nobody' : unmapped.map(({ name }) => name).join(', ') },
        ],
        nextStep: suggestion(journey, called, unmapped),
      });
    }
    return { findings, recheckAt };
  },
  cleared(finding, journey, { map, roles }) {
    const role = finding.subject.slice('role:'.length);
    const holder = holderOf(journey, role);
    if (holder !== null) return `${holder.name} has ${roleCalled(roles, role)}`;
    const current = stageIndex(map, currentStay(journey)?.stage ?? '');
    const expecting = map.stages.findIndex(({ expects }) => expects.roles.includes(role));
    return expecting > current ? movedTo(journey, map) : corrected;
  },
});

/** Each role expected up to the stage at `current`, with the stages that expect it. */
function expectedRoles(map: JourneyMap, current: number): Map<string, { expecting: StageDefinition; index: number }[]> {
  const expected = new Map<string, { expecting: StageDefinition; index: number }[]>();
  for (const [index, expecting] of map.stages.slice(0, current + 1).entries())
    for (const role of expecting.expects.roles) expected.set(role, [...(expected.get(role) ?? []), { expecting, index }]);
  return expected;
}

const holderOf = ({ committee }: Journey, role: string): Person | null =>
  committee.find((person) => person.roles.some((held) => held.role === role)) ?? null;

function reachedAt({ visits, startedAt }: Journey, map: JourneyMap, index: number): EpochMs {
  return visits.find(({ stage }) => stage !== null && stageIndex(map, stage) >= index)?.enteredAt ?? startedAt;
}

function suggestion(journey: Journey, role: string, unmapped: readonly Person[]): string {
  if (unmapped.length > 0) return `Say who has ${role}: ${anyOf(unmapped.map(({ name }) => name))}?`;
  const person = personToAsk(journey);
  return person === null ? `Find out who has ${role} at ${accountName(journey)}` : `Ask ${person.name} who has ${role}`;
}
