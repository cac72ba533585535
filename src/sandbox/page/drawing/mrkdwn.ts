import { unescapeText } from '../../slack-escapes.ts';

/**
 * Slack's own message markup (docs.slack.dev, "Formatting message text"), read as Slack reads it. Own code, as the block library
 * reads it as Markdown: it doubles a lone `*`, drops `# lines` and draws plain text as markup.
 */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'emoji'; name: string }
  | { type: 'link'; url: string; label: string }
  | { type: 'user'; id: string }
  | { type: 'channel'; id: string; label: string }
  | { type: 'group'; label: string }
  | { type: 'broadcast'; range: string }
  | { type: 'date'; seconds: number; format: string; url: string; fallback: string };

export type Passage = { type: 'lines' | 'quote'; children: Inline[] } | { type: 'code'; text: string };

export function parseMrkdwn(text: string): Passage[] {
  return text.split(/```\n?([\s\S]+?)```\n?/).flatMap((part, index) => {
    if (index % 2 === 1) return [{ type: 'code' as const, text: unescapeText(unwrapAngles(part)).replace(/\n$/, '') }];
    return part === '' ? [] : parseLines(part);
  });
}

/** Text without markup but with emoji names, as in plain_text objects. */
export function parsePlain(text: string): Inline[] {
  return splitBy(text, emojiName, (match) => ({ type: 'emoji', name: match[1] ?? '' }));
}

const emojiName = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/;

function parseLines(text: string): Passage[] {
  const passages: { type: 'lines' | 'quote'; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:>|&gt;) ?/.exec(line);
    const type = quoted ? 'quote' : 'lines';
    const last = passages.at(-1);
    const content = quoted ? line.slice(quoted[0].length) : line;
    if (last?.type === type) last.lines.push(content);
    else passages.push({ type, lines: [content] });
  }
  return passages.map(({ type, lines }) => ({ type, children: parseInline(lines.join('\n')) }));
}

// One alternative a kind of markup, the earliest match wins. The insides of a pair hold no bare `<`, so that matching stays linear.
const inlineMarkup = new RegExp(
  [
    '<(?<angle>[^<>\\n]+)>',
    '`(?<code>[^`\\n]+)`',
    `${emojiName.source.replace('(', '(?<emoji>')}`,
    ...[
      ['bold', '\\*'],
      ['italic', '_'],
      ['strike', '~'],
    ].map(
      ([name, mark]) => `(?<![\\p{L}\\p{N}${mark}])${mark}(?=\\S)(?<${name}>(?:<[^<>\\n]+>|[^<${mark}\\n])+)(?<=\\S)${mark}(?![\\p{L}\\p{N}${mark}])`,
    ),
    '(?<bare>https?://[^\\s<>|]*[^\\s<>|.,;:!?)\'"*_~])',
  ].join('|'),
  'u',
);

function parseInline(text: string): Inline[] {
  return splitBy(text, inlineMarkup, (match) => {
    const { angle, code, emoji, bold, italic, strike, bare } = match.groups ?? {};
    if (angle !== undefined) return parseAngle(angle);
    if (code !== undefined) return { type: 'code', text: unescapeText(code) };
    if (emoji !== undefined) return { type: 'emoji', name: emoji };
    if (bold !== undefined) return { type: 'bold', children: parseInline(bold) };
    if (italic !== undefined) return { type: 'italic', children: parseInline(italic) };
    if (strike !== undefined) return { type: 'strike', children: parseInline(strike) };
    return { type: 'link', url: unescapeText(bare ?? ''), label: unescapeText(bare ?? '') };
  });
}

function splitBy(text: string, markup: RegExp, read: (match: RegExpExecArray) => Inline): Inline[] {
  const found: Inline[] = [];
  const global = new RegExp(markup, `${markup.flags}g`);
  let from = 0;
  for (let match = global.exec(text); match !== null; match = global.exec(text)) {
    if (match.index > from) found.push({ type: 'text', text: unescapeText(text.slice(from, match.index)) });
    found.push(read(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ type: 'text', text: unescapeText(text.slice(from)) });
  return found;
}

/** What stands between `<` and `>`. Only the web's and mail's addresses become links. */
function parseAngle(content: string): Inline {
  const [target = '', ...rest] = content.split('|');
  const label = unescapeText(rest.join('|'));
  if (/^@[UWB]\w+$/.test(target)) return { type: 'user', id: target.slice(1) };
  if (/^#[CDG]\w+$/.test(target)) return { type: 'channel', id: target.slice(1), label };
  if (/^!(here|channel|everyone)$/.test(target)) return { type: 'broadcast', range: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'group', label: label || '@group' };
  const date = /^!date\^(-?\d{1,12})\^([^^]*)(?:\^(.*))?$/.exec(target);
  if (date) return { type: 'date', seconds: Number(date[1]), format: date[2] ?? '', url: date[3] ?? '', fallback: label };
  if (/^(https?:\/\/|mailto:)/i.test(target)) {
    const url = unescapeText(target);
    return { type: 'link', url, label: label || url.replace(/^mailto:/i, '') };
  }
  return { type: 'text', text: label || unescapeText(`<${content}>`) };
}

/** Code blocks show a link's address, not its brackets. */
function unwrapAngles(text: string): string {
  return text.replace(/<(https?:[^<>|\n]+)(?:\|[^<>\n]*)?>/g, '$1');
}
