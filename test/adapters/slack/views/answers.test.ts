import { describe, expect, it } from 'vitest';
import { accountView } from '../../../../src/adapters/slack/views/account.ts';
import { dealView } from '../../../../src/adapters/slack/views/deal.ts';
import { dealsFoundView } from '../../../../src/adapters/slack/views/deals-found.ts';
import { homeView } from '../../../../src/adapters/slack/views/home.ts';
import { listView } from '../../../../src/adapters/slack/views/list.ts';
import { notFoundView, pickerView } from '../../../../src/adapters/slack/views/picker.ts';
import { whyView } from '../../../../src/adapters/slack/views/why.ts';
import type { ListSummary } from '../../../../src/core/summary.ts';
import { readAloud } from '../read-aloud.ts';
import { accountSummary, daysAgo, journeySummary, line, now, stalledAlert, whySummary } from '../samples.ts';

describe('an account', () => {
  it('shows its journeys on their track, what is open, who is on the committee, and what happened last', () => {
    const view = accountView(accountSummary(), now);
    expect(view.text).toBe('Acme GmbH: ⚠️ 2 open alerts on 1 open journey');
    expect(readAloud(view)).toBe(
      [
        '*Acme GmbH* · acme.example · owner dana@us.example',
        '⚠️ 2 open alerts on 1 open journey [Open in CRM]',
        '[Log a touchpoint] [Set a role] [Mute]',
        '---',
        '*Acme rollout* · New business · €48,000 · closes 15 Dec 2026 · dana@us.example',
        '✓ Awareness (3) › ✓ Consideration (18) › ⚠️ *Decision* (20 working days, expected: 15 working days, late) › Implementation',
        'Missing: Economic buyer',
        'Next step: Security review, 2 Dec 2026 [Why?]',
        '---',
        '*Open alerts*',
        '🚨 *Critical: No economic buyer on the buying committee* since 2026-10-26',
        '      👉 Ask Tom Berg who signs off the budget',
        '⚠️ *Stalled in Decision* since 2026-10-26',
        '      👉 Ask Priya Nair what is needed to leave Decision, and agree on a dated next step',
        '*Buying committee*',
        '| Role | Person | Last heard | Gap |',
        '| Economic buyer | nobody yet | – | missing |',
        '| Champion (from HubSpot) | Priya Nair, CFO | 12 days ago | – |',
        '| – | Tom Berg | never | no role set |',
        '*Last touchpoints*',
        '• 2026-11-20 at … · from Priya Nair: pricing viewed (pricing) 🙂 went well',
        '(Numbers behind stages are working days spent in them)',
      ].join('\n'),
    );
  });

  it('shows beside each person how far their own touchpoints have come, where any have', () => {
    const [silent, priya] = accountSummary().committee;
    if (silent === undefined || priya === undefined) throw new Error('the sample has two people');
    const said = readAloud(accountView(accountSummary({ committee: [silent, { ...priya, ownStages: ['Consideration', 'Growth'] }] }), now));
    expect(said).toContain('| Role | Person | Own stage | Last heard | Gap |');
    expect(said).toContain('| Economic buyer | nobody yet | – | – | missing |');
    expect(said).toContain('| Champion (from HubSpot) | Priya Nair, CFO | Consideration, Growth | 12 days ago | – |');
    expect(said).toContain('| – | Tom Berg | – | never | no role set |');
  });

  it('shows its health with what pulls it down, and what is missing of it', () => {
    const health = { index: 52, usual: 81, reasons: ['Usage 40 (usually 100)', 'NPS 6'], missing: ['CSAT (never measured)'] };
    expect(readAloud(accountView(accountSummary({ health }), now))).toContain(
      ['*Health*: 52 of 100 (usually 81)', 'Pulled down by: Usage 40 (usually 100); NPS 6', 'Missing, and not counted: CSAT (never measured)'].join(
        '\n',
      ),
    );
    const unknown = { index: null, usual: null, reasons: [], missing: ['Usage <!channel> (never measured)'] };
    const said = readAloud(accountView(accountSummary({ health: unknown }), now));
    expect(said).toContain('*Health*: too little is known\nMissing, and not counted: Usage &lt;!channel&gt; (never measured)');
  });

  it('does not count good news among what is wrong', () => {
    const journeys = [journeySummary({ alerts: [stalledAlert({ rule: 'advocacy-ready', severity: 'info', goodNews: true })] })];
    expect(accountView(accountSummary({ journeys }), now).text).toBe('Acme GmbH: 🟢 All clear on 1 open journey');
    expect(whyView(whySummary({ held: [], alerts: journeys.flatMap(({ alerts }) => alerts) })).text).toMatch(/🟢 All clear$/u);
  });

  it('says that all is clear, and that it is muted', () => {
    const mute = { accountId: 'a-1', until: null, reason: 'on holiday', by: 'U0DANA', at: now };
    const said = readAloud(accountView(accountSummary({ mute, journeys: [journeySummary({ alerts: [] })] }), now));
    expect(said).toContain('🟢 All clear on 1 open journey');
    expect(said).toContain('🔕 Muted by <@U0DANA> until somebody unmutes it: on holiday');
  });

  it('names the journey of each alert where there are several, the worst alert first', () => {
    const late = journeySummary({ name: 'Renewal', alerts: [stalledAlert({ since: daysAgo(90) })] });
    const lines = readAloud(accountView(accountSummary({ journeys: [late, journeySummary()] }), now)).split('\n');
    expect(lines.filter((said) => said.includes('since') && said.startsWith('🚨')).at(0)).toMatch(/ · Acme rollout$/);
    expect(lines.filter((said) => said.startsWith('⚠️ *Stalled')).at(0)).toMatch(/ · Renewal$/);
  });

  it('does not fail for an account of which nothing is known', () => {
    const account = { id: 'a-2', name: '', domain: null, url: null, ownerEmail: null };
    const said = readAloud(accountView({ account, mute: null, journeys: [], committee: [], touchpoints: [] }, now));
    expect(said).toContain('*(no name)* · no owner');
    expect(said).toContain('No journey yet');
    expect(said).toContain('*Buying committee*: nobody known yet');
  });
});

