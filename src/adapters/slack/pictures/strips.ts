import { count } from '../views/words.ts';
import { ink, type Piece, paper } from './drawing.ts';
import { drawn } from './letters.ts';
import type { Scene } from './scene.ts';
import type { RoleSeat } from './seats.ts';
import { box, line, mark, text } from './svg.ts';
import type { Week } from './weeks.ts';

const small = 22;
const room = paper.right - paper.left;

export function headPiece({ account, standing }: Scene): Piece {
  const marks =
    text(paper.left, 36, drawn(account, 'This account'), room, { size: 38, bold: true }) +
    text(paper.left, 72, standing, room, { size: 25, colour: ink.soft });
  return { marks, height: 92 };
}

const heading = (said: string): string =>
  line(paper.left, 4, paper.right, 4, ink.faint, 3) + text(paper.left, 44, said, room, { size: 28, bold: true });

const seatSigns: Record<RoleSeat['state'], [sign: string, colour: string, filled: boolean]> = {
  heard: ['✓', ink.good, true],
  quiet: ['…', ink.edge, true],
  never: ['?', ink.edge, false],
  none: ['?', ink.edge, false],
  missing: ['!', ink.late, true],
};

/** The buying committee by role, in two columns. */
export function committeePiece({ seats, moreSeats }: Scene): Piece {
  let marks = heading('Buying committee');
  if (seats.length === 0) return { marks: marks + text(paper.left, 82, 'nobody known yet', room, { size: small }), height: 100 };
  const column = room / 2;
  for (const [index, { label, state, words }] of seats.entries()) {
    const x = paper.left + (index % 2) * column;
    const y = 62 + Math.floor(index / 2) * 68;
    const [sign, colour, filled] = seatSigns[state];
    const style = state === 'missing' ? ink.late : ink.soft;
    marks += mark(x + 20, y + 28, sign, colour, { filled });
    marks += text(x + 50, y + 24, drawn(label, 'A role'), column - 62, { size: 24, bold: true });
    marks += text(x + 50, y + 52, words, column - 62, { size: small, colour: style });
  }
  let y = 62 + Math.ceil(seats.length / 2) * 68;
  if (moreSeats > 0) {
    marks += text(paper.left, y + 22, `and ${count(moreSeats, 'more role')}`, room, { size: small, colour: ink.soft });
    y += 34;
  }
  return { marks, height: y + 14 };
}

const strip = { top: 64, height: 130 };

/** Touchpoints a week: theirs under the line, as in the lanes, ours above it; the mood as a line of marks with its sign. */
export function contactPiece({ weeks }: Scene): Piece {
  const marks = heading('Touchpoints and mood');
  if (weeks.length === 0) return { marks: marks + text(paper.left, 82, 'none in the last half year', room, { size: small }), height: 100 };
  const middle = strip.top + strip.height / 2;
  const most = Math.max(1, ...weeks.flatMap(({ inbound, outbound }) => [inbound, outbound]));
  const step = room / weeks.length;
  const unit = (strip.height / 2 - 4) / most;
  let bars = line(paper.left, middle, paper.right, middle, ink.edge, 2);
  for (const [index, { inbound, outbound }] of weeks.entries()) {
    const x = paper.left + index * step + step * 0.15;
    bars += box(x, middle - outbound * unit, step * 0.7, outbound * unit, ink.nowSoft) + box(x, middle, step * 0.7, inbound * unit, ink.now);
  }
  const base = strip.top + strip.height + 26;
  const legend =
    text(paper.left, base, `▲ ${sum(weeks, 'outbound')} from us · ▼ ${sum(weeks, 'inbound')} from them`, room * 0.62, { size: small }) +
    text(paper.right, base, `${count(weeks.length, 'week')} up to now`, room * 0.36, { size: small, anchor: 'end', colour: ink.soft });
  const mood = moodMarks(weeks, base + 16, step);
  return { marks: marks + bars + legend + mood.marks, height: base + 16 + mood.height };
}

const moodHeight = 96;

function moodMarks(weeks: readonly Week[], top: number, step: number): Piece {
  const known = weeks.flatMap(({ mood }, index) =>
    mood === null ? [] : [{ x: paper.left + (index + 0.5) * step, y: top + moodHeight / 2 - mood * 15, mood }],
  );
  if (known.length === 0) return { marks: text(paper.left, top + 26, 'Nobody noted a mood', room, { size: small, colour: ink.soft }), height: 44 };
  const middle = top + moodHeight / 2;
  let marks = line(paper.left, middle, paper.right, middle, ink.faint, 2, ' stroke-dasharray="8 8"');
  marks += `<polyline points="${known.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}" fill="none" stroke="${ink.text}" stroke-width="4"/>`;
  for (const { x, y, mood } of known) {
    const [sign, colour] = mood > 0.25 ? ['+', ink.good] : mood < -0.25 ? ['–', ink.late] : ['0', ink.soft];
    marks += mark(x, y, sign, colour, { radius: 13 });
  }
  marks += text(paper.left, top + moodHeight + 22, 'Mood: + well, 0 neither, – badly', room, { size: small, colour: ink.soft });
  return { marks, height: moodHeight + 38 };
}

const sum = (weeks: readonly Week[], of: 'inbound' | 'outbound'): string => weeks.reduce((total, week) => total + week[of], 0).toLocaleString('en');
