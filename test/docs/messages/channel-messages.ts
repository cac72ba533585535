import type { ViewBlock } from '../../../src/adapters/slack/views/blocks.ts';
import { cardView } from '../../../src/adapters/slack/views/card.ts';
import { digestView } from '../../../src/adapters/slack/views/digest.ts';
import { digestPartView } from '../../../src/adapters/slack/views/digest-part.ts';
import { importSummaryView } from '../../../src/adapters/slack/views/import-summary.ts';
import { noticeView } from '../../../src/adapters/slack/views/notice.ts';
import { overflowView } from '../../../src/adapters/slack/views/overflow.ts';
import { replyView } from '../../../src/adapters/slack/views/reply.ts';
import { unfurlView } from '../../../src/adapters/slack/views/unfurl.ts';
import { welcomeView } from '../../../src/adapters/slack/views/welcome.ts';
import type { Reply } from '../../../src/core/delivery.ts';
import { accountSummary, cardContent, daysAgo, digest, digestDetails, line, missingRoleAlert, stalledAlert } from '../../adapters/slack/samples.ts';
import type { MessageExample } from './message-example.ts';

const dana = { email: 'dana@us.example', notify: true, slackId: 'U02DANA0000' };
const nobody = { email: null, notify: false, slackId: null };
const reply: Reply = {
  kind: 'reply',
  cardId: 'c-1',
  reason: 'new',
  broadcast: false,
  notifyOwner: false,
  ownerEmail: 'dana@us.example',
  journeyName: 'Acme rollout',
  alerts: [missingRoleAlert()],
};
const details: Record<string, [title: string, when: string]> = {
  moves: ['What moved', 'Under a digest: stages, deals won and lost.'],
  attention: ['What needs attention', 'Under a digest: open alerts by rule, the worst of each.'],
  people: ['Whom we miss', 'Under a digest: roles that nobody has, people who went quiet, questions answered late.'],
  alerts: ['What became of the alerts', 'Under a digest: acted on, cleared, ignored, not useful, by rule.'],
  metrics: ['Stage metrics', 'Under a digest: how journeys move through the stages.'],
};

/** What channels see without having asked. */
export const channelMessages: readonly MessageExample[] = [
  {
    name: 'welcome',
    title: 'First words in a channel',
    surface: 'channel',
    when: 'Once, when the bot comes into a channel.',
    said: welcomeView({
      kind: 'welcome',
      lines: [
        'I am journey. Here I post alerts about deals and accounts that differ from your journey map.',
        'One message a deal or account, edited as things change and green when all is well: at most 20 new a day. I do not read what you write.',
        'Too much, too little? journey.yml says what comes here (routes, digests, alerts); /journey mute NAME 5bd silences one account, /journey help shows the rest.',
      ],
    }),
  },
  {
    name: 'card',
    title: 'Card of one alert',
    surface: 'channel',
    when: 'A journey differs from its map. The card is edited in place from then on.',
    said: cardView(cardContent({ notifyOwner: true }), dana),
  },
  {
    name: 'card-of-several',
    title: 'Card of several alerts',
    surface: 'channel',
    when: 'More than one thing is wrong: the worst comes first, one of them is taken.',
    said: cardView(
      cardContent({ alerts: [missingRoleAlert(), stalledAlert({ state: 'acknowledged', acknowledged: { by: 'U02DANA0000', at: daysAgo(1) } })] }),
      { ...dana, notify: false },
    ),
  },
  {
    name: 'card-clear',
    title: 'Card when all is well again',
    surface: 'channel',
    when: 'Nothing is wrong any more: the card turns green, nobody is mentioned.',
    said: cardView(
      cardContent({
        state: 'clear',
        alerts: [stalledAlert({ state: 'resolved', resolution: { at: daysAgo(0), how: 'cleared', text: 'moved on to Implementation' } })],
      }),
      nobody,
    ),
  },
  {
    name: 'overflow',
    title: 'Over the day’s budget',
    surface: 'channel',
    when: 'A channel has had as many new cards as journey.yml allows a day. One such message a day, edited in place.',
    said: overflowView({ kind: 'overflow', day: '2026-11-23', cards: [line()], total: 12 }),
  },
  {
    name: 'import-summary',
    title: 'After an import',
    surface: 'channel',
    when: 'History has come in, and more journeys than a few differ from their map: one message instead of a card each.',
    said: importSummaryView({
      kind: 'import-summary',
      journeys: 214,
      byRule: [
        { rule: 'stalled', headline: 'Stalled', count: 130 },
        { rule: 'missing-role', headline: 'Somebody missing on the buying committee', count: 84 },
      ],
      worst: [line(), line({ name: 'Birch renewal', accountName: 'Birch AG', headline: 'No economic buyer on the buying committee' })],
    }),
  },
  {
    name: 'digest',
    title: 'Weekly digest',
    surface: 'channel',
    when: 'Once a week and subscription, its details in its thread.',
    said: digestView(digest(), false, 3),
  },
  {
    name: 'notice',
    title: 'Notice to whoever runs the bot',
    surface: 'channel',
    when: 'In the admin channel: a journey.yml with mistakes, a channel that takes no messages, values that the map does not know.',
    said: noticeView({
      kind: 'notice',
      severity: 'warning',
      title: 'journey.yml does not know 2 values of HubSpot',
      lines: ['Stage “poc_running” of 14 deals, pipeline default. To add:'],
      code: ['      pilot: { from: { hubspot: [poc_running] } }'],
    }),
  },
  {
    name: 'reply-new',
    title: 'News of a journey',
    surface: 'thread',
    when: 'In the thread of a card that stands already, when something new is wrong.',
    said: replyView(reply, { ...nobody, email: 'dana@us.example' }),
  },
  {
    name: 'reply-repeat',
    title: 'Still open',
    surface: 'thread',
    when: 'Nobody has taken an alert for three working days (journey.yml: alerts, repeat).',
    said: replyView({ ...reply, reason: 'repeat' }, { ...nobody, email: 'dana@us.example' }),
  },
  {
    name: 'reply-escalated',
    title: 'Escalation',
    surface: 'thread',
    when: 'A step of a chain is due, and nobody has taken the alert.',
    said: replyView(
      { ...reply, reason: 'escalated', escalatedAt: daysAgo(0), mentions: [{ who: 'manager', label: 'Manager', emails: ['mia@us.example'] }] },
      { ...nobody, others: [{ label: 'Manager', people: [{ email: 'mia@us.example', slackId: 'U03MARCO000' }], more: 0 }] },
    ),
  },
  ...digestDetails().map((detail): MessageExample => {
    const [title, when] = details[detail.kind] ?? [detail.kind, ''];
    return { name: `digest-${detail.kind}`, title, surface: 'thread', when, said: digestPartView(detail) };
  }),
  {
    name: 'unfurl',
    title: 'A link to the CRM',
    surface: 'preview',
    when: 'Somebody pastes the address of a deal or company.',
    said: { text: '', blocks: (unfurlView(accountSummary(), true).blocks ?? []) as ViewBlock[] },
  },
];