describe('what was entered in Slack', () => {
  it('is named with whoever set a role, and when, under the committee; and with the note on a touchpoint', () => {
    const [person] = accountSummary().committee;
    const roles = [{ key: 'champion', label: 'Champion', origin: 'slack', by: 'U0DANA', at: daysAgo(3) }] as const;
    const [touchpoint] = accountSummary().touchpoints;
    if (person === undefined || touchpoint === undefined) throw new Error('the sample has neither');
    const said = readAloud(
      accountView(
        accountSummary({ committee: [{ ...person, roles: [...roles] }], touchpoints: [{ ...touchpoint, note: 'Wants *a* discount' }] }),
        now,
      ),
    );
    expect(said).toContain('| Champion (set in Slack) | Tom Berg |');
    expect(said).toContain('(Tom Berg, champion: set by <@U0DANA> in Slack, 2026-11-20)');
    expect(said).toContain('🙂 went well · “Wants ∗a∗ discount”');
  });
});

describe('other answers', () => {
  it('leads from a deal to its account', () => {
    const deal = { accountName: 'Acme GmbH', accountId: 'a-1', journey: journeySummary({ stageLabel: null }), committee: [], touchpoints: [] };
    const view = dealView(deal, now);
    expect(view.text).toBe('Acme rollout: 2 open alerts');
    expect(readAloud(view)).toContain('[Acme GmbH] [Open in CRM]');
  });

  it('says of a deal what became of others that stayed as long', () => {
    const deal = (odds: { days: number; ended: number; won: number }) =>
      readAloud(dealView({ accountName: null, accountId: null, journey: journeySummary({ odds }), committee: [], touchpoints: [] }, now));
    expect(deal({ days: 20, ended: 41, won: 6 })).toContain(
      '(Of 41 deals that have ended and stayed longer than 20 working days in Decision, 6 were won)',
    );
    expect(deal({ days: 0, ended: 1_041, won: 1 })).toContain('(Of 1,041 deals that have ended and came into Decision, 1 was won)');
  });

  it('says why: rules that speak first, what is held back, what was done', () => {
    expect(readAloud(whyView(whySummary()))).toBe(
      [
        '*Acme rollout*, in Decision',
        '⚠️ 1 open alert · 2 rules checked',
        '⚠️ *Stalled in Decision* since 2026-10-26',
        '*Held back*',
        '• Champion silent: “No activity” says it already',
        '*Rules*',
        '• *Stalled* `stalled`: ⚠️ found · in a stage longer than 15 working days',
        '• *No activity* `no-activity`: ✓ clear · no touchpoint for 10 working days; next due 2026-11-25 at …',
        '• *Close date past or pushed* `close-date`: – off · The close date is past, or was pushed.',
        '*What was done*',
        '• 2026-11-22 at … · <@U0DANA> · acknowledged: calling her',
        '(Checked 2026-11-23 at … · again 2026-11-25 or when something happens · tells #deal-alerts)',
      ].join('\n'),
    );
  });

  it('says until when something was snoozed in the zone of whoever reads it', () => {
    const audit = [{ at: daysAgo(1), who: 'U0DANA', what: 'snoozed', why: `until ${new Date(now).toISOString()}` }];
    expect(readAloud(whyView(whySummary({ audit })))).toContain('<@U0DANA> · snoozed until 2026-11-23 at …');
    const later = [{ at: daysAgo(1), who: 'U0DANA', what: 'snoozed', why: 'until the stage changes' }];
    expect(readAloud(whyView(whySummary({ audit: later })))).toContain('<@U0DANA> · snoozed: until the stage changes');
  });

  it('does not call clear what is held back', () => {
    const said = readAloud(whyView(whySummary({ alerts: [] })));
    expect(said).toContain('No open alert, 1 held back · 2 rules checked');
    expect(said).not.toContain('All clear');
  });

  it('says of an account which of its journeys this is about, and that it has others', () => {
    expect(readAloud(whyView(whySummary({ others: { journeys: 2, mapLabel: 'Renewal' } })))).toContain(
      [
        '*Acme rollout*, in Decision · Renewal',
        '⚠️ 1 open alert · 2 rules checked',
        '(2 other journeys of this account are open: /journey account and its name has them all, each with its own Why?)',
      ].join('\n'),
    );
  });

  const list = (changes: Partial<ListSummary> = {}): ListSummary => ({
    title: 'Journeys that stand still',
    lines: [{ ...line(), stageLabel: 'Decision', ownerEmail: 'dana@us.example', rules: ['stalled'], alertCount: 2 }],
    total: 21,
    page: 2,
    pages: 3,
    filter: 'owner:@me',
    ...changes,
  });

  it('pages a list', () => {
    const view = listView('stalled', list());
    expect(readAloud(view)).toBe(
      [
        '*Journeys that stand still (owner:@me): 21 journeys*',
        '• *Acme rollout* · Acme GmbH · €48,000: Stalled in Decision since 2026-10-26 · and 1 more alert · dana@us.example',
        '[‹ Previous] [Next ›]',
        '(Page 2 of 3 · Filters: owner:@me segment:… stage:… map:… rule:… severity:… amount:&gt;50000 sort:amount or sort:age · whom we miss: /journey gaps; who has gone silent: /journey silent)',
      ].join('\n'),
    );
    const values = view.blocks
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .map((element) => 'value' in element && element.value);
    expect(values).toEqual(['{"which":"stalled","filter":"owner:@me","page":1}', '{"which":"stalled","filter":"owner:@me","page":3}']);
  });

  it('says of an empty list that nothing stands still', () => {
    expect(readAloud(listView('gaps', list({ total: 0, lines: [], page: 1, pages: 1, filter: '' })))).toContain(
      '🟢 *Journeys that stand still*: none.',
    );
  });

  it('shows a person what needs them', () => {
    expect(
      readAloud(homeView({ mine: [line()], mineTotal: 3, openTotal: 1 }, 'dana@us.example'))
        .split('\n')
        .slice(0, 4),
    ).toEqual([
      '⚠️ *3 journeys of yours need attention*.',
      'In all: 1 open alert.',
      '• *Acme rollout* · Acme GmbH · €48,000: Stalled in Decision since 2026-10-26',
      'and 2 more: /journey stalled owner:@me; the same with gaps and silent',
    ]);
    expect(homeView({ mine: [], mineTotal: 0, openTotal: 0 }, 'dana@us.example').text).toBe('🟢 All clear: nothing of yours differs from the map.');
    expect(homeView({ mine: [], mineTotal: 0, openTotal: 0 }, null).text).toContain('no e-mail address');
  });

  it('does not say that all is clear where something is kept quiet', () => {
    const home = { mine: [], mineTotal: 0, openTotal: 0 };
    expect(homeView({ ...home, quiet: { muted: 1, held: 2 } }, 'dana@us.example').text).toBe(
      '⏸️ No open alert of yours, but 1 journey is muted, and alerts on 2 journeys are held back until a silent CRM sends again.',
    );
    const none = list({ total: 0, lines: [], page: 1, pages: 1, filter: '', silentFeeds: [{ source: 'HubSpot', lastReceivedAt: now }] });
    const said = readAloud(listView('silent', none));
    expect(said).toMatch(
      /^⏸️ \*Journeys that stand still\*: none that is known\.\n⚠️ HubSpot has sent nothing since .*: silence there means nothing\./u,
    );
    expect(said).not.toContain('🟢');
  });

  it('says that it knows nothing, and what to do, where there is no journey of anybody', () => {
    const said = readAloud(homeView({ mine: [], mineTotal: 0, openTotal: 0, nothingKnown: true }, 'dana@us.example'));
    expect(said).toMatch(/^ℹ️ \*I know of no journey yet.\* .*import the past/u);
    expect(said).not.toContain('All clear');
  });

  it('asks which of several is meant', () => {
    const matches = [
      { kind: 'account', id: 'a-1', name: 'Acme GmbH', detail: 'acme.example' },
      { kind: 'deal', id: 'd-1', name: 'Acme rollout', detail: null },
    ] as const;
    const view = pickerView('acm', matches, { do: 'account' });
    expect(readAloud(view)).toBe('Which “acm” do you mean?\n*Acme GmbH* · account · acme.example [Show]\n*Acme rollout* · deal [Show]');
    expect(readAloud(notFoundView('acm', matches, { do: 'unmute' }))).toContain(
      'Did you mean one of these?\n*Acme GmbH* · account · acme.example [Unmute]',
    );
    const deals = [
      { deal: { kind: 'deal', id: 'd-1', name: 'Rollout <x>', detail: 'Acme GmbH' }, account: { id: 'a-1', name: 'Acme GmbH' } },
      { deal: { kind: 'deal', id: 'd-2', name: 'Rollout B', detail: null }, account: null },
    ] as const;
    expect(readAloud(dealsFoundView({ query: 'rollout', isNamed: true, deals }, { do: 'mute', duration: '5bd', reason: 'x' }))).toBe(
      'No account is called “rollout”, but deals are. Accounts are muted, with all of their deals.\n*Rollout &lt;x&gt;* · deal of *Acme GmbH* [Mute Acme GmbH]\n' +
        '*Rollout B* · deal without an account that is known: its alerts can be snoozed, each on its card [Show]',
    );
    expect(readAloud(dealsFoundView({ query: 'x', isNamed: false, deals: deals.slice(0, 1) }, { do: 'unmute' }))).toBe(
      'Nothing is called “x”. Did you mean one of these? Accounts are muted, with all of their deals.\n*Rollout &lt;x&gt;* · deal of *Acme GmbH* [Unmute Acme GmbH]',
    );
    expect(readAloud(notFoundView('<x>', [], { do: 'why' }))).toBe('Nothing is called “&lt;x&gt;”. Part of the name or the web domain is enough.');
  });
});
