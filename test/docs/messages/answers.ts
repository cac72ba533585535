import { accountView } from '../../../src/adapters/slack/views/account.ts';
import { dealView } from '../../../src/adapters/slack/views/deal.ts';
import { digestPreview } from '../../../src/adapters/slack/views/digest-preview.ts';
import { commandHelpView, helpView } from '../../../src/adapters/slack/views/help.ts';
import { homeView } from '../../../src/adapters/slack/views/home.ts';
import { listView } from '../../../src/adapters/slack/views/list.ts';
import { metricsView } from '../../../src/adapters/slack/views/metrics.ts';
import { pathView } from '../../../src/adapters/slack/views/path.ts';
import { notFoundView, pickerView } from '../../../src/adapters/slack/views/picker.ts';
import { notHereView, notPermittedView, refusalView } from '../../../src/adapters/slack/views/refusals.ts';
import { reviewView } from '../../../src/adapters/slack/views/review.ts';
import { actView, failureView, muteView, notUnderstoodView } from '../../../src/adapters/slack/views/said.ts';
import { subscriptionsView } from '../../../src/adapters/slack/views/subscriptions.ts';
import { whyView } from '../../../src/adapters/slack/views/why.ts';
import { dayMs } from '../../../src/core/time.ts';
import { pathSummary, subscription } from '../../adapters/slack/command-samples.ts';
import {
  accountSummary,
  digest,
  digestDetails,
  journeySummary,
  line,
  metricsSummary,
  now,
  reviewSummary,
  whySummary,
} from '../../adapters/slack/samples.ts';
import type { MessageExample, Said } from './message-example.ts';

const answer = (name: string, title: string, when: string, said: Said): MessageExample => ({ name, title, surface: 'answer', when, said });

const matches = [
  { kind: 'account' as const, id: 'a-1', name: 'Acme GmbH', detail: 'acme.example' },
  { kind: 'deal' as const, id: 'd-1', name: 'Acme rollout', detail: 'Acme GmbH' },
];
const deal = { accountName: 'Acme GmbH', accountId: 'a-1', journey: journeySummary(), committee: accountSummary().committee, touchpoints: [] };
const lines = [{ ...line(), stageLabel: 'Decision', ownerEmail: 'dana@us.example', rules: ['stalled'], alertCount: 1 }];

/** What the bot answers, to whoever asked alone. */
export const answers: readonly MessageExample[] = [
  answer('home-answer', '/journey', 'What needs you.', homeView({ mine: [line()], mineTotal: 1, openTotal: 12 }, 'dana@us.example')),
  answer('account', '/journey account acme', 'The card of an account.', accountView(accountSummary(), now)),
  answer('deal', '/journey deal acme', 'One deal.', dealView(deal, now)),
  answer('path', '/journey path acme', 'The real path of a deal beside the ideal one.', pathView(pathSummary())),
  answer(
    'list',
    '/journey stalled',
    'Lists, with filters and pages.',
    listView('stalled', { title: 'Journeys that stand still', lines, total: 11, page: 1, pages: 2, filter: 'segment:enterprise' }),
  ),
  answer('why', '/journey why acme', 'Which rules were checked on which values.', whyView(whySummary())),
  answer('metrics', '/journey metrics', 'How journeys move through the stages.', metricsView(metricsSummary())),
  answer('review', '/journey review', 'What the map says and reality does not.', reviewView(reviewSummary())),
  answer(
    'digest-preview',
    '/journey digest',
    'The digest as it would be now.',
    digestPreview({
      ok: true,
      digest: digest(),
      details: digestDetails(),
      scheduled: [{ channel: '#revenue', schedule: '0 9 * * mon', timezone: 'Europe/Berlin', nextAt: now }],
    }),
  ),
  answer('subscriptions', '/journey subscribe', 'The digests that one has asked for.', subscriptionsView([subscription()], now)),
  answer(
    'muted',
    '/journey mute acme 5bd on holiday',
    'What was done, and how to take it back.',
    muteView({ kind: 'done', message: 'Acme GmbH: muted for 5 working days.' }, 'a-1'),
  ),
  answer(
    'review-done',
    '/journey review done',
    'When the next one is due; and so after a snooze or a mute until a day.',
    actView({ kind: 'done', message: 'Noted: the journey map was reviewed. The next review is', when: { words: 'due', at: now + 90 * dayMs } }),
  ),
  answer(
    'not-understood',
    'A filter that is not understood',
    'What was probably meant, and what there is.',
    notUnderstoodView('There is no stage “decison”. Did you mean `stage:decision`? There is `awareness`, `consideration`, `decision`.'),
  ),
  answer('picker', 'Several have this name', 'A search that finds more than one.', pickerView('ac', matches, { do: 'account' })),
  answer(
    'not-found',
    'Nothing has this name',
    'A search that finds none: the nearest are proposed.',
    notFoundView('acne', matches, { do: 'account' }),
  ),
  answer('help', '/journey help', 'Everything that can be asked.', helpView()),
  answer('help-metrics', '/journey help metrics', 'One command in detail.', commandHelpView('metrics')),
  answer(
    'too-late',
    'Too late',
    'A click on an old card changes nothing.',
    actView({ kind: 'stale', message: 'Nothing was changed: already acknowledged.', by: 'U02DANA0000' }),
  ),
  answer('refusal', 'Guests and strangers', 'To people who are no full members of the workspace.', refusalView()),
  answer('not-permitted', 'Not permitted', 'What journey.yml keeps to some people (access).', notPermittedView('mute')),
  answer('not-here', 'Not in this channel', 'Where journey.yml does not let accounts be shown (access: details).', notHereView(['#deal-alerts'])),
  answer('failure', 'A fault of ours', 'The reference finds the error in the log.', failureView('1a2b3c4d')),
];
