/**
 * Text that Slack's mrkdwn parser may see. Only `md` and the helpers here make it, so text from a CRM is escaped by construction.
 * Blocks set `verbatim`, which keeps Slack from making links and mentions of bare URLs and names.
 */
export type Mrkdwn = { readonly mrkdwn: string };

/** Room, in escaped characters, for a value that is simply put into `md`. */
const valueRoom = 160;
const linkRoom = 400;

/** Interpolated strings are cleaned, cut and escaped; `Mrkdwn` goes in as it is. */
export function md(parts: TemplateStringsArray, ...values: (string | number | Mrkdwn)[]): Mrkdwn {
  const filled = values.map((value) => (typeof value === 'object' ? value.mrkdwn : escapeText(String(value), valueRoom)));
  return { mrkdwn: String.raw({ raw: parts }, ...filled) };
}

export const empty: Mrkdwn = { mrkdwn: '' };

export function join(parts: readonly Mrkdwn[], separator: string): Mrkdwn {
  return {
    mrkdwn: parts
      .map(({ mrkdwn }) => mrkdwn)
      .filter((text) => text !== '')
      .join(separator),
  };
}

/** A longer text than `md` leaves room for. */
export const long = (text: string, room: number): Mrkdwn => ({ mrkdwn: escapeText(text, room) });

export function bold(text: string | Mrkdwn): Mrkdwn {
  const inner = typeof text === 'string' ? md`${text}` : text;
  return inner.mrkdwn === '' ? empty : { mrkdwn: `*${inner.mrkdwn}*` };
}

/** Set as code: what is to be typed, or stands so in journey.yml. */
export const codeSpan = (text: string): Mrkdwn => {
  const bare = plain(text.replaceAll('`', 'ˋ'), valueRoom);
  return bare === '' ? empty : { mrkdwn: `\`${escapeEntities(bare)}\`` };
};

/** A text of ours in which code stands between backticks. `room` in escaped characters. */
export function coded(text: string, room: number): Mrkdwn {
  let said = '';
  for (const [index, part] of clean(text)
    .split(/`([^`]+)`/)
    .entries()) {
    const left = room - said.length;
    const isCode = index % 2 === 1;
    const more = isCode ? codeSpan(part).mrkdwn : escapeEntities(neutralise(part));
    if (more.length > left) {
      said += isCode ? '…' : cut(neutralise(part), left, escapeEntities);
      break;
    }
    said += more;
  }
  return { mrkdwn: isolated(said) };
}

/** A record's name, as a link to the CRM where it has an address. */
export function named(name: string, url: string | null = null): Mrkdwn {
  const label = escapeText(name, 90);
  // An empty label would show nothing to click on.
  const shown = label === '' ? '(no name)' : label;
  const target = url === null ? null : webAddress(url);
  if (target === null) return { mrkdwn: shown };
  const escaped = escapeEntities(target).replaceAll('|', '%7C');
  // Slack ends the address at the first bar, and lists must stay short.
  return { mrkdwn: escaped.length > linkRoom ? shown : `<${escaped}|${shown}>` };
}

/** `<@U123>`; text that is no Slack id (`bot`) stays text. */
export const person = (id: string): Mrkdwn => (/^[UW][A-Z0-9]{2,20}$/.test(id) ? { mrkdwn: `<@${id}>` } : md`${id}`);

/** `<#C123>`; a name stays text. */
export const channelNamed = (channel: string): Mrkdwn => (/^[CGD][A-Z0-9]{2,20}$/.test(channel) ? { mrkdwn: `<#${channel}>` } : md`${channel}`);

/** The address, when it is one that a browser opens. */
export function webAddress(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:') ? parsed.href : null;
}

/** One line without control characters and without what turns the direction of text around it. For `plain_text`, which nothing parses. */
export function plain(text: string, room: number): string {
  return cut(clean(text), room, (whole) => whole);
}

/** For mrkdwn: `plain`, and nothing in it formats, mentions, links or quotes. */
export function escapeText(text: string, room: number): string {
  const calm = neutralise(clean(text));
  return isolated(cut(calm, rightToLeft.test(calm) ? room - 2 : room, escapeEntities));
}

/** So that Arabic or Hebrew names do not turn round what stands beside them. */
const isolated = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);

/** Cuts by code points, with … where something is missing, so that the result is never longer than `room`. `encode` looks at each of them by itself. */
function cut(text: string, room: number, encode: (text: string) => string): string {
  const whole = encode(text);
  if (whole.length <= room) return whole;
  let kept = '';
  for (const character of text) {
    const encoded = encode(character);
    if (kept.length + encoded.length > room - 1) break;
    kept += encoded;
  }
  return `${kept}…`;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const directionControls = /[\u202a-\u202e\u2066-\u2069]/gu;
// Numbers between colons are places and times of day, but for the few that Slack draws.
const emojiCode = /:(?=[^:]*[\p{L}+]|(?:-1|100|1234):)([\p{L}\p{M}\p{N}_+'-]+):/gu;

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(directionControls, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** mrkdwn has no escape for its formatting characters: look-alikes stand in where they would format. */
function neutralise(text: string): string {
  return text
    .replace(/^>+/u, (quotes) => '›'.repeat(quotes.length))
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ˋ')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(emojiCode, '∶$1∶');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
function escapeEntities(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}
