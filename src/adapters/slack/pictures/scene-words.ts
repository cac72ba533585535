import { standingInWords } from '../../../core/stage-standing.ts';
import { plain } from '../views/escape.ts';
import { count } from '../views/words.ts';
import { daysText } from './lanes.ts';
import type { Scene, SceneJourney, SceneStage } from './scene.ts';

/** What the picture shows, as sentences, the most important first. */
export function sceneInWords(scene: Scene): string[] {
  const { account, standing, journeys, moreJourneys, seats, moreSeats } = scene;
  const roles = [
    ...seats.map(({ label, words }) => `${name(label, 'a role')}: ${words}`),
    ...(moreSeats > 0 ? [`and ${count(moreSeats, 'more role')}`] : []),
  ];
  return [
    `Journey map of ${name(account, 'an account')}: ${standing}.`,
    ...journeys.flatMap(journeyInWords),
    ...(moreJourneys > 0 ? [`And ${count(moreJourneys, 'more journey')}.`] : []),
    `Buying committee: ${roles.length === 0 ? 'nobody known yet' : roles.join('; ')}.`,
    contactsInWords(scene),
  ];
}

function journeyInWords({ name: called, fact, stages, moreStages, gaps, moreGaps, noGap }: SceneJourney, index: number): string[] {
  const differs = [...gaps.map((gap) => name(gap, 'something')), ...(moreGaps > 0 ? [`${moreGaps} more`] : [])].join(', ');
  return [
    `${name(called, `Journey ${index + 1}`)} (${name(fact, 'journey')}): ${gaps.length === 0 ? noGap.words.charAt(0).toLowerCase() + noGap.words.slice(1) : differs}.`,
    ...(stages.length === 0 ? ['Its stage is not on the map.'] : stages.map(stageInWords)),
    ...(moreStages > 0 ? [`And ${count(moreStages, 'more stage')}.`] : []),
  ];
}

const stateWords = { done: 'done', current: 'is here now', ...standingInWords } as const;
const momentWords = { well: 'happened', badly: 'went badly', missing: 'missing', ahead: 'ahead' } as const;

function stageInWords(stage: SceneStage, index: number): string {
  const { label, state, spent, contacts, moments, moreMoments } = stage;
  const parts: string[] = [stateWords[state]];
  const days = daysText(stage);
  if (days !== '') parts.push(days);
  if (spent !== null && (state === 'done' || state === 'current'))
    parts.push(`${count(contacts?.inbound ?? 0, 'touchpoint')} in and ${contacts?.outbound ?? 0} out`);
  for (const moment of moments) parts.push(`${name(moment.label, 'a moment of truth')} ${momentWords[moment.state]}`);
  if (moreMoments > 0) parts.push(count(moreMoments, 'more moment'));
  return `${name(label, `Stage ${index + 1}`)}: ${parts.join(', ')}.`;
}

function contactsInWords({ weeks }: Scene): string {
  if (weeks.length === 0) return 'No touchpoints in the last half year.';
  const total = (of: 'inbound' | 'outbound'): number => weeks.reduce((sum, week) => sum + week[of], 0);
  const mood = weeks.findLast((week) => week.mood !== null)?.mood ?? null;
  const last = mood === null ? 'Nobody noted a mood' : `The mood was last ${mood > 0.25 ? 'good' : mood < -0.25 ? 'bad' : 'neither good nor bad'}`;
  return `In ${count(weeks.length, 'week')}: ${count(total('outbound'), 'touchpoint')} from us, ${total('inbound').toLocaleString('en')} from them. ${last}.`;
}

const name = (text: string, otherwise: string): string => plain(text, 120) || otherwise;
