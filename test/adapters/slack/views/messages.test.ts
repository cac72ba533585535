import { describe, expect, it } from 'vitest';
import { digestView } from '../../../../src/adapters/slack/views/digest.ts';
import { digestPartView } from '../../../../src/adapters/slack/views/digest-part.ts';
import { digestPreview } from '../../../../src/adapters/slack/views/digest-preview.ts';
import { importSummaryView } from '../../../../src/adapters/slack/views/import-summary.ts';
import { noticeView } from '../../../../src/adapters/slack/views/notice.ts';
import { overflowView } from '../../../../src/adapters/slack/views/overflow.ts';
import { replyView } from '../../../../src/adapters/slack/views/reply.ts';
import { readAloud } from '../read-aloud.ts';
import { aSuggestion, daysAgo, digest, digestDetails, line, now, stalledAlert } from '../samples.ts';

describe('a reply', () => {
  const reply = {
    kind: 'reply',
    cardId: 'c',
    reason: 'new',
    broadcast: false,
    notifyOwner: true,
    ownerEmail: 'dana@us.example',
    journeyName: 'Acme rollout',
    alerts: [stalledAlert()],
  } as const;

  it('says what is new, and mentions the owner', () => {
    expect(readAloud(replyView({ ...reply, alerts: [...reply.alerts] }, { email: 'dana@us.example', notify: true, slackId: 'U0DANA' }))).toBe(
      [
        '*New*: Acme rollout · Owner: <@U0DANA>',
        '⚠️ *Stalled in Decision* since 2026-10-26',
        'Expected: leaves Decision within 15 working days (limit passed 2026-11-16) · Who: Priya Nair, CFO',
        '👉 *Next:* Ask Priya Nair what is needed to leave Decision, and agree on a dated next step',
      ].join('\n'),
    );
  });

  it.each([
    ['repeat', 'Still open: Acme rollout: Stalled in Decision.'],
    ['snooze-over', 'Snooze is over: Acme rollout: Stalled in Decision.'],
  ] as const)('says why it comes (%s)', (reason, expected) => {
    const view = replyView({ ...reply, alerts: [...reply.alerts], reason, notifyOwner: false }, { email: null, notify: false, slackId: null });
    expect(view.text).toContain(expected);
    expect(readAloud(view)).not.toContain('Owner');
  });
});

