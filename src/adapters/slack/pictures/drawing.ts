/** A picture as a value. `alt` says the same in words, and fits into Slack's 2,000 characters. Sizes are logical pixels: it is drawn at twice as many. */
export type Drawing = { svg: string; alt: string; width: number; height: number };

/** Of a drawing: what is drawn, from its own top, and how much room it takes. */
export type Piece = { marks: string; height: number };

/** Slack's bound of an image's alternative text. */
const altRoom = 2000;

/** As many whole sentences as have room. */
export function altText(sentences: readonly string[]): string {
  const more = ' …';
  let said = '';
  for (const sentence of sentences) {
    const longer = said === '' ? sentence : `${said} ${sentence}`;
    if (longer.length > altRoom - more.length) return said === '' ? `${sentence.slice(0, altRoom - more.length)}${more}`.toWellFormed() : said + more;
    said = longer;
  }
  return said;
}

/** Pieces one under the other, on a card of its own: opaque, with an edge, so that it is read on light and on dark alike. */
export function cardOf(pieces: readonly Piece[], alt: string): Drawing {
  let y = paper.margin;
  const marks = pieces.map((piece) => {
    const placed = `<g transform="translate(0 ${y})">${piece.marks}</g>`;
    y += piece.height;
    return placed;
  });
  const [width, height] = [paper.width, Math.ceil(y + paper.margin)];
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans">` +
    `<defs><pattern id="late" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="10" height="10" fill="${ink.lateSoft}"/><rect width="4" height="10" fill="${ink.late}"/></pattern></defs>` +
    `<rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="18" fill="${paper.colour}" stroke="${ink.edge}" stroke-width="2"/>${marks.join('')}</svg>`;
  return { svg, alt, width, height };
}

export const paper = { width: 800, margin: 26, left: 30, right: 770, colour: '#fbfaf7' } as const;

/** Dark enough on the card to be read (at least 4.5 : 1), and told apart by their lightness, too. */
export const ink = {
  text: '#1d1c1d',
  soft: '#57534e',
  edge: '#8d877d',
  faint: '#d9d4ca',
  now: '#1f4e8c',
  nowSoft: '#9dbce3',
  good: '#17654a',
  late: '#a3231b',
  lateSoft: '#f3d3cf',
} as const;
