import { z } from 'zod';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector, undecided } from './detector.ts';
import { knownStays, stageIndex } from './stays.ts';
import { corrected, movedTo, stageLabel, whomToAsk } from './words.ts';

/**
 * The journey moved forward over a stage that the map requires, has never been in it, and is beyond it now. The CRM may simply not have
 * said so, hence "skipped or not observed". A journey first heard of in a late stage jumped over nothing that was seen; and where it was
 * in a stage that the map does not know on the way, that may have been the one: undecided.
 *
 * Clears when it was there after all, the journey moves back before it, or somebody acknowledges it.
 */
export const skippedStage = defineDetector({
  name: 'skipped-stage',
  title: 'Stage skipped or not observed',
  summary: 'A journey jumped over a stage that the map requires.',
  silence: false,
  endsWhenAcknowledged: true,
  list: 'stalled',
  severity: 'info',
  params: z.strictObject({}),
  explain: () => 'jumped over a required stage, or it was not observed',
  detect(journey, _params, { map, stage, now }): Answer {
    const current = stage === null ? -1 : stageIndex(map, stage.key);
    if (current < 0) return undecided;
    const stays = knownStays(journey, map);
    const findings: Answer['findings'] = [];
    const unknown: string[] = [];
    let recheckAt: EpochMs | null = null;
    for (const [index, skipped] of map.stages.entries()) {
      if (index >= current) break;
      if (!skipped.required || stays.some((stay) => stay.index === index)) continue;
      const landed = stays.findIndex((stay, at) => at > 0 && stay.index > index && (stays[at - 1]?.index ?? index) < index);
      const from = stays[landed - 1];
      const to = stays[landed];
      if (from === undefined || to === undefined) continue;
      if (to.afterUnknown) {
        unknown.push(`stage:${skipped.key}`);
      } else if (now < to.enteredAt) {
        recheckAt = earliest(recheckAt, to.enteredAt);
      } else {
        const landing = stageLabel(map, to.stage);
        findings.push({
          subject: `stage:${skipped.key}`,
          since: to.enteredAt,
          dueAt: to.enteredAt,
          headline: `${skipped.label} skipped or not observed`,
          expected: `goes through ${skipped.label} before ${landing}`,
          people: [],
          evidence: [
            { label: 'Came from', text: stageLabel(map, from.stage) },
            { label: `Reached ${landing}`, at: to.enteredAt },
          ],
          nextStep: `Make up for ${skipped.label} with ${whomToAsk(journey)}, or note in the CRM that it happened`,
        });
      }
    }
    return unknown.length === 0 ? { findings, recheckAt } : { findings, recheckAt, undecided: unknown };
  },
  cleared(finding, journey, { map }) {
    const skipped = finding.subject.slice('stage:'.length);
    const index = stageIndex(map, skipped);
    const stays = knownStays(journey, map);
    if (index < 0) return corrected;
    if (stays.some((stay) => stay.index === index)) return `${stageLabel(map, skipped)} was visited`;
    return (stays.at(-1)?.index ?? -1) < index ? movedTo(journey, map) : corrected;
  },
});
