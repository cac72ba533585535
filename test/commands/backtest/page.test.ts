import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../src/commands/backtest/page.ts';
import { about, aReport } from './a-report.ts';

const hostile = `<img src=x onerror="alert('1')">&`;

describe('a backtest as a page', () => {
  it('shows every rule that said something as a row, a dot and its other numbers', () => {
    const page = pageOf(aReport(), about);
    expect(page).toContain('<th scope="row">stalled</th><td>20</td><td>2.0</td>');
    expect(page.match(/class="dot"/g)).toHaveLength(1);
    expect(page.match(/class="bar strong"/g)).toHaveLength(1);
    expect(page).toContain('class="strong">15bd</text>');
    expect(page).toContain('2.0 · 75% of 20 · 100%');
    expect(page).toContain('<h3>stalled, recall of 15</h3>');
    expect(page).toContain('Nothing from close-date.');
  });

  it('lets no text of anybody become markup', () => {
    const page = pageOf(aReport({ channel: hostile }), { ...about, map: hostile });
    expect(page).not.toContain('<img');
    expect(page).toContain('<title>Backtest of &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</title>');
  });

  it('needs nothing from anywhere', () => {
    expect(pageOf(aReport(), about)).not.toMatch(/<script|<link|https?:|url\(|@import|src=/);
  });

  it('says what is missing because it was erased', () => {
    expect(pageOf(aReport({ erased: { account: 1, deal: 0, person: 0 } }), about)).toContain(
      '<dt>erased</dt><dd>1 account: missing from all of this',
    );
  });

  it('draws an empty period, too', () => {
    const page = pageOf(aReport({ deals: 0 }), about);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(page).toContain('too few (0)');
  });
});
