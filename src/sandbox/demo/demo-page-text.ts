import type { PageText } from '../page/page-text.ts';

/** What the page says to somebody who sees it for the first time. */
export const demoPageText: PageText = {
  workspaceName: 'Demo company',
  appName: 'Journey',
  homeChannel: 'deal-alerts',
  intro: {
    title: 'What you are looking at',
    lines: [
      'A Slack workspace that lives on this machine, with a sales team that does not exist. Nothing here reaches slack.com.',
      '*Journey* has just read a year of their CRM: 40 accounts, 60 deals, 250 people. It compared each deal with the team’s journey map (`journey.yml`) and posted a card for the few that need somebody. Of the others it says nothing.',
      'Each card says what is wrong, since when, and what to do next. When it is no longer true, the card turns green by itself: watch *#deal-alerts* and, for large deals, *#enterprise-deals* for a minute.',
      'Press *Acknowledge* on a card, or type a command below. You are Dana; change who you are at the top. *Journey*, under Apps, shows what is yours.',
      '*Controls*, at the top, are what Slack does not have: move the clock to Monday 9:00, when the digest comes; in the CRM, move Acme’s training hub to Decision, and see what its card says; let Slack fail for a while.',
    ],
    tryThese: [
      { label: 'Everything about one customer', command: '/journey account acme', channel: 'deal-alerts' },
      { label: 'What is stuck', command: '/journey stalled', channel: 'deal-alerts' },
      { label: 'Whom we do not know yet', command: '/journey gaps', channel: 'deal-alerts' },
      { label: 'Which rules were checked, on which values', command: '/journey why imaginary claims', channel: 'deal-alerts' },
      { label: 'The weekly summary, now', command: '/journey digest now', channel: 'revenue' },
    ],
  },
  commands: [
    { command: '/journey', usage: 'account NAME', description: 'An account: its journeys, people, alerts' },
    { command: '/journey', usage: 'deal NAME', description: 'One deal' },
    { command: '/journey', usage: 'path NAME', description: 'The way it went against the map' },
    { command: '/journey', usage: 'stalled', description: 'Deals that do not move' },
    { command: '/journey', usage: 'gaps', description: 'People and roles that are missing' },
    { command: '/journey', usage: 'silent', description: 'Who has gone silent' },
    { command: '/journey', usage: 'why NAME', description: 'Which rules were checked on which values' },
    { command: '/journey', usage: 'note NAME mood:-1 "TEXT"', description: 'Something you heard' },
    { command: '/journey', usage: 'mute NAME 5bd reason', description: 'No alerts about an account for a while' },
    { command: '/journey', usage: 'digest now', description: 'The weekly summary' },
    { command: '/journey', usage: 'subscribe', description: 'A digest every week, to you or a channel' },
    { command: '/journey', usage: 'review', description: 'What the journey map says and reality does not' },
    { command: '/journey', usage: 'help', description: 'All commands' },
  ],
};
