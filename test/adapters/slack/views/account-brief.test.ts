import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstHome } from '../../../../src/adapters/slack/views/app-home-state.ts';
import { accountModal, dealInForm, findAccountModal } from '../../../../src/adapters/slack/views/find-account.ts';
import { limits } from '../../../../src/adapters/slack/views/limits.ts';
import { chooseAccountForm, logMessageForm, type MessageDraft } from '../../../../src/adapters/slack/views/log-message.ts';
import { unfurlView } from '../../../../src/adapters/slack/views/unfurl.ts';
import { checkAttachments } from '../../../../src/sandbox/block-kit/check-message.ts';
import { checkView } from '../../../../src/sandbox/block-kit/check-view.ts';
import { expectHarmless, mrkdwnTexts } from '../harmless.ts';
import { at, text } from '../hostile-text.ts';
import { hostile } from '../hostile-values.ts';
import { accountPeople, accountSummary, journeySummary, now } from '../samples.ts';

const runs = { numRuns: 25 };

describe('a short card of an account', () => {
  it.each([true, false])('below a link keeps Slack’s limits and says nothing unescaped, whatever a CRM holds (buttons: %s)', (withButtons) => {
    fc.assert(
      fc.property(hostile.account, (summary) => {
        const unfurl = unfurlView(summary, withButtons);
        expect(checkAttachments([unfurl])).toEqual([]);
        expect(unfurl.blocks?.length).toBeLessThanOrEqual(6);
        for (const said of mrkdwnTexts(unfurl.blocks)) expectHarmless(said);
      }),
      runs,
    );
  });

  it('in a form does so, too', () => {
    fc.assert(
      fc.property(hostile.account, hostile.deal, (account, deal) => {
        for (const view of [
          findAccountModal(account, now),
          findAccountModal(null, now),
          accountModal(account, now, firstHome),
          accountModal(dealInForm(deal), now, firstHome),
        ]) {
          expect(checkView(view)).toEqual([]);
          for (const said of mrkdwnTexts(view.blocks)) expectHarmless(said);
        }
      }),
      runs,
    );
  });

  it('shows what goes on first, and counts what it leaves out', () => {
    const over = journeySummary({ name: 'Old deal', outcome: 'lost', alerts: [] });
    const open = ['One', 'Two', 'Three'].map((name) => journeySummary({ name, alerts: [] }));
    const said = JSON.stringify(unfurlView(accountSummary({ journeys: [over, ...open] }), true).blocks);
    expect(said).toMatch(/One.*Two.*All clear.*and 2 more/);
    expect(said).not.toMatch(/Three|Old deal/);
  });

  it('says how a journey has ended, and where it is not on the map', () => {
    const said = (changes: Parameters<typeof journeySummary>[0]) =>
      JSON.stringify(unfurlView(accountSummary({ journeys: [journeySummary(changes)] }), true));
    expect(said({ outcome: 'won' })).toContain('Won');
    expect(said({ stageLabel: null })).toContain('In no stage yet');
    expect(said({ track: [] })).toContain('In *Decision*');
  });
});

describe('the form for a message', () => {
  const draft: fc.Arbitrary<MessageDraft> = fc.record({
    entryId: fc.constant('message:C1:1.1'),
    at,
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    note: text.map((words) => words.slice(0, 300)),
    personId: fc.constantFrom(null, 'p-1'),
  });

  it('keeps Slack’s limits and says nothing unescaped, whatever was written', () => {
    fc.assert(
      fc.property(draft, text, (written, name) => {
        const around = accountPeople({ account: { id: 'a-1', name } });
        const forms = [chooseAccountForm(written), chooseAccountForm(written, true), logMessageForm(around, written, '{}')];
        for (const view of forms) {
          expect(checkView(view)).toEqual([]);
          expect(view.private_metadata?.length).toBeLessThanOrEqual(limits.privateMetadata);
          for (const said of mrkdwnTexts(view.blocks)) expectHarmless(said);
        }
      }),
      runs,
    );
  });
});
