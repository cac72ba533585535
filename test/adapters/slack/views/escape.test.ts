import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, coded, codeSpan, escapeText, long, md, named, person, plain } from '../../../../src/adapters/slack/views/escape.ts';
import { hostileUnit } from '../hostile-text.ts';

describe('md', () => {
  it('escapes what is put into it, once', () => {
    expect(md`*${'<!channel> & <b>'}*`.mrkdwn).toBe('*&lt;!channel&gt; &amp; &lt;b&gt;*');
    expect(md`${md`${'a & b'}`}!`.mrkdwn).toBe('a &amp; b!');
  });

  it('lets nothing in a value format, quote, break the line or become an emoji', () => {
    expect(md`${'*bold* ~gone~ `code` _slanted_ :tada:'}`.mrkdwn).toBe('∗bold∗ ∼gone∼ ˋcodeˋ ˍslantedˍ ∶tada∶');
    expect(md`${'> quoted\n\tnext'}`.mrkdwn).toBe('› quoted next');
    expect(md`${'pricing_viewed at 10:30:45'}`.mrkdwn).toBe('pricing_viewed at 10:30:45');
  });

  it('keeps right-to-left names from turning their neighbours round', () => {
    expect(md`${'שלום'} · 5`.mrkdwn).toBe('\u2068שלום\u2069 · 5');
    expect(md`${'abc\u202edef'}`.mrkdwn).toBe('abcdef');
  });

  it('cuts by code points, never inside an entity', () => {
    expect(escapeText('😀😀😀', 5)).toBe('😀😀…');
    expect(escapeText('a&b', 6)).toBe('a…');
    expect(escapeText('a&b', 7)).toBe('a&amp;b');
    expect(plain('a&b and more', 5)).toBe('a&b …');
  });

  it('never exceeds its room, and never holds a bare < or >', () => {
    fc.assert(
      fc.property(fc.string({ unit: hostileUnit, maxLength: 300 }), fc.integer({ min: 5, max: 200 }), (text, room) => {
        const escaped = long(text, room).mrkdwn;
        expect(escaped.length).toBeLessThanOrEqual(room);
        expect(escaped).not.toMatch(/[<>*~`\n]|&(?!amp;|lt;|gt;)/);
        expect(escaped.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('code', () => {
  it('stands between backticks in a text of ours, and nothing else is markup', () => {
    expect(coded('Say `amount:>50k` or `sort:age`, *please* <!here>', 200).mrkdwn).toBe('Say `amount:&gt;50k` or `sort:age`, ∗please∗ &lt;!here&gt;');
    expect(coded('one ` alone', 200).mrkdwn).toBe('one ˋ alone');
    expect(codeSpan('a`b <c>').mrkdwn).toBe('`aˋb &lt;c&gt;`');
    expect(codeSpan('').mrkdwn).toBe('');
  });

  it('never takes more room than there is, and never leaves a span open', () => {
    fc.assert(
      fc.property(fc.string({ unit: hostileUnit, maxLength: 80 }), fc.integer({ min: 10, max: 60 }), (typed, room) => {
        const { mrkdwn } = coded(`There is \`${typed}\`, \`owner:@me\` & more`, room);
        expect(mrkdwn.replaceAll(/[\u2068\u2069]/g, '').length).toBeLessThanOrEqual(room + 1);
        expect((mrkdwn.match(/`/g) ?? []).length % 2).toBe(0);
      }),
    );
  });
});

describe('links and mentions', () => {
  it('links a name to the CRM by http and https alone', () => {
    expect(named('A & B', 'https://crm.example/d?x=1&y=2|3').mrkdwn).toBe('<https://crm.example/d?x=1&amp;y=2%7C3|A &amp; B>');
    for (const url of ['javascript:alert(1)', 'nonsense', '', `https://crm.example/${'x'.repeat(500)}`]) {
      expect(named('Acme', url).mrkdwn).toBe('Acme');
    }
  });

  it('gives a name to what has none', () => {
    expect(named('  \n', 'https://crm.example/').mrkdwn).toBe('<https://crm.example/|(no name)>');
    expect(bold('').mrkdwn).toBe('');
  });

  it('mentions Slack ids alone', () => {
    expect(person('U0123ABC').mrkdwn).toBe('<@U0123ABC>');
    expect(person('bot').mrkdwn).toBe('bot');
    expect(person('!channel>').mrkdwn).toBe('!channel&gt;');
  });
});
