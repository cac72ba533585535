import { describe, expect, it } from 'vitest';
import { cardView } from '../../../../src/adapters/slack/views/card.ts';
import type { Owner } from '../../../../src/adapters/slack/views/owner.ts';
import { formatSlackDate } from '../../../../src/sandbox/page/drawing/slack-date.ts';
import { readAloud } from '../read-aloud.ts';
import { cardContent, daysAgo, missingRoleAlert, now, stalledAlert } from '../samples.ts';

const owner: Owner = { email: 'dana@us.example', notify: false, slackId: null };

/** With dates as the sandbox draws them. */
const asSlackShows = (view: ReturnType<typeof cardView>): string =>
  JSON.stringify(view.blocks).replaceAll(/<!date\^(\d+)\^([^|]+)\|[^>]+>/g, (_, seconds: string, format: string) =>
    formatSlackDate(Number(seconds), format, { tz: 'UTC', now }),
  );

describe('an active card', () => {
  it('says what happened, since when, against what, who, on what evidence, and one step', () => {
    const view = cardView(cardContent(), owner);
    expect(view.text).toBe(
      'Acme rollout: Stalled in Decision. Next: Ask Priya Nair what is needed to leave Decision, and agree on a dated next step',
    );
    expect(readAloud(view)).toBe(
      [
        '⚠️ *Acme rollout* · Acme GmbH · €48,000',
        'In *Decision* since 2026-10-26 · New business · closes 15 Dec 2026',
        'No next step set · Owner: dana@us.example [Open in CRM]',
        '---',
        '⚠️ *Stalled in Decision* since 2026-10-26',
        'Expected: leaves Decision within 15 working days (limit passed 2026-11-16) · Who: Priya Nair, CFO',
        '👉 *Next:* Ask Priya Nair what is needed to leave Decision, and agree on a dated next step',
        '(In Decision since: 2026-10-26 · Next step: none)',
        '[Acknowledge] [Assign] [Snooze: 2 working days / 5 working days / Until the stage changes / Until a day …] [Resolve: Done / Won’t do / Not useful / With a note …] [⋯: 💬 Log a touchpoint … / 👤 Set a role … / 🔕 Mute the account … / 👍 Useful / 👎 Not useful]',
      ].join('\n'),
    );
  });

  it('says of a limit that a next step held back when it was passed, and why it is said now', () => {
    const said = readAloud(cardView(cardContent({ alerts: [stalledAlert({ limitAt: daysAgo(20), dueAt: daysAgo(7) })] }), owner));
    expect(said).toContain('within 15 working days (limit passed 2026-11-03, held back by a next step until 2026-11-16) · Who');
  });

  it('reads as good news where that is all there is', () => {
    const alert = stalledAlert({
      rule: 'advocacy-ready',
      severity: 'info',
      goodNews: true,
      headline: 'Acme GmbH is ready to be asked for a reference',
      expected: 'happy, healthy, and not asked for 180 days',
    });
    const said = readAloud(cardView(cardContent({ alerts: [alert] }), owner));
    expect(said).toContain('🌟 *Acme rollout*');
    expect(said).toContain('🌟 *Acme GmbH is ready to be asked for a reference* since 2026-10-26\nWhy: happy, healthy, and not asked for 180 days');
    expect(readAloud(cardView(cardContent({ alerts: [stalledAlert(), alert] }), owner))).toContain('⚠️ *Acme rollout*');
  });

  it('shows dates in the reader’s own zone', () => {
    const [head] = cardView(cardContent(), owner).blocks;
    expect(head).toMatchObject({
      text: { text: expect.stringContaining(`<!date^${daysAgo(28) / 1000}^since {date_short_pretty}|since 2026-10-26>`) },
    });
  });

  it('writes near days small, as they stand within a sentence', () => {
    const alert = stalledAlert({ since: now, dueAt: now + 86_400_000, acknowledged: { by: 'U0MARCO', at: now }, snoozedUntil: now + 86_400_000 });
    const said = asSlackShows(cardView(cardContent({ alerts: [alert], stage: { label: 'Decision', enteredAt: now } }), owner));
    expect(said).toContain('In *Decision* since today · ');
    expect(said).toContain('*Stalled in Decision* since today');
    expect(said).toContain('(limit passed tomorrow)');
    expect(said).toContain('Acknowledged by <@U0MARCO>, today');
    expect(said).toContain('Snoozed until tomorrow');
    expect(said).not.toMatch(/Today|Tomorrow/);
  });

  it('has its buttons carry the alert they are for', () => {
    const actions = cardView(cardContent(), owner).blocks.find(({ type }) => type === 'actions');
    expect(actions).toMatchObject({
      block_id: 'alert:al-1:1:open:awake:',
      elements: [
        { action_id: 'acknowledge', value: 'al-1' },
        { action_id: 'assign', value: 'al-1' },
        { action_id: 'snooze', options: [{ value: '2bd:al-1' }, { value: '5bd:al-1' }, { value: 'stage-change:al-1' }, { value: 'day:al-1' }] },
        { action_id: 'resolve', options: [{ value: 'done:al-1' }, { value: 'wont-do:al-1' }, { value: 'not-useful:al-1' }, { value: 'note:al-1' }] },
        {
          action_id: 'vote',
          options: ['touchpoint', 'role', 'mute', 'useful', 'not-useful'].map((choice) => ({ value: `${choice}:al-1` })),
        },
      ],
    });
  });

  it('says who is on it, and takes the button away', () => {
    const content = cardContent({ alerts: [stalledAlert({ state: 'acknowledged', acknowledged: { by: 'U0MARCO', at: now } })] });
    const said = readAloud(cardView(content, owner));
    expect(said).toContain('👀 *Stalled in Decision* since');
    expect(said).toContain('Acknowledged by <@U0MARCO>, 2026-11-23');
    expect(said).not.toContain('[Acknowledge]');
  });

  it('says to whom it was assigned and by whom, and offers to assign it anew', () => {
    const taken = { state: 'acknowledged', acknowledged: { by: 'U0DANA', at: now } } as const;
    const content = cardContent({ alerts: [stalledAlert({ ...taken, assigned: { to: 'U0MARCO', by: 'U0DANA', at: now } })] });
    const said = readAloud(cardView(content, owner));
    expect(said).toContain('Assigned to <@U0MARCO> by <@U0DANA>, 2026-11-23');
    expect(said).not.toContain('Acknowledged by');
    expect(said).toContain('[Reassign]');
  });

  it('offers nothing about a customer on an alert about a feed, and no mute without an account', () => {
    const offered = (changes: Partial<ReturnType<typeof cardContent>>) => readAloud(cardView(cardContent(changes), owner));
    expect(offered({ kind: 'feed', account: null })).toContain('[⋯: 👍 Useful / 👎 Not useful]');
    expect(offered({ kind: 'feed', account: null })).not.toMatch(/No next step|Owner|In \*/);
    expect(offered({ account: null })).toContain('[⋯: 💬 Log a touchpoint … / 👤 Set a role … / 👍 Useful / 👎 Not useful]');
  });

  it.each([
    [now, 'Snoozed until 2026-11-23'],
    ['stage-change', 'Snoozed until the stage changes'],
  ] as const)('says until when it is snoozed (%s)', (snoozedUntil, expected) => {
    const said = readAloud(cardView(cardContent({ alerts: [stalledAlert({ snoozedUntil })] }), owner));
    expect(said).toContain('💤 *Stalled in Decision*');
    expect(said).toContain(expected);
  });

  it('names the worst of several first, offers to acknowledge all, and lists what is resolved last', () => {
    const resolved = stalledAlert({
      id: 'al-3',
      state: 'resolved',
      resolution: { at: now, how: 'by-hand', by: 'U0DANA', reason: 'wont-do', note: 'too small' },
    });
    const view = cardView(cardContent({ alerts: [missingRoleAlert(), stalledAlert(), resolved] }), owner);
    expect(view.text).toBe(
      'Acme rollout: Critical: No economic buyer on the buying committee, and 1 more. Next: Ask Tom Berg who signs off the budget',
    );
    const lines = readAloud(view).split('\n');
    expect(lines[0]).toBe('🚨 *Acme rollout* · Acme GmbH · €48,000');
    expect(lines.slice(-2)).toEqual(['✅ Stalled in Decision: won’t do, says <@U0DANA>, 2026-11-23: “too small”', '[Acknowledge all]']);
  });

  it('shows three alerts in full, five in a line, and says where the others are', () => {
    const alerts = Array.from({ length: 12 }, (_, index) => stalledAlert({ id: `al-${index}` }));
    const said = readAloud(cardView(cardContent({ alerts }), owner));
    expect(said.match(/Expected:/g)).toHaveLength(3);
    expect(said).toContain('and 4 more: /journey why Acme rollout');
  });

  it('mentions the owner where the route says so, and says plainly when there is no such Slack user', () => {
    const told = (changes: Partial<Owner>) => readAloud(cardView(cardContent(), { ...owner, notify: true, ...changes }));
    expect(told({ slackId: 'U0DANA' })).toContain('Owner: <@U0DANA>');
    expect(told({})).toContain('Owner: dana@us.example (no Slack user has this e-mail address)');
    expect(told({ email: null })).toContain('No owner in the CRM: nobody was told directly');
  });

  it('says of a returning alert that it is not the first time', () => {
    expect(readAloud(cardView(cardContent({ alerts: [stalledAlert({ episode: 2 })] }), owner))).toContain('2nd time this happens)');
  });
});