describe('the digest', () => {
  it('stands on one screen: what needs attention, the week against others, what to think about', () => {
    const view = digestView(digest({ noisiest: aSuggestion() }), true, 5);
    expect(view.text).toBe('Customer journeys, 16 Nov 2026 to 23 Nov 2026: ⚠️ 9 journeys need attention, with 12 open alerts.');
    const lines = readAloud(view)
      .split('\n')
      .filter((line) => !line.startsWith('[chart'));
    expect(lines).toEqual([
      '# Customer journeys, 16 Nov 2026 to 23 Nov 2026',
      '⚠️ *9 journeys need attention*, with 12 open alerts.',
      '• *Acme rollout* · Acme GmbH · €48,000: Stalled in Decision since 2026-10-26',
      '*Moved:* 14 stage changes, 3 more than the week before (usual this quarter: 12)',
      '*Won:* 2 (€80,000 + $5,000), 1 fewer than the week before (usual this quarter: 2)',
      '*Lost:* 1, as in the week before (usual this quarter: 1)',
      '*Stalled:* 7 journeys, 2 more than the week before (usual this quarter: 5)',
      '*Whom we miss:* 4 journeys lack a role, as in the week before (usual this quarter: 3); in 3 journeys somebody has gone silent, 2 fewer than the week before (usual this quarter: 4)',
      '*Answered late:* 2 questions, 2 more than the week before (usual this quarter: 1)',
      '*Alerts:* 11 told, 3 more than the week before (usual this quarter: 9): 4 acted on, 3 cleared by themselves, 1 ignored, 1 called not useful, 2 too new to say',
      '*Longest stage:* Decision, half of 32 leave it within 22 working days (New business)',
      '*Noisiest rule:* “Stalled”: 9 of 41 alerts were acted on within 2 working days (22%; 95% limits 12% to 37%).',
      '(Only map new-business · days in Europe/Berlin · hubspot last heard 2026-11-23 · details in the thread · ⏰ late: the bot was not running at the hour)',
    ]);
    expect(view.blocks.length).toBeLessThanOrEqual(6);
  });

  it('says explicitly that all is clear, and leaves away what never happens', () => {
    const none = { now: 0, before: 0, usual: 0 };
    const { first: _first, friction: _friction, ...quiet } = digest({ open: { journeys: 0, alerts: 0 }, scope: '', wonAmounts: [] });
    const counts = { moved: none, won: none, lost: none, late: none, opened: none, stalled: none, missing: none, silent: none };
    const fates = { told: 0, acted: 0, cleared: 0, ignored: 0, 'not-useful': 0, fresh: 0 };
    expect(readAloud(digestView({ ...quiet, first: [], counts, fates }, false))).toBe(
      [
        '# Customer journeys, 16 Nov 2026 to 23 Nov 2026',
        '🟢 *All clear:* no journey differs from its map.',
        '*Moved:* 0 stage changes, as in the week before (usual this quarter: 0)',
        '*Alerts:* none was new, as in the week before (usual this quarter: 0)',
        '(All journeys · days in Europe/Berlin · hubspot last heard 2026-11-23)',
      ].join('\n'),
    );
  });

  it('says nothing but what to do where no journey is known', () => {
    const said = readAloud(digestView(digest({ open: { journeys: 0, alerts: 0 }, first: [], nothingKnown: true }), false));
    expect(said).toContain('*I know of no journey yet.* Whoever runs me can import the past from the CRM');
    expect(said).not.toMatch(/All clear|Moved/u);
  });

  it('compares with nothing that is not known, and a daily one with the day before', () => {
    const counts = { ...digest().counts, moved: { now: 3, before: 1, usual: null }, stalled: { now: 1, before: null, usual: null } };
    const said = readAloud(digestView(digest({ from: daysAgo(1), counts }), false));
    expect(said).toContain('*Moved:* 3 stage changes, 2 more than the day before\n');
    expect(said).toContain('*Stalled:* 1 journey\n');
  });

  it('calls nothing clear that is muted, or held back by a silent CRM', () => {
    const attention = (changes: Parameters<typeof digest>[0]) => readAloud(digestView(digest({ first: [], ...changes }), false)).split('\n')[1];
    const open = { journeys: 0, alerts: 0 };
    expect(attention({ open, muted: 1 })).toBe('⏸️ *No open alert,* but 1 journey is muted.');
    expect(attention({ open, muted: 2, held: 1 })).toBe(
      '⏸️ *No open alert,* but 2 journeys are muted, and alerts on 1 journey are held back until a silent CRM sends again.',
    );
    expect(attention({ held: 3 })).toBe(
      '⚠️ *9 journeys need attention*, with 12 open alerts. Besides, alerts on 3 journeys are held back until a silent CRM sends again.',
    );
  });

  it('says what it asks for and the journey map does not have', () => {
    expect(readAloud(digestView(digest({ stray: ['stage gone'] }), false))).toContain(
      '⚠️ This digest asks for stage gone, which the journey map does not have',
    );
  });

  it('tells what a CRM had forgotten to tell', () => {
    const feeds = [{ source: 'hubspot', lastReceivedAt: now, stale: false, fetched: { crm: 'HubSpot', byKind: { deal: 2, person: 1 } } }];
    expect(readAloud(digestView(digest({ feeds }), false))).toContain('HubSpot forgot to tell 3 changes (2 deals, 1 person); they were fetched.');
  });

  it('says in its thread what moved, needs attention, whom we miss, and what became of the alerts', () => {
    const [moves, attention, people, alerts] = digestDetails().map((detail) => readAloud(digestPartView(detail)));
    expect(moves).toBe(
      [
        '*What moved*',
        '• Birch renewal: Consideration → Decision, 2026-11-21',
        '• and 13 more',
        '*Won: 1*',
        '• Cedar pilot, €30,000',
        '*Lost: 1*',
        '• Elm',
      ].join('\n'),
    );
    expect(attention).toContain('*Stalled: 7*\n• *Acme rollout* · Acme GmbH · €48,000: Stalled in Decision since 2026-10-26\n• and 6 more');
    expect(people).toContain('*Gone silent: 1*\n• *Acme rollout* · Acme GmbH · €48,000: Priya Nair, champion, has gone silent');
    expect(people).toContain('*Answered late: 1*\n• *Acme rollout*: asked 2026-10-26, due 2026-11-20, answered 2026-11-22');
    expect(alerts).toContain('• *Stalled*: 11 told: 4 acted on, 3 cleared by themselves, 1 ignored, 1 called not useful, 2 too new to say');
  });

  it('says which feed is silent', () => {
    const feeds = [{ source: 'hubspot', lastReceivedAt: now, stale: true }];
    expect(readAloud(digestView(digest({ feeds }), false))).toContain('⚠️ hubspot has sent nothing since 2026-11-23: silence there means nothing.');
  });

  it('tells a reader of its preview when it comes by itself', () => {
    const scheduled = [{ channel: '#revenue', schedule: '0 9 * * mon', timezone: 'Europe/Berlin', nextAt: now }];
    expect(readAloud(digestPreview({ ok: true, digest: digest(), details: digestDetails(), scheduled })).split('\n')[0]).toBe(
      '(Only you see this preview · #revenue gets the next one 2026-11-23 at …)',
    );
    expect(readAloud(digestPreview({ ok: true, digest: digest(), details: [], scheduled: [] })).split('\n')[0]).toContain('/journey subscribe');
  });
});

