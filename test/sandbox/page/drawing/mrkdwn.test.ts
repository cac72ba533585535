import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMarkup } from '../../../../src/sandbox/page/drawing/markup.ts';
import { drawMrkdwn } from '../../../../src/sandbox/page/drawing/text.ts';
import { contextOf, textOf, theo } from '../draw-fixture.ts';

const html = (text: string, reader = contextOf()): string => toMarkup(drawMrkdwn(text, reader));

describe('Slack markup', () => {
  it('draws bold, italic, struck and code', () => {
    expect(html('*b* _i_ ~s~ `c`')).toBe('<div class="text"><p><strong>b</strong> <em>i</em> <s>s</s> <code class="code">c</code></p></div>');
  });

  it('draws one style within another', () => {
    expect(html('*a _b_*')).toContain('<strong>a <em>b</em></strong>');
  });

  it.each(['2 * 3 * 4', 'snake_case_name', 'a*b*c', '* spaced *', '# no heading', '- no list', '[no](link)', '**'])(
    'leaves “%s” as it is',
    (text) => {
      expect(html(text)).toBe(`<div class="text"><p>${text}</p></div>`);
    },
  );

  it('reads no markup inside code', () => {
    expect(html('`*a* :tada:`')).toContain('<code class="code">*a* :tada:</code>');
    expect(html('```*a*\n<https://a.example|b>```')).toContain('<pre class="code-block">*a*\nhttps://a.example</pre>');
  });

  it('joins quoted lines and ends the quote with the next line', () => {
    expect(html('> a\n&gt; b\nc')).toBe('<div class="text"><blockquote class="quote">a\nb</blockquote><p>c</p></div>');
  });

  it('names the mentioned, and marks the reader', () => {
    expect(html('<@U1> <@U2> <@U7> <#C1>')).toBe(
      '<div class="text"><p><span class="mention mention--me">@Dana Weiss</span> <span class="mention">@Theo Park</span> ' +
        '<span class="mention">@U7</span> <a class="mention" href="/?as=U1&amp;channel=C1">#deals</a></p></div>',
    );
    expect(textOf(html('<!channel> <!subteam^S1|@sales>'))).toBe('@channel @sales');
  });

  it('links addresses of the web and of mail in a new tab, and nothing else', () => {
    expect(html('<https://a.example/x_y|l>')).toContain(
      '<a class="link" href="https://a.example/x_y" target="_blank" rel="noopener noreferrer">l</a>',
    );
    expect(html('see https://a.example/x.')).toContain('>https://a.example/x</a>.');
    expect(html('<mailto:a@b.example|a@b.example>')).toContain('href="mailto:a@b.example"');
    for (const bad of ['<javascript:alert(1)|x>', '<data:text/html,x|x>', '<//evil.example|x>']) expect(html(bad)).not.toContain('href');
  });

  it('tells dates in the zone of the reader', () => {
    const text = '<!date^1772616600^{date_short_pretty} at {time}|fallback>';
    expect(textOf(html(text))).toBe('Today at 10:30 AM');
    expect(textOf(html(text, contextOf(theo)))).toBe('Today at 4:30 AM');
  });

  it('draws emoji by their Slack names and leaves unknown ones', () => {
    expect(textOf(html(':tada: :large_green_circle: :no_such_thing: 10:30:15'))).toBe('🎉 🟢 :no_such_thing: 10:30:15');
  });

  it('shows what was escaped as it was meant, and never as markup', () => {
    expect(html('&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;')).toBe(
      '<div class="text"><p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;</p></div>',
    );
    expect(textOf(html('&lt;!channel&gt;'))).toBe('<!channel>');
  });

  it('makes no tag or attribute of any text', () => {
    const known =
      /<(?:\/?(?:div|p|strong|em|s|code|pre|blockquote|span|a|time)(?: (?:class|href|target|rel|role|aria-label|title|dateTime)="[^"<>]*")*)>/g;
    const nasty = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '*',
      '_',
      '~',
      '`',
      '```',
      '<@U1>',
      '<script>',
      'onerror=',
      '|',
      '\n',
      ':tada:',
      '<!date^1^{time}^',
      'x',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, fc.string()), { maxLength: 12 }), (parts) => {
        expect(html(parts.join('')).replaceAll(known, '')).not.toMatch(/[<>]/);
      }),
      { numRuns: 300 },
    );
  });
});
