import type { NumberStyle } from './csv-mapping.ts';

/** What a value proves about how its column writes numbers. */
export type StyleEvidence = NumberStyle | 'ambiguous' | 'none';

const symbols: Record<string, string> = { '€': 'EUR', '£': 'GBP', US$: 'USD', CA$: 'CAD', A$: 'AUD', '₹': 'INR', '¥': 'JPY', '₣': 'CHF', zł: 'PLN' };
const currencyCode = /\b([A-Z]{3})\b/;

/**
 * A number, whatever it is written with: currency, spaces and apostrophes between thousands, minus before, after or as parentheses. A value
 * that says itself how it is meant counts as it says; what is left open (`1.234`) follows the column's style. Without one, three digits after
 * the only separator are thousands: no amount has three decimals. Null: no number; 'unsaid': the column writes both ways.
 */
export function readNumber(text: string, style: NumberStyle | 'mixed' | null): number | 'unsaid' | null {
  const bare = digitsOf(text);
  if (bare === null) return null;
  const evidence = styleEvidence(text);
  if (evidence === 'ambiguous' && style === 'mixed') return 'unsaid';
  const meant = evidence === 'ambiguous' ? (style === null || style === 'mixed' ? thousands(bare.digits) : style) : evidence;
  const value = Number(meant === '1.234,56' ? bare.digits.replaceAll('.', '').replace(',', '.') : bare.digits.replaceAll(',', ''));
  return Number.isFinite(value) ? value * bare.sign : null;
}

export function styleEvidence(text: string): StyleEvidence {
  const bare = digitsOf(text);
  if (bare === null) return 'none';
  const { digits } = bare;
  const [comma, point] = [digits.lastIndexOf(','), digits.lastIndexOf('.')];
  if (comma < 0 && point < 0) return 'none';
  if (comma >= 0 && point >= 0) return comma > point ? '1.234,56' : '1,234.56';
  const [separator, decimal, grouping]: [string, NumberStyle, NumberStyle] =
    comma >= 0 ? [',', '1.234,56', '1,234.56'] : ['.', '1,234.56', '1.234,56'];
  if (digits.indexOf(separator) !== digits.lastIndexOf(separator)) return grouping;
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? 'ambiguous' : decimal;
}

/** The currency that an amount names beside its digits; `$` alone is several countries'. */
export function currencyIn(text: string): string | null {
  const code = currencyCode.exec(text)?.[1];
  if (code !== undefined) return code;
  return Object.entries(symbols).find(([symbol]) => text.includes(symbol))?.[1] ?? null;
}

/** Digits and separators alone, well-formed: groups of two (India) or three, one decimal separator at most. */
function digitsOf(text: string): { digits: string; sign: 1 | -1 } | null {
  const compact = text
    .replace(abbreviated, '$1')
    .replaceAll(/[\s\u00a0\u202f'’]/g, '')
    .replace(noCents, (_, digit, separator) => `${digit}${separator}00`);
  const negative = /^\(.*\)$/.test(compact) || /^[^\d]*[-−–]/.test(compact) || /[-−–][^\d]*$/.test(compact);
  const digits = compact.replace(/^[^\d.,]*(?=[\d.,])/, '').replace(/[^\d]*$/, '');
  const wellFormed = /^(\d+([.,]\d+)?|[.,]\d+|\d{1,3}(,\d{2,3})+(\.\d+)?|\d{1,3}(\.\d{2,3})+(,\d+)?)$/.test(digits);
  const around = compact.replace(digits, '');
  // A word or two of currency; anything longer is a text that has a number in it.
  if (!wellFormed || /\d/.test(around) || around.replaceAll(/[()+\-−–]/g, '').length > 4) return null;
  if (magnitude.test(around.replaceAll(currency, '').replaceAll(/[^\p{L}]/gu, ''))) return null;
  return { digits: /^[.,]/.test(digits) ? `0${digits}` : digits, sign: negative ? -1 : 1 };
}

/** `Fr. 5'000`, `Rs. 5,000`: the full stop belongs to the word. */
const abbreviated = /(\p{Ll})\.\s*(?=\d)/u;

/** `5.000,- €`, `CHF 5'000.–`: the dash stands for the cents, it is no minus. */
const noCents = /(\d)([.,])[-−–—]{1,2}(?=\D*$)/;

/** `50 T€`, `1.2M`, `3 Mio.`: read without it, the amount would be a thousandth; and what an M is differs from country to country. */
const magnitude = /^(k|t|tsd|m|mm|mn|mio|mil|mrd|b|bn)$/i;
const currency = /(?:US|CA|A)?\$|[€£₹¥₣]|EUR|USD|GBP|CHF|CAD|AUD|INR|JPY|PLN|SEK|NOK|DKK|CZK/g;

const thousands = (digits: string): NumberStyle => (digits.includes(',') ? '1,234.56' : '1.234,56');
