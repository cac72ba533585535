import { detectors } from '../detectors/index.ts';
import { type Assessment, settingsFor } from '../detectors/run-detectors.ts';
import { corrected } from '../detectors/words.ts';
import { currentVisit, hasBegun, type Journey } from '../journey/journey.ts';
import type { JourneyConfig, JourneyMap } from '../journey/journey-map.ts';
import { crmNameOf } from '../journey/signal.ts';
import type { EpochMs } from '../time.ts';
import type { Alert, AlertPlace } from './alert.ts';
import { ruleIn } from './place.ts';
import type { AlertEnd } from './reconcile.ts';

type Judged = { journey: Journey; map: JourneyMap; assessment: Assessment; config: JourneyConfig; now: EpochMs };

/** Why an alert whose finding is gone is over: what the customer or we did, where the journey has come, or what was changed. */
export function endOf(alert: Alert, { journey, map, assessment, config, now }: Judged): AlertEnd {
  if (journey.outcome.state !== 'open') return { how: 'ended', text: outcomeWords(journey)[journey.outcome.state] };
  const detector = detectors.find(({ name }) => name === alert.rule);
  const line = assessment.rules.find(({ rule }) => rule === alert.rule);
  const key = currentVisit(journey)?.stage ?? null;
  const hasOtherNumbers = () => hasComeFrom(alert, { map, stage: key, segments: journey.segments });
  const stage = map.stages.find((candidate) => candidate.key === key) ?? null;
  const here = stage === null || alert.place?.stage === key ? 'for it now' : `in ${stage.label}`;
  if (detector === undefined || (hasBegun(journey) && (line === undefined || line.state === 'off')))
    return { how: 'ended', text: hasOtherNumbers() ? `this rule is switched off ${here}` : 'the rule is switched off in journey.yml' };
  const params = settingsFor(journey, map)(alert.rule)?.params ?? detector.params.parse({});
  const context = { map, stage, roles: config.roles, calendar: config.calendar, now };
  const text = detector.cleared(alert.finding, journey, context, params);
  const inTime = detector.wasInTime?.(alert.finding, journey, params) === true;
  return { how: 'cleared', text: text === corrected && hasOtherNumbers() ? `other limits count ${here}` : text, ...(inTime ? { inTime } : {}) };
}

const outcomeWords = (journey: Journey) =>
  ({
    won: journey.kind === 'deal' ? 'the deal was won' : 'this journey is complete',
    lost: `the ${journey.kind} was lost`,
    deleted: `it was deleted in ${crmNameOf(journey.source)}`,
  }) as const;

/** Whether it opened in another stage, or in other segments, of this map, for which the map gives this rule other numbers than for where the journey is now. */
function hasComeFrom({ rule, place }: Alert, { map, ...now }: { map: JourneyMap } & Pick<AlertPlace, 'stage' | 'segments'>): boolean {
  if (place === undefined || place.map !== map.key) return false;
  const then = ruleIn(map, rule, place).settings;
  return then !== null && JSON.stringify(then.params) !== JSON.stringify(ruleIn(map, rule, now).settings?.params);
}