describe('a clear card', () => {
  const cleared = stalledAlert({ state: 'resolved', resolution: { at: now, how: 'cleared', text: 'moved to Negotiation' } });

  it('is green, says what cleared it, mentions nobody, and has no button but the CRM’s', () => {
    const view = cardView(cardContent({ state: 'clear', alerts: [cleared] }), { ...owner, notify: true, slackId: 'U0DANA' });
    expect(view.text).toBe('All clear: Acme rollout');
    expect(readAloud(view)).toBe(
      [
        '🟢 *All clear:* *Acme rollout* · Acme GmbH · €48,000',
        'In *Decision* since 2026-10-26 · New business · closes 15 Dec 2026 [Open in CRM]',
        '✅ Over: Stalled in Decision · moved to Negotiation, 2026-11-23',
      ].join('\n'),
    );
  });

  it('calls nothing all clear of which more is open elsewhere, or whose stage nobody knows', () => {
    const elsewhere = cardView(cardContent({ state: 'clear', elsewhere: 2, alerts: [cleared] }), owner);
    expect(elsewhere.text).toBe('Nothing open here: Acme rollout');
    expect(readAloud(elsewhere)).toContain('🟢 *Nothing open here:* *Acme rollout*');
    expect(readAloud(elsewhere)).toContain('2 alerts are open in other channels or digests, or held back: /journey why Acme rollout');
    const offMap = readAloud(cardView(cardContent({ state: 'clear', offMap: true, alerts: [cleared] }), owner));
    expect(offMap).toContain('❔ *No open alert:* *Acme rollout*');
    expect(offMap).toContain('rules about stages say nothing');
  });

  it('says how the deal ended', () => {
    expect(readAloud(cardView(cardContent({ state: 'clear', outcome: 'won', alerts: [cleared] }), owner))).toContain(
      '\nWon · last in *Decision* · New business',
    );
  });
});

it('holds no mention that a CRM wrote, not even where only screen readers look', () => {
  const { text, blocks } = cardView(
    cardContent({ name: '<!channel> & <b>', alerts: [missingRoleAlert({ headline: '<!channel> is waiting' })] }),
    owner,
  );
  expect(JSON.stringify({ text, blocks })).not.toContain('<!channel>');
  expect(JSON.stringify(blocks)).toContain('Acknowledge: ‹!channel› is waiting');
});