describe('messages for many', () => {
  it('puts what is over the budget into one message', () => {
    expect(readAloud(overflowView({ kind: 'overflow', day: '2026-11-23', cards: [line()], total: 12 }))).toBe(
      [
        '*And 12 more journeys need attention*',
        'This channel’s limit of new cards for 23 Nov 2026 is reached. They get their cards as soon as there is room, while it is still true.',
        '• *Acme rollout* · Acme GmbH · €48,000: Stalled in Decision since 2026-10-26',
        'and 11 more: /journey stalled, /journey gaps and /journey silent',
      ].join('\n'),
    );
  });

  it('says of the one over the budget when nothing of it waits any more', () => {
    expect(readAloud(overflowView({ kind: 'overflow', day: '2026-11-23', cards: [], total: 0 }))).toBe(
      '✅ *Nothing waits here any more.* What was over this channel’s limit of new cards for 23 Nov 2026 has its card now, is over, or stands on a newer list.',
    );
  });

  it('sums up a first import', () => {
    const byRule = [{ rule: 'stalled', headline: 'Stalled', count: 112 }];
    expect(readAloud(importSummaryView({ kind: 'import-summary', journeys: 214, byRule, worst: [line()] }))).toBe(
      [
        '📥 *214 journeys in your CRM’s history differ from the journey map*',
        'Instead of a card for each of them, this is what was found:',
        '• *112 journeys*: Stalled',
        '*The worst of them*',
        '• *Acme rollout* · Acme GmbH · €48,000: Stalled in Decision since 2026-10-26',
        '(All of them: /journey stalled, /journey gaps and /journey silent. From now on, each gets its own card when something new happens.)',
      ].join('\n'),
    );
  });

  it('tells the admin channel what is wrong', () => {
    const view = noticeView({ kind: 'notice', severity: 'critical', title: 'journey.yml is broken', lines: ['journey.yml:41:9 stages[2]: <nope>'] });
    expect(view.text).toBe('journey.yml is broken: journey.yml:41:9 stages[2]: &lt;nope&gt;');
    expect(readAloud(view)).toBe('🚨 *journey.yml is broken*\njourney.yml:41:9 stages[2]: &lt;nope&gt;');
  });
});
