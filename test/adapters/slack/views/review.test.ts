import { describe, expect, it } from 'vitest';
import { limits } from '../../../../src/adapters/slack/views/limits.ts';
import { noticeView } from '../../../../src/adapters/slack/views/notice.ts';
import { reviewView } from '../../../../src/adapters/slack/views/review.ts';
import { checkMessageBlocks } from '../../../../src/sandbox/block-kit/check-message.ts';
import { readAloud } from '../read-aloud.ts';
import { daysAgo, reviewSummary } from '../samples.ts';

const said = (changes: Parameters<typeof reviewSummary>[0] = {}): string => readAloud(reviewView(reviewSummary(changes)));
const nothing = { stages: [], roles: [], rolesByTitle: [], segments: [], rules: [] };

describe('a review', () => {
  it('says what nobody uses, what makes noise, where journeys get stuck, and what was never borne out', () => {
    expect(said()).toBe(
      [
        '*Review of the journey map: the last 90 days*',
        'It was never reviewed. Due again 2026-12-23.',
        '*Stages that nobody uses*',
        '• Awareness (New business)',
        '*Rules that make noise*',
        '• Stalled: 9 of 41 alerts acted on (22%; 12%–37%)',
        '• Too few alerts to tell (under 20): Somebody missing on the buying committee (12)',
        '👉 Try after: 20bd instead of 15bd in Decision (New business): 17 of the 24 alerts there that nobody acted on had cleared before that, and 1 of the 6 that somebody acted on.',
        'Acted on: acknowledged, snoozed, done, mended, or called useful, within 2 working days.',
        '*Where journeys get stuck*',
        '• New business: longest in *Decision* (half of 32 leave within 22 working days), most lost in *Decision* (22 of 32).',
        '• Customers: too few journeys to say (under 10 in every stage).',
        '*Expected, and never seen*',
        '• Stages that no journey was ever in: Advocacy (Customers)',
        '• Roles that stages expect and nobody ever had: Legal',
        '• Roles that only job titles suggest, and nobody has confirmed: Economic buyer',
        '• Segments that no journey ever belonged to: enterprise',
        '• Rules that are on and never found anything: Renewal due',
        '(Change or drop in journey.yml what does not hold · /journey review done: notes that this was done)',
      ].join('\n'),
    );
  });

  it('names the stage that most are still in, which has no median to be the longest with', () => {
    const friction = [{ map: 'Sales', slowest: null, leakiest: null, waiting: { stage: 'First', n: 30 } }];
    expect(said({ friction })).toContain('• Sales: fewer than half of 30 have left *First* so far.');
  });

  it('of nothing says so, part by part', () => {
    const empty = said({ unusedStages: [], rates: [], suggestion: null, friction: [], unconfirmed: nothing });
    expect(empty).toContain('🟢 None: journeys entered every stage that is in use.');
    expect(empty).toContain('No alert has had its 2 working days yet.');
    expect(empty).toContain('journey.yml has no map yet.');
    expect(empty).toContain('🟢 Nothing: all that the map expects was seen.');
  });

  it('says who did the last one, and whether the next one is due', () => {
    expect(said({ done: { at: daysAgo(91), by: 'U0DANA' }, dueAt: daysAgo(1) })).toContain(
      'Last reviewed 2026-08-24 by <@U0DANA>. ⏰ Due since 2026-11-22.',
    );
  });

  it('says how many have no room', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ map: 'M', stage: `S${index}` }));
    expect(said({ unusedStages: many(9) })).toContain('S7 (M), and 1 more');
    expect(said({ unusedStages: many(8) })).not.toContain('more\n');
  });

  it('keeps the limits with the longest names there can be', () => {
    const name = '&'.repeat(500);
    const long = Array.from({ length: 60 }, () => ({ map: name, stage: name }));
    const names = Array.from({ length: 60 }, () => name);
    const { blocks } = reviewView(
      reviewSummary({ unusedStages: long, unconfirmed: { stages: long, roles: names, rolesByTitle: names, segments: names, rules: names } }),
    );
    expect(checkMessageBlocks(blocks, { uniqueBlockIds: true })).toEqual([]);
    expect(blocks.length).toBeLessThanOrEqual(limits.blocks);
  });
});

describe('a notice with lines to copy', () => {
  const notice = (code: string[]) =>
    noticeView({ kind: 'notice', severity: 'info', title: 'Alerts that nobody acts on', lines: ['In journey.yml:'], code });

  it('shows them as they are, spaces in front and all', () => {
    const view = notice(['maps:', '  new-business:', '    rules: { stalled: { after: 20bd } }']);
    expect(readAloud(view)).toContain('maps:\n  new-business:\n    rules: { stalled: { after: 20bd } }');
    expect(checkMessageBlocks(view.blocks, { uniqueBlockIds: true })).toEqual([]);
  });

  it('cuts whole lines where there are too many', () => {
    const view = notice(Array.from({ length: 200 }, (_, index) => `line ${index} ${'x'.repeat(40)}`));
    expect(checkMessageBlocks(view.blocks, { uniqueBlockIds: true })).toEqual([]);
    expect(readAloud(view)).toMatch(/x{40}\n…$/);
  });
});
