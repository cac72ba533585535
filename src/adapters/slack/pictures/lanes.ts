import { standingInWords } from '../../../core/stage-standing.ts';
import { count } from '../views/words.ts';
import { ink, type Piece, paper } from './drawing.ts';
import { drawn, widthOf } from './letters.ts';
import type { SceneJourney, SceneStage } from './scene.ts';
import { box, line, mark, text } from './svg.ts';

const spine = paper.left + 22;
const start = spine + 40;
/** Beside the longest bar there is room for three figures in and out. */
const bar = { left: start, right: 470, height: 14 };
const small = 22;

/** One journey: its name, a lane for each stage, and what differs from the map. */
export function journeyPiece(journey: SceneJourney, index: number): Piece {
  const { name, fact, stages, moreStages, gaps, moreGaps, noGap } = journey;
  const room = paper.right - paper.left;
  let y = 0;
  let marks = line(paper.left, 4, paper.right, 4, ink.faint, 3);
  y += 44;
  marks += text(paper.left, y, drawn(name, `Journey ${index + 1}`), room, { size: 28, bold: true });
  y += 32;
  marks += text(paper.left, y, drawn(fact, 'journey'), room - 180, { size: small, colour: ink.soft });
  marks += text(paper.right, y, 'working days', 170, { size: small, colour: ink.soft, anchor: 'end' });
  y += 22;
  const scale = Math.max(1, ...stages.map(({ spent, expected }) => Math.max(spent ?? 0, expected ?? 0)));
  let lanes = '';
  const ends: number[] = [];
  for (const [place, stage] of stages.entries()) {
    const lane = stagePiece(stage, place, scale);
    lanes += `<g transform="translate(0 ${y})">${lane.marks}</g>`;
    ends.push(y + 24);
    y += lane.height;
  }
  if (ends.length > 1) marks += line(spine, ends[0] ?? 0, spine, ends.at(-1) ?? 0, ink.faint, 6);
  marks += lanes;
  if (stages.length === 0) {
    marks += text(paper.left, y + 26, 'Its stage is not on the map', room, { size: small });
    y += 40;
  }
  if (moreStages > 0) {
    marks += text(start, y + 24, `and ${count(moreStages, 'more stage')}`, paper.right - start, { size: small, colour: ink.soft });
    y += 38;
  }
  const said = [...gaps.map((gap) => drawn(gap, 'Something')), ...(moreGaps > 0 ? [`and ${moreGaps} more`] : [])];
  const [sign, colour] = gaps.length > 0 ? ['!', ink.late] : noGap.isKnown ? ['✓', ink.good] : ['?', ink.soft];
  marks += mark(spine, y + 26, sign, colour);
  for (const gap of said.length === 0 ? [noGap.words] : said) {
    marks += text(start, y + 34, gap, paper.right - start, { size: 24, bold: true, colour });
    y += 34;
  }
  return { marks, height: y + 32 };
}

/** A stage that was reached: days against what is expected, touchpoints in and out, moments of truth. One that was not: its name, and moments ahead. */
function stagePiece(stage: SceneStage, place: number, scale: number): Piece {
  const reached = stage.state === 'done' || stage.state === 'current';
  const isNow = stage.state === 'current';
  const days = daysText(stage);
  const dayWidth = days === '' ? 0 : widthOf(days, small, stage.overdue) + 16;
  let marks = signOf(stage);
  const label = `${drawn(stage.label, `Stage ${place + 1}`)}${isBehind(stage) ? ` (${standingInWords[stage.state]})` : ''}`;
  marks += text(start, 33, label, paper.right - start - dayWidth, { size: isNow ? 27 : 25, bold: isNow, colour: reached ? ink.text : ink.soft });
  marks += text(paper.right, 33, days, paper.right - start, {
    size: small,
    anchor: 'end',
    bold: stage.overdue,
    colour: stage.overdue ? ink.late : ink.soft,
  });
  let y = 48;
  if (reached && stage.spent !== null) {
    marks += barOf(stage, y, scale);
    const { inbound = 0, outbound = 0 } = stage.contacts ?? {};
    const counts = `▼ ${upTo999(inbound)} in · ▲ ${upTo999(outbound)} out`;
    marks += text(paper.right, y + 14, counts, paper.right - bar.right, { size: small, anchor: 'end' });
    y += 24;
  }
  for (const moments of momentLines(stage)) {
    marks += text(start, y + 20, moments, paper.right - start, { size: small, colour: ink.soft });
    y += 30;
  }
  return { marks, height: y + (reached ? 10 : 0) };
}

/** A number that is cut off would be another number. */
const upTo999 = (number: number): string => (number > 999 ? '999+' : `${number}`);

function signOf({ state, overdue }: SceneStage): string {
  switch (state) {
    case 'current':
      return overdue ? mark(spine, 24, '!', ink.late) : mark(spine, 24, '▶', ink.now);
    case 'done':
      return mark(spine, 24, '✓', ink.good);
    case 'skipped':
    case 'unseen':
      return mark(spine, 24, '–', ink.edge, { filled: false, radius: 13 });
    case 'ahead':
      return mark(spine, 24, '', ink.edge, { filled: false, radius: 11 });
  }
}

/** It was not there, and will not come there any more. */
const isBehind = (stage: SceneStage): stage is SceneStage & { state: 'skipped' | 'unseen' } => stage.state === 'skipped' || stage.state === 'unseen';

export function daysText(stage: SceneStage): string {
  const { spent, expected, overdue } = stage;
  if (spent === null) return expected === null || isBehind(stage) ? '' : `expected ${days(expected)}`;
  const spentText = expected === null ? days(spent) : `${spent.toLocaleString('en')} of ${days(expected)}`;
  return overdue ? `${spentText}, late` : spentText;
}

const days = (number: number): string => count(number, 'day');

/** What went beyond the expected days is hatched, and a notch stands where they end. */
function barOf({ spent, expected, state }: SceneStage, y: number, scale: number): string {
  const at = (day: number): number => bar.left + ((bar.right - bar.left - 12) * day) / scale;
  const used = spent ?? 0;
  const within = expected === null ? used : Math.min(used, expected);
  let marks = '';
  if (expected !== null) marks += box(bar.left, y, at(expected) - bar.left, bar.height, ink.faint, ' rx="4"');
  marks += box(bar.left, y, Math.max(4, at(within) - bar.left), bar.height, state === 'current' ? ink.now : ink.nowSoft, ' rx="4"');
  if (expected !== null && used > expected) marks += box(at(expected), y, at(used) - at(expected), bar.height, 'url(#late)', ' rx="4"');
  if (expected !== null) marks += line(at(expected), y - 4, at(expected), y + bar.height + 4, ink.text, 3);
  return marks;
}

const momentSigns = { well: '✓', badly: '✗', missing: '◇', ahead: '○' } as const;
const momentWords = { well: '', badly: ' went badly', missing: ' missing', ahead: ' to come' } as const;

/** As many beside each other as have room. */
function momentLines({ moments, moreMoments }: SceneStage): string[] {
  const said = moments.map(({ label, state }) => `${momentSigns[state]} ${drawn(label, 'a moment of truth')}${momentWords[state]}`);
  if (moreMoments > 0) said.push(`and ${moreMoments} more`);
  const lines: string[] = [];
  for (const each of said) {
    const longer = `${lines.at(-1)} · ${each}`;
    if (lines.length > 0 && widthOf(longer, small, false) <= paper.right - start) lines[lines.length - 1] = longer;
    else lines.push(each);
  }
  return lines;
}
