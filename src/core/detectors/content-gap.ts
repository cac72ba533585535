import { z } from 'zod';
import { type Duration, durationInWords, durationSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { AssetDefinition, StageDefinition } from '../journey/journey-map.ts';
import type { Touchpoint } from '../journey/record.ts';
import { foldName, isCalled, remembersAll, remembersSince } from '../journey/stage-signs.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector, undecided } from './detector.ts';
import { currentStay } from './stays.ts';
import { anyOf, corrected, movedTo, personOf, roleCalled } from './words.ts';

/**
 * A role has a part in the stage (the stage expects it, or somebody with it was heard from since the journey came there), the catalogue has
 * assets for this role and stage, and none of them was sent or viewed, `within` of when its part began. A touchpoint counts, at whatever time,
 * unless it is about a person who has other roles. With `uncovered` it also speaks where the catalogue has nothing. Without a catalogue there is
 * nothing to say, and where older touchpoints may have been forgotten, nothing is said.
 *
 * Clears when one of the assets is sent or viewed, or the journey leaves the stage.
 */
export const contentGap = defineDetector({
  name: 'content-gap',
  title: 'Nothing to read for a role',
  summary: 'A role has a part in the stage, and was shown none of the assets that are meant for it there.',
  silence: true,
  list: 'gaps',
  quieter: { parameter: 'within', way: 'more' },
  severity: 'info',
  params: z.strictObject({
    within: durationSchema.prefault('5bd').describe('How soon after the role first has a part in the stage'),
    uncovered: z.boolean().default(false).describe('Speak, too, where the catalogue has nothing for the role in the stage'),
  }),
  explain: ({ within, uncovered }) =>
    `a role with a part in the stage was sent or viewed none of its assets within ${durationInWords(within)}${uncovered ? ', or there are none' : ''}`,
  detect(journey, { within, uncovered }, { stage, roles, calendar, now }) {
    const stay = currentStay(journey);
    if (stage === null || stay === null) return undecided;
    if (stage.assets.length === 0 && !uncovered) return { findings: [], recheckAt: null };
    const findings: Answer['findings'] = [];
    const unknown: string[] = [];
    let recheckAt: EpochMs | null = null;
    const parts = rolesWithAPart(journey, stage, stay.enteredAt);
    // Whoever had a part first, and whether they had one, may be forgotten.
    const knowsParts = remembersSince(journey, stay.enteredAt);
    if (!knowsParts)
      for (const { role } of journey.committee.flatMap(({ roles }) => roles)) {
        if (stage.expects.roles.includes(role)) continue;
        unknown.push(`role:${role}`);
        parts.delete(role);
      }
    for (const [role, since] of parts) {
      const assets = assetsFor(stage, role);
      if (assets.length === 0 && !uncovered) continue;
      if (lastShown(journey, role, assets) !== null) continue;
      const subject = `role:${role}`;
      if (assets.length > 0 && !remembersAll(journey)) {
        unknown.push(subject);
        continue;
      }
      const dueAt = calendar.add(since, within);
      if (now < dueAt) {
        recheckAt = earliest(recheckAt, dueAt);
        continue;
      }
      findings.push({ subject, since, dueAt, ...saying(journey, stage, roleCalled(roles, role), role, assets, within) });
    }
    return unknown.length === 0 ? { findings, recheckAt } : { findings, recheckAt, undecided: unknown };
  },
  cleared(finding, journey, { map, stage }) {
    if ((currentStay(journey)?.enteredAt ?? 0) > finding.since) return movedTo(journey, map);
    const role = finding.subject.slice('role:'.length);
    const shown = stage === null ? null : lastShown(journey, role, assetsFor(stage, role));
    if (shown === null) return corrected;
    const person = personOf(journey, shown.touchpoint.personId);
    const done = shown.touchpoint.direction === 'inbound' ? 'viewed by' : 'sent to';
    return `“${shown.asset.label}” was ${person === null ? done.split(' ')[0] : `${done} ${person.name}`}`;
  },
});

/** By role: since when it has a part in the stage. */
function rolesWithAPart(journey: Journey, { expects }: StageDefinition, enteredAt: EpochMs): Map<string, EpochMs> {
  const parts = new Map(expects.roles.map((role) => [role, enteredAt]));
  // Newest first: the last one that is written is the first time they were heard from.
  for (const { personId, direction, at } of journey.touchpoints) {
    if (at < enteredAt) break;
    if (direction !== 'inbound') continue;
    for (const { role } of personOf(journey, personId)?.roles ?? []) if (!expects.roles.includes(role)) parts.set(role, at);
  }
  return parts;
}

const assetsFor = ({ assets }: StageDefinition, role: string): AssetDefinition[] => assets.filter(({ roles }) => roles.includes(role));

/** The newest touchpoint with one of the assets that may have reached the role: nobody is named, or somebody without other roles only. */
function lastShown(journey: Journey, role: string, assets: readonly AssetDefinition[]): { touchpoint: Touchpoint; asset: AssetDefinition } | null {
  if (assets.length === 0) return null;
  const named = assets.map((asset) => ({ asset, names: new Set(asset.names.map(foldName)) }));
  for (const touchpoint of journey.touchpoints) {
    const found = named.find(({ names }) => isCalled(touchpoint, names));
    if (found === undefined) continue;
    const roles = personOf(journey, touchpoint.personId)?.roles ?? [];
    if (roles.length === 0 || roles.some((held) => held.role === role)) return { touchpoint, asset: found.asset };
  }
  return null;
}

type Said = Pick<Answer['findings'][number], 'headline' | 'expected' | 'people' | 'evidence' | 'nextStep'>;

function saying(journey: Journey, stage: StageDefinition, called: string, role: string, assets: readonly AssetDefinition[], within: Duration): Said {
  const holders = journey.committee.filter(({ roles }) => roles.some((held) => held.role === role));
  const last = journey.touchpoints.find(({ asset }) => asset !== null);
  const titles = assets.map((asset) => `“${asset.label}”`);
  const whom = holders[0]?.name ?? `whoever has ${called}`;
  return {
    headline: assets.length === 0 ? `The catalogue has nothing for ${called} in ${stage.label}` : `Nothing to read for ${called} in ${stage.label}`,
    expected: `${assets.length === 0 ? 'an asset' : anyOf(titles)} shown to whoever has ${called} within ${durationInWords(within)}`,
    people: holders.map(({ id }) => id),
    evidence: [
      { label: 'Meant for them', text: assets.length === 0 ? 'nothing' : assets.map((asset) => asset.label).join(', ') },
      ...(last === undefined ? [{ label: 'Assets sent or viewed so far', count: 0 }] : [{ label: `Last asset, ${last.asset ?? ''}`, at: last.at }]),
    ],
    nextStep:
      assets.length === 0 ? `Find out what ${whom} needs to see in ${stage.label}, and add it to the catalogue` : `Send ${anyOf(titles)} to ${whom}`,
  };
}
