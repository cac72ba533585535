import { numberIn, type RuleIn, ruleIn } from './alerts/place.ts';
import type { Calendar } from './calendar.ts';
import { detectors, titleOf } from './detectors/index.ts';
import { type Amount, quieterAmounts, readAmount } from './detectors/quieter.ts';
import { type AlertLife, actionRates, actWithinInWords, noisiest } from './insight/action-rate.ts';
import type { Rate } from './insight/wilson.ts';
import type { JourneyConfig, JourneyMap } from './journey/journey-map.ts';

/** The rule whose alerts nobody acts on, and what to change about it. */
export type Suggestion = { rule: string; title: string; rate: Rate; change: NumberChange | null };

/** One number of journey.yml. `stage` null: the map's own, for stages that it does not know. `segment`: whose own number it is; null: everybody else's. */
export type NumberChange = {
  map: { key: string; label: string };
  stage: { key: string; label: string } | null;
  segment: string | null;
  parameter: string;
  /** As journey.yml writes them. */
  from: string | number;
  to: string | number;
  /** Alerts there that nobody acted on, and how many of them cleared before `to` would have said them (null: it is no time). */
  ignored: number;
  spared: number | null;
  /** Alerts there that somebody acted on, and how many of them would not have been said. */
  actedOn: number;
  actedOnSpared: number | null;
};

type Maps = Pick<JourneyConfig, 'maps' | 'calendar'>;

/** What to change, if a rule is surely noise. The number is that of the place where most of its alerts were ignored. */
export function suggest(lives: readonly AlertLife[], config: Maps): Suggestion | null {
  const current = byPresentNumbers(lives, config);
  const worst = noisiest(actionRates(current));
  if (worst === null) return null;
  const places = placesOf(
    current.filter(({ rule }) => rule === worst.rule),
    config,
  );
  const change = places.map((place) => changeOf(place, worst.rule, config.calendar)).find((each) => each !== null) ?? null;
  return { rule: worst.rule, title: titleOf(worst.rule), rate: worst.rate, change };
}

/** What was said by another number than the one in force tells nothing of this one. */
export function byPresentNumbers(lives: readonly AlertLife[], { maps }: Pick<JourneyConfig, 'maps'>): AlertLife[] {
  const numbers = new Map<string, string | number | null>();
  return lives.filter(({ rule, place }) => {
    if (place === null) return true;
    const map = maps.find(({ key }) => key === place.map);
    if (map === undefined) return false;
    const key = JSON.stringify([rule, place.map, place.stage, place.segments]);
    const number = numbers.get(key) ?? numberIn(map, rule, place);
    numbers.set(key, number);
    return number === place.number;
  });
}

/** Plain sentences: how bad it is, and what to change. */
export function suggestionInWords({ rule, title, rate, change }: Suggestion): string[] {
  const [percent, low, high] = [rate.rate, rate.low, rate.high].map((share) => `${Math.round(share * 100)}%`);
  const said = `“${title}”: ${rate.count} of ${rate.n} alerts were acted on within ${actWithinInWords} (${percent}; 95% limits ${low} to ${high}).`;
  if (change === null) return [said, `It has no number to turn: think about ${rule}: off where it does not help.`];
  const { map, stage, segment, parameter, from, to } = change;
  const where = `${stage === null ? map.label : `${stage.label} (${map.label})`}${segment === null ? '' : `, segment ${segment}`}`;
  return [said, `Try ${parameter}: ${to} instead of ${from} in ${where}: ${reasonOf(change)}.`];
}

function reasonOf({ ignored, spared, actedOn, actedOnSpared }: NumberChange): string {
  const nobody = `${ignored} of the ${ignored + actedOn} alerts there were acted on by nobody`;
  if (spared === null || actedOnSpared === null) return nobody;
  if (spared === 0) return `${nobody}. None of those had cleared before that: they would be said later, but not be fewer`;
  const lost = actedOn === 0 ? '' : `, and ${actedOnSpared} of the ${actedOn} that somebody acted on`;
  return `${spared} of the ${ignored} alerts there that nobody acted on had cleared before that${lost}`;
}

type Place = RuleIn & { map: JourneyMap; lives: AlertLife[] };

/** Where the rule has a number of its own, the place with the most ignored alerts first. */
function placesOf(lives: readonly AlertLife[], { maps }: Maps): Place[] {
  const places = new Map<string, Place>();
  for (const life of lives) {
    const map = maps.find(({ key }) => key === life.place?.map);
    if (map === undefined || life.place === null) continue;
    const found = ruleIn(map, life.rule, life.place);
    const key = JSON.stringify([map.key, found.stage?.key, found.segment]);
    const place = places.get(key) ?? { ...found, map, lives: [] };
    place.lives.push(life);
    places.set(key, place);
  }
  return [...places.values()].sort((a, b) => ignoredIn(b).length - ignoredIn(a).length);
}

const ignoredIn = ({ lives }: Place): AlertLife[] => lives.filter(({ actedOn }) => !actedOn);

function changeOf(place: Place, name: string, calendar: Calendar): NumberChange | null {
  const { map, stage, segment, settings } = place;
  const detector = detectors.find((each) => each.name === name);
  if (detector?.quieter === undefined || settings === null) return null;
  const from = readAmount(detector, settings.params, stage?.expects.within ?? null);
  if (from === null) return null;
  const ignored = ignoredIn(place);
  const actedOn = place.lives.filter((life) => life.actedOn);
  const candidates = quieterAmounts(detector, from).map((to) => ({
    to: to.text,
    spared: sparedOf(ignored, from, to, calendar),
    actedOnSpared: sparedOf(actedOn, from, to, calendar),
  }));
  // The smallest change that would have spared half of the noise; where none would, a step that can be felt.
  const chosen = candidates.find(({ spared }) => spared === null || spared * 2 >= ignored.length) ?? candidates[Math.min(1, candidates.length - 1)];
  if (chosen === undefined) return null;
  return {
    map: { key: map.key, label: map.label },
    stage: stage === null ? null : { key: stage.key, label: stage.label },
    segment,
    parameter: detector.quieter.parameter,
    from: from.text,
    ...chosen,
    ignored: ignored.length,
    actedOn: actedOn.length,
  };
}

/** Those whose condition was gone before the later limit was passed. */
function sparedOf(lives: readonly AlertLife[], from: Amount, to: Amount, calendar: Calendar): number | null {
  if (from.time === null || to.time === null) return null;
  const later = { amount: Math.abs(to.time.amount - from.time.amount), unit: from.time.unit };
  return lives.filter(({ goneAt, dueAt }) => goneAt !== null && goneAt <= calendar.add(dueAt, later)).length;
}
