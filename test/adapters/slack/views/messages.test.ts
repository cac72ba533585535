import { describe, expect, it } from 'vitest';
import { digestView } from '../../../../src/adapters/slack/views/digest.ts';
import { digestPreview } from '../../../../src/adapters/slack/views/digest-preview.ts';
import { importSummaryView } from '../../../../src/adapters/slack/views/import-summary.ts';
import { noticeView } from '../../../../src/adapters/slack/views/notice.ts';
import { overflowView } from '../../../../src/adapters/slack/views/overflow.ts';
import { replyView } from '../../../../src/adapters/slack/views/reply.ts';
import { readAloud } from '../read-aloud.ts';
import { aSuggestion, digest, line, now, stalledAlert } from '../samples.ts';

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
        'Expected: leaves Decision within 15 working days (limit passed 2026-11-16)',
        'Who: Priya Nair, CFO',
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
  it('names the noisiest rule with the number to change, instead of a guess', () => {
    const said = readAloud(
      digestView(
        digest({
          noisiest: aSuggestion(),
          notUsefulByRule: [
            { rule: 'stalled', count: 4 },
            { rule: 'ghosted', count: 1 },
          ],
        }),
        false,
      ),
    );
    expect(said).toContain(
      '• *Noisiest rule:* “Stalled”: 9 of 41 alerts were acted on within 2 working days (22%; 95% limits 12% to 37%). Try after: 20bd instead of 15bd in Decision (New business): 17 of the 24 alerts',
    );
    expect(said).toContain('“No answer to our attempts” was called not useful 1 time');
    expect(said).not.toContain('“Stalled” was called not useful');
  });

  it('says in three lines where things stand, then the details', () => {
    const view = digestView(digest(), true);
    expect(view.text).toBe('Customer journeys, 16 Nov 2026 to 23 Nov 2026: ⚠️ 9 journeys need attention, with 12 open alerts.');
    expect(readAloud(view)).toBe(
      [
        '# Customer journeys, 16 Nov 2026 to 23 Nov 2026',
        '⚠️ *9 journeys need* attention, with 12 open alerts.',
        'Alerts: 5 new, 7 cleared, 2 resolved by hand.',
        'Journeys: 2 deals won (€80,000), 1 lost, 1 stage change.',
        '*Needs attention*',
        '*Stalled: 5*',
        '• *Acme rollout* · Acme GmbH · €48,000: Stalled in Decision since 2026-10-26',
        '• and 4 more',
        '*What moved*',
        '• Birch renewal: Consideration → Decision, 2026-11-21',
        '*Won*',
        '• Cedar pilot, €30,000',
        '• Dune, €50,000',
        '*Lost*',
        '• Elm',
        '*To think about*',
        '• “No activity” was called not useful 3 times: think about a longer limit for it in journey.yml.',
        '(Only map new-business · days in Europe/Berlin · hubspot last heard 2026-11-23 · ⏰ late: the bot was not running at the hour)',
      ].join('\n'),
    );
  });

  it('says explicitly that all is clear', () => {
    const view = digestView(
      digest({ open: { journeys: 0, alerts: 0 }, attention: [], moved: [], won: [], lost: [], notUsefulByRule: [], scope: '' }),
      false,
    );
    expect(readAloud(view)).toContain('🟢 *All clear:* no journey differs from its map.');
    expect(readAloud(view)).toContain('(All journeys · ');
  });

  it('never adds up different currencies', () => {
    const won = [
      { name: 'A', url: null, amount: { value: 10, currency: 'EUR' } },
      { name: 'B', url: null, amount: { value: 20.5, currency: 'USD' } },
      { name: 'C', url: null, amount: { value: 5, currency: 'nonsense' } },
    ];
    expect(readAloud(digestView(digest({ won }), false))).toContain('3 deals won (€10 + $20.50 + 5 nonsense)');
  });

  it('says which feed is silent', () => {
    const feeds = [{ source: 'hubspot', lastReceivedAt: now, stale: true }];
    expect(readAloud(digestView(digest({ feeds }), false))).toContain('⚠️ hubspot has sent nothing since 2026-11-23: silence there means nothing.');
  });

  it('tells a reader of its preview when it comes by itself', () => {
    const scheduled = [{ channel: '#revenue', schedule: '0 9 * * mon', timezone: 'Europe/Berlin', nextAt: now }];
    expect(readAloud(digestPreview({ digest: digest(), scheduled })).split('\n')[0]).toBe(
      '(Only you see this preview · #revenue gets the next one 2026-11-23 at …)',
    );
    expect(readAloud(digestPreview({ digest: digest(), scheduled: [] })).split('\n')[0]).toContain('no digest is scheduled');
  });
});

describe('messages for many', () => {
  it('puts what is over the budget into one message', () => {
    expect(readAloud(overflowView({ kind: 'overflow', day: '2026-11-23', cards: [line()], total: 12 }))).toBe(
      [
        '*And 12 more journeys need attention*',
        'This channel’s limit of new cards for 23 Nov 2026 is reached. They get their cards as soon as there is room, while it is still true.',
        '• *Acme rollout* · Acme GmbH · €48,000: Stalled in Decision since 2026-10-26',
        'and 11 more: /journey stalled and /journey gaps',
      ].join('\n'),
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
        '(All of them: /journey stalled and /journey gaps. From now on, each gets its own card when something new happens.)',
      ].join('\n'),
    );
  });

  it('tells the admin channel what is wrong', () => {
    const view = noticeView({ kind: 'notice', severity: 'critical', title: 'journey.yml is broken', lines: ['journey.yml:41:9 stages[2]: <nope>'] });
    expect(view.text).toBe('journey.yml is broken: journey.yml:41:9 stages[2]: &lt;nope&gt;');
    expect(readAloud(view)).toBe('🚨 *journey.yml is broken*\njourney.yml:41:9 stages[2]: &lt;nope&gt;');
  });
});
