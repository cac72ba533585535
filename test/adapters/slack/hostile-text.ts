import fc from 'fast-check';
import { severities } from '../../../src/core/journey/journey-map.ts';

/** Values as a broken or hostile CRM would hold them. */

/** Characters that mean something to Slack, to a terminal, or to whoever counts characters. */
export const hostileUnit = fc.constantFrom(
  ...'<>&*_~`:|!@#"\'\\ aZ1ß',
  '\n',
  '\u0000',
  '😀',
  '\ud800',
  '\u202e',
  '\u2028',
  'ש',
  'ع',
  '字',
  '\u0301',
  '\u200b',
);

export const text = fc.oneof(
  fc.constantFrom(
    '<!channel> & <b>',
    '<@U0DANA> <#C0GENERAL|general> <!here>',
    '<https://evil.example|click me>',
    '*bold* _slanted_ ~gone~ `code` ```fence',
    '> quote\n> more\n\n# title',
    '&amp; &lt;b&gt; &amp;lt;',
    ':tada: :white_check_mark: @here @channel https://evil.example',
    'حساب شركة النور',
    '\u202eoverride\u2066',
    '👩‍👩‍👧‍👦'.repeat(80),
    '',
    '   \n\t ',
    '\u0000\u0007\ud800',
    '&'.repeat(4000),
    'x'.repeat(5000),
  ),
  fc.string({ unit: hostileUnit, maxLength: 60 }),
  fc.string({ maxLength: 40 }),
);
export const nullableText = fc.option(text, { nil: null });
export const url = fc.option(
  fc.oneof(
    text,
    fc.webUrl(),
    fc.constantFrom('javascript:alert(1)', 'https://crm.example/a|b>c<d?x=1&y="', `https://crm.example/${'a'.repeat(5000)}`, 'ftp://crm.example/'),
  ),
  { nil: null },
);
export const at = fc.integer({ min: 0, max: Date.UTC(2040, 0, 1) });
export const nullableAt = fc.option(at, { nil: null });
export const isoDay = fc
  .date({ min: new Date(0), max: new Date(Date.UTC(2040, 0, 1)), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
export const nullableDay = fc.option(isoDay, { nil: null });
const amountValue = fc.record({
  value: fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
  currency: fc.option(fc.oneof(text, fc.constantFrom('EUR', 'usd', 'XXX')), { nil: null }),
});
export const amount = fc.option(amountValue, { nil: null });
export const whole = fc.nat({ max: 1_000_000 });
export const severity = fc.constantFrom(...severities);
/** Ours, never a CRM's. */
export const slackId = fc.oneof(fc.constant('U0DANA'), text);
export const uuid = fc.uuid();
