import { ink } from './drawing.ts';
import { fitted } from './letters.ts';

/** Marks of a picture: text is cut to its room and escaped here, and nowhere else. */

type TextStyle = { size: number; bold?: boolean; colour?: string; anchor?: 'start' | 'middle' | 'end' };

/** One line of text with its baseline at `y`, no wider than `room`. */
export function text(
  x: number,
  y: number,
  said: string,
  room: number,
  { size, bold = false, colour = ink.text, anchor = 'start' }: TextStyle,
): string {
  const weight = bold ? ' font-weight="700"' : '';
  const place = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${colour}"${weight}${place}>${escapeXml(fitted(said, size, room, bold))}</text>`;
}

export function box(x: number, y: number, width: number, height: number, fill: string, more = ''): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(height)}" fill="${fill}"${more}/>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, colour: string, width = 2, more = ''): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}" stroke-width="${width}"${more}/>`;
}

/** A round mark with a sign in it: the sign says what it is, the colour only helps. */
export function mark(
  x: number,
  y: number,
  sign: string,
  colour: string,
  { radius = 17, filled = true }: { radius?: number; filled?: boolean } = {},
): string {
  const [inside, letter] = filled ? [colour, '#ffffff'] : ['#ffffff', colour];
  const size = radius * 1.25;
  return (
    `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${inside}" stroke="${colour}" stroke-width="3"/>` +
    `<text x="${round(x)}" y="${round(y + size * 0.36)}" font-size="${round(size)}" font-weight="700" text-anchor="middle" fill="${letter}">${escapeXml(sign)}</text>`
  );
}

export const escapeXml = (said: string): string =>
  said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');

const round = (value: number): number => Math.round(value * 10) / 10;
