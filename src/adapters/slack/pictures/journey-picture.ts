import type { AccountSummary } from '../../../core/summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import { count } from '../views/words.ts';
import { altText, cardOf, type Drawing, ink, type Piece, paper } from './drawing.ts';
import { journeyPiece } from './lanes.ts';
import { isDrawn } from './letters.ts';
import { type Scene, sceneOf } from './scene.ts';
import { sceneInWords } from './scene-words.ts';
import { committeePiece, contactPiece, headPiece } from './strips.ts';
import { text } from './svg.ts';

/** The journey map of an account: its journeys stage by stage, its committee by role, its touchpoints and their mood. */
export function journeyPicture(summary: AccountSummary, now: EpochMs): Drawing {
  const scene = sceneOf(summary, now);
  const pieces = [headPiece(scene), ...scene.journeys.map(journeyPiece)];
  if (scene.moreJourneys > 0) pieces.push(note(`and ${count(scene.moreJourneys, 'more journey')}`));
  pieces.push(committeePiece(scene), contactPiece(scene));
  if (!namesIn(scene).every(isDrawn)) pieces.push(note('… is for letters that cannot be drawn: see the answer'));
  return cardOf(pieces, altText(sceneInWords(scene)));
}

const note = (said: string): Piece => ({
  marks: text(paper.left, 24, said, paper.right - paper.left, { size: 22, colour: ink.soft }),
  height: 40,
});

const namesIn = ({ account, journeys, seats }: Scene): string[] => [
  account,
  ...journeys.flatMap(({ name, fact, stages }) => [
    name,
    fact,
    ...stages.flatMap(({ label, moments }) => [label, ...moments.map((each) => each.label)]),
  ]),
  ...seats.map(({ label }) => label),
];
