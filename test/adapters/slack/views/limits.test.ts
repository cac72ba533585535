import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountView } from '../../../../src/adapters/slack/views/account.ts';
import { textLength, type View } from '../../../../src/adapters/slack/views/blocks.ts';
import { cardView } from '../../../../src/adapters/slack/views/card.ts';
import { dealView } from '../../../../src/adapters/slack/views/deal.ts';
import { digestView } from '../../../../src/adapters/slack/views/digest.ts';
import { digestPreview } from '../../../../src/adapters/slack/views/digest-preview.ts';
import { homeView } from '../../../../src/adapters/slack/views/home.ts';
import { importSummaryView } from '../../../../src/adapters/slack/views/import-summary.ts';
import { limits } from '../../../../src/adapters/slack/views/limits.ts';
import { listView } from '../../../../src/adapters/slack/views/list.ts';
import { metricsView } from '../../../../src/adapters/slack/views/metrics.ts';
import { noticeView } from '../../../../src/adapters/slack/views/notice.ts';
import { overflowView } from '../../../../src/adapters/slack/views/overflow.ts';
import { notFoundView, pickerView } from '../../../../src/adapters/slack/views/picker.ts';
import { replyView } from '../../../../src/adapters/slack/views/reply.ts';
import { resolveModal } from '../../../../src/adapters/slack/views/resolve-modal.ts';
import { reviewView } from '../../../../src/adapters/slack/views/review.ts';
import { actView, muteView } from '../../../../src/adapters/slack/views/said.ts';
import { whyView } from '../../../../src/adapters/slack/views/why.ts';
import { checkMessageBlocks } from '../../../../src/sandbox/block-kit/check-message.ts';
import { checkView } from '../../../../src/sandbox/block-kit/check-view.ts';
import { totalText } from '../../../../src/sandbox/block-kit/total-text.ts';
import { hostileMetrics } from '../hostile-metrics.ts';
import { hostileReview } from '../hostile-review.ts';
import { hostile } from '../hostile-values.ts';
import { now } from '../samples.ts';

const runs = { numRuns: 25 };

/** Every view there is, over values that mean harm or are simply too much. */
const views: Record<string, fc.Arbitrary<View>> = {
  card: fc.tuple(hostile.cardContent, hostile.owner).map(([content, owner]) => cardView(content, owner)),
  reply: fc.tuple(hostile.reply, hostile.owner).map(([reply, owner]) => replyView(reply, owner)),
  overflow: hostile.overflow.map(overflowView),
  'import summary': hostile.importSummary.map(importSummaryView),
  notice: hostile.notice.map(noticeView),
  digest: fc.tuple(hostile.digest, fc.boolean()).map(([digest, late]) => digestView(digest, late)),
  'digest preview': hostile.digestNow.map(digestPreview),
  home: fc.tuple(hostile.home, hostile.nullableText).map(([home, email]) => homeView(home, email)),
  account: hostile.account.map((summary) => accountView(summary, now)),
  deal: hostile.deal.map((summary) => dealView(summary, now)),
  why: hostile.why.map(whyView),
  list: hostile.list.map((list) => listView('gaps', list)),
  review: hostileReview.map(reviewView),
  metrics: hostileMetrics.map(metricsView),
  picker: fc.tuple(hostile.text, hostile.matches).map(([query, matches]) => pickerView(query, matches, { do: 'account' })),
  'mute picker': fc
    .tuple(hostile.text, hostile.matches, hostile.text)
    .map(([query, matches, reason]) => notFoundView(query, matches, { do: 'mute', duration: '5bd', reason })),
  'act result': hostile.actResult.map(actView),
  'mute result': fc.tuple(hostile.actResult, hostile.text).map(([result, id]) => muteView(result, id)),
};

describe.each(Object.entries(views))('%s', (_name, arbitrary) => {
  it('keeps Slack’s limits and says nothing unescaped, whatever a CRM holds', () => {
    fc.assert(
      fc.property(arbitrary, ({ text, blocks }) => {
        expect(blocks.length).toBeGreaterThan(0);
        expect(blocks.length).toBeLessThanOrEqual(limits.blocks);
        expect(textLength(blocks)).toBeLessThanOrEqual(limits.blocksText);
        expect(totalText(blocks)).toBeLessThanOrEqual(limits.blocksText);
        expect(checkMessageBlocks(blocks, { uniqueBlockIds: true })).toEqual([]);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(limits.text);
        for (const said of [text, ...mrkdwnTexts(blocks)]) expectHarmless(said);
      }),
      runs,
    );
  });
});

it('keeps the modal’s limits', () => {
  expect(checkView(resolveModal('x'.repeat(limits.privateMetadata)))).toEqual([]);
});

it('says that something is missing where a message would be too long', () => {
  const alerts = fc.sample(hostile.longAlert, { numRuns: 12, seed: 1 });
  const content = { ...fc.sample(hostile.cardContent, { numRuns: 1, seed: 1 })[0], state: 'active' as const, alerts };
  const { blocks } = cardView(content as Parameters<typeof cardView>[0], { email: null, notify: false, slackId: null });
  expect(JSON.stringify(blocks)).toMatch(/and \d+ more|more than fits/);
});

/** The only markup is our own: dates, mentions of Slack ids, links over http(s). */
function expectHarmless(text: string): void {
  const ours = /<!date\^\d+\^[^<>|]+\|[A-Za-z,:; ]*\d{4}-\d\d-\d\d>|<@[UW][A-Z0-9]+>|<https?:\/\/[^<>|]+\|[^<>|]*\|?[^<>]*>/g;
  const rest = text.replace(ours, '');
  expect(rest).not.toMatch(/[<>]/);
  expect(rest).not.toMatch(/&(?!amp;|lt;|gt;)/);
}

function mrkdwnTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  if (own.length > 0) expect(value).toMatchObject({ verbatim: true });
  return [...own, ...Object.values(value).flatMap(mrkdwnTexts)];
}
