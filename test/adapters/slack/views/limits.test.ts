import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandWords } from '../../../../src/adapters/slack/listeners/parse-command.ts';
import { accountView } from '../../../../src/adapters/slack/views/account.ts';
import { textLength, type View, type ViewBlock } from '../../../../src/adapters/slack/views/blocks.ts';
import { cardView } from '../../../../src/adapters/slack/views/card.ts';
import { dealView } from '../../../../src/adapters/slack/views/deal.ts';
import { dealsFoundView } from '../../../../src/adapters/slack/views/deals-found.ts';
import { digestView } from '../../../../src/adapters/slack/views/digest.ts';
import { digestPartView } from '../../../../src/adapters/slack/views/digest-part.ts';
import { digestPreview } from '../../../../src/adapters/slack/views/digest-preview.ts';
import { md } from '../../../../src/adapters/slack/views/escape.ts';
import { commandHelpView, helpView } from '../../../../src/adapters/slack/views/help.ts';
import { homeView } from '../../../../src/adapters/slack/views/home.ts';
import { importSummaryView } from '../../../../src/adapters/slack/views/import-summary.ts';
import { limits } from '../../../../src/adapters/slack/views/limits.ts';
import { listView } from '../../../../src/adapters/slack/views/list.ts';
import { metricsView } from '../../../../src/adapters/slack/views/metrics.ts';
import { noticeView } from '../../../../src/adapters/slack/views/notice.ts';
import { overflowView } from '../../../../src/adapters/slack/views/overflow.ts';
import { pathView } from '../../../../src/adapters/slack/views/path.ts';
import { notFoundView, pickerView } from '../../../../src/adapters/slack/views/picker.ts';
import { notHereView, notPermittedView, refusalView } from '../../../../src/adapters/slack/views/refusals.ts';
import { replyView } from '../../../../src/adapters/slack/views/reply.ts';
import { reviewView } from '../../../../src/adapters/slack/views/review.ts';
import { actView, failureView, muteView, notUnderstoodView } from '../../../../src/adapters/slack/views/said.ts';
import { subscriptionsView } from '../../../../src/adapters/slack/views/subscriptions.ts';
import { welcomeView } from '../../../../src/adapters/slack/views/welcome.ts';
import { whyView } from '../../../../src/adapters/slack/views/why.ts';
import { deeds } from '../../../../src/core/access.ts';
import { checkMessageBlocks } from '../../../../src/sandbox/block-kit/check-message.ts';
import { totalText } from '../../../../src/sandbox/block-kit/total-text.ts';
import { expectHarmless, mrkdwnTexts } from '../harmless.ts';
import { hostileDigest } from '../hostile-digest.ts';
import { hostileMetrics } from '../hostile-metrics.ts';
import { hostileReview } from '../hostile-review.ts';
import { hostile } from '../hostile-values.ts';
import { now } from '../samples.ts';

const runs = { numRuns: 25 };

/** Every view there is, over values that mean harm or are simply too much. */
const views: Record<string, fc.Arbitrary<View<ViewBlock>>> = {
  card: fc.tuple(hostile.cardContent, hostile.owner).map(([content, owner]) => cardView(content, owner)),
  reply: fc.tuple(hostile.reply, hostile.owner).map(([reply, owner]) => replyView(reply, owner)),
  overflow: hostile.overflow.map(overflowView),
  'import summary': hostile.importSummary.map(importSummaryView),
  notice: hostile.notice.map(noticeView),
  digest: fc.tuple(hostileDigest.digest, fc.boolean(), fc.nat()).map(([digest, late, replies]) => digestView(digest, late, replies)),
  'digest part': hostileDigest.detail.map(digestPartView),
  'digest preview': hostileDigest.digestNow.map(digestPreview),
  path: hostileDigest.path.map(pathView),
  subscriptions: fc.tuple(hostileDigest.subscriptions, hostile.text).map(([list, filter]) => subscriptionsView(list, now, filter)),
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
  'deals found': fc
    .tuple(hostile.text, fc.boolean(), hostile.matches, fc.boolean())
    .map(([query, isNamed, matches, has]) =>
      dealsFoundView(
        { query, isNamed, deals: matches.slice(0, 10).map((deal) => ({ deal, account: has ? deal : null })) },
        { do: 'mute', duration: null, reason: query },
      ),
    ),
  welcome: fc.array(hostile.text, { maxLength: 5 }).map((lines) => welcomeView({ kind: 'welcome', lines })),
  help: hostile.text.map((typed) => helpView(md`There is no “${typed}”.`)),
  'help of a command': fc
    .tuple(fc.constantFrom(...commandWords), hostile.text, fc.boolean())
    .map(([about, problem, amounts]) => commandHelpView(about, md`${problem}`, amounts)),
  'not here': fc.array(hostile.text, { maxLength: 30 }).map(notHereView),
  'not understood': hostile.text.map(notUnderstoodView),
  'other refusals': fc.constantFrom(refusalView(), ...deeds.map(notPermittedView)),
  failure: hostile.text.map(failureView),
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

it('says that something is missing where a message would be too long', () => {
  const alerts = fc.sample(hostile.longAlert, { numRuns: 12, seed: 1 });
  const content = { ...fc.sample(hostile.cardContent, { numRuns: 1, seed: 1 })[0], state: 'active' as const, alerts };
  const { blocks } = cardView(content as Parameters<typeof cardView>[0], { email: null, notify: false, slackId: null });
  expect(JSON.stringify(blocks)).toMatch(/and \d+ more|more than fits/);
});
