import { describe, expect, it } from 'vitest';
import { cardView } from '../../../../src/adapters/slack/views/card.ts';
import type { Owner } from '../../../../src/adapters/slack/views/owner.ts';
import { replyView } from '../../../../src/adapters/slack/views/reply.ts';
import { whyView } from '../../../../src/adapters/slack/views/why.ts';
import type { Told } from '../../../../src/core/alerts/alert.ts';
import type { Reply } from '../../../../src/core/delivery.ts';
import { readAloud } from '../read-aloud.ts';
import { cardContent, daysAgo, now, stalledAlert, whySummary } from '../samples.ts';

const told: Told[] = [
  { step: null, at: daysAgo(3), channel: '#deal-alerts', notify: ['owner'], emails: ['dana@us.example'] },
  { step: 0, at: now, channel: '#deal-alerts', notify: ['manager'], emails: ['mia@us.example'] },
];
const step = (changes: Partial<Reply> = {}): Reply => ({
  kind: 'reply',
  cardId: 'c',
  reason: 'escalated',
  broadcast: false,
  notifyOwner: false,
  ownerEmail: 'dana@us.example',
  mentions: [{ who: 'manager', label: 'Manager', emails: ['mia@us.example'] }],
  journeyName: 'Acme rollout',
  alerts: [stalledAlert({ told })],
  escalatedAt: now,
  ...changes,
});
const mia = (slackId: string | null): Owner => ({
  email: 'dana@us.example',
  notify: false,
  slackId: null,
  others: [{ label: 'Manager', people: [{ email: 'mia@us.example', slackId }], more: 0 }],
});

describe('a step of a chain', () => {
  it('says what, since when, who was told before, and one next step, and mentions the person', () => {
    const view = replyView(step(), mia('U0MIA'));
    expect(readAloud(view)).toBe(
      [
        '*Nobody has taken this yet*: Acme rollout · Manager: <@U0MIA>',
        '⚠️ *Stalled in Decision* since 2026-10-26',
        'Expected: leaves Decision within 15 working days (limit passed 2026-11-16) · Who: Priya Nair, CFO',
        '👉 *Next:* Ask Priya Nair what is needed to leave Decision, and agree on a dated next step',
        'Told so far: dana@us.example in #deal-alerts, 2026-11-20. Nobody has taken it.',
      ].join('\n'),
    );
    expect(view.text).toContain('Nobody has taken this yet: Acme rollout: Stalled in Decision. Next: ');
  });

  it('names in plain words whom Slack does not know, and says where else it is said', () => {
    const unreached = readAloud(replyView(step({ broadcast: true, instead: { unreached: ['mia@us.example'] } }), mia(null)));
    expect(unreached).toContain('Manager: mia@us.example (no Slack user has this e-mail address)');
    expect(unreached).toContain('mia@us.example cannot be told in Slack, so the whole channel is.');
    const above = readAloud(replyView(step({ cardIn: '#deal-alerts', instead: { unreached: [] } }), { ...mia(null), others: [] }));
    expect(above).toContain('Nobody is named who could be told, so the whole channel is.\nIts card, with the buttons, is in #deal-alerts.');
    expect(readAloud(replyView(step({ instead: { of: '#leads' } }), mia(null)))).toContain('I cannot post in #leads, so it is said here.');
    const nobody = { ...mia(null), others: [{ label: 'Manager', people: [], more: 0 }] };
    expect(readAloud(replyView(step(), nobody))).toContain('Manager: nobody is named in journey.yml');
  });

  it('leaves its trace on the card while nobody takes it', () => {
    const card = (content = cardContent({ alerts: [stalledAlert({ told })] })) =>
      readAloud(cardView(content, { ...mia('U0MIA'), others: [{ label: 'Team Sales', people: [{ email: 'a@b.c', slackId: 'U0A' }], more: 3 }] }));
    expect(card()).toContain(
      'Told so far: dana@us.example in #deal-alerts, 2026-11-20; mia@us.example in #deal-alerts, 2026-11-23. Nobody has taken it.',
    );
    expect(card()).toContain('Team Sales: <@U0A> and 3 more');
    expect(card(cardContent())).not.toContain('Told so far');
    const elsewhere: Told = { step: 1, at: now, channel: '#leads', notify: [], emails: [], saidIn: '#deal-alerts' };
    expect(card(cardContent({ alerts: [stalledAlert({ told: [...told, elsewhere] })] }))).toContain(
      '2026-11-23; #deal-alerts instead of #leads, which takes no messages, 2026-11-23. Nobody has taken it.',
    );
  });
});

it('/journey why shows the chain: what was said, what is due, who has stopped it', () => {
  const steps = [
    {
      wait: '4 working hours',
      channel: '#deal-alerts',
      notify: ['manager' as const],
      emails: ['mia@us.example'],
      state: 'said' as const,
      at: daysAgo(1),
    },
    { wait: '1 working day', channel: '#leads', notify: [], emails: [], state: 'next' as const, at: now },
    { wait: '2 working days', channel: '#leads', notify: ['team' as const], emails: [], state: 'later' as const, at: null },
  ];
  const said = readAloud(whyView(whySummary({ chains: [{ headline: 'Stalled in Decision', state: 'goes-on', by: null, steps }] })));
  expect(said).toContain(
    [
      '*While nobody takes it*',
      '• Stalled in Decision',
      '    ✓ after 4 working hours: manager (mia@us.example) in #deal-alerts, said 2026-11-22 at …',
      '    → after 1 working day: #leads, due 2026-11-23 at …',
      '    · after 2 working days: team (nobody is known) in #leads',
    ].join('\n'),
  );
  const saidIn = { wait: '1 working day', channel: '#leads', notify: [], emails: [], at: now, state: 'said' as const, saidIn: '#deal-alerts' };
  expect(readAloud(whyView(whySummary({ chains: [{ headline: 'Stalled in Decision', state: 'done', by: null, steps: [saidIn] }] })))).toContain(
    '    ✓ after 1 working day: #leads, which takes no messages: said in #deal-alerts instead, 2026-11-23 at …',
  );
  const stopped = readAloud(whyView(whySummary({ chains: [{ headline: 'Stalled in Decision', state: 'stopped', by: 'U0DANA', steps }] })));
  expect(stopped).toContain('• Stalled in Decision: stopped, <@U0DANA> has seen it');
});
