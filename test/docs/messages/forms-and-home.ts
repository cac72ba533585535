import { appHome, bareHome } from '../../../src/adapters/slack/views/app-home.ts';
import { firstHome } from '../../../src/adapters/slack/views/app-home-state.ts';
import { findAccountModal } from '../../../src/adapters/slack/views/find-account.ts';
import { assignForm } from '../../../src/adapters/slack/views/forms/assign-form.ts';
import { saidForm } from '../../../src/adapters/slack/views/forms/form.ts';
import { muteForm } from '../../../src/adapters/slack/views/forms/mute-form.ts';
import { resolveForm } from '../../../src/adapters/slack/views/forms/resolve-form.ts';
import { roleForm } from '../../../src/adapters/slack/views/forms/role-form.ts';
import { snoozeForm } from '../../../src/adapters/slack/views/forms/snooze-form.ts';
import { subscriptionForm } from '../../../src/adapters/slack/views/forms/subscription-form.ts';
import { touchpointForm } from '../../../src/adapters/slack/views/forms/touchpoint-form.ts';
import { failureForm, slowForm } from '../../../src/adapters/slack/views/forms/trouble-form.ts';
import { chooseAccountForm, logMessageForm } from '../../../src/adapters/slack/views/log-message.ts';
import { notPermittedView, refusalModal, refusalView } from '../../../src/adapters/slack/views/refusals.ts';
import { subscription } from '../../adapters/slack/command-samples.ts';
import { homeHealth, homeSummary, onePage } from '../../adapters/slack/home-samples.ts';
import { accountPeople, accountSummary, alertSubject, daysAgo, now } from '../../adapters/slack/samples.ts';
import type { MessageExample, Said } from './message-example.ts';

const form = (name: string, title: string, when: string, said: Said | null): MessageExample => {
  if (said === null) throw new Error(`${name} has nothing to show`);
  return { name: `form-${name}`, title, surface: 'form', when, said };
};
const home = (name: string, title: string, when: string, said: Said): MessageExample => ({
  name: `home-${name}`,
  title,
  surface: 'home',
  when,
  said,
});

const draft = { entryId: 'm-1', at: daysAgo(1), direction: 'inbound' as const, note: 'We still wait for the security questionnaire', personId: null };

export const formsAndHome: readonly MessageExample[] = [
  form('touchpoint', 'Log a touchpoint', 'From a card, an answer or the Home tab.', touchpointForm(accountPeople(), { at: now }, '{}')),
  form(
    'role',
    'Set or remove a role',
    'From an alert about a role, or an answer: who by title may have it is proposed.',
    roleForm(accountPeople(), { role: 'economic_buyer', personId: null }, '{}'),
  ),
  form('assign', 'Assign an alert', 'It counts as taken.', assignForm(alertSubject(), '{}')),
  form('snooze', 'Snooze until a date', 'Or for some working days, or until the stage changes.', snoozeForm(alertSubject(), '{}')),
  form('resolve', 'Resolve with a reason', 'It stays so until its condition changes.', resolveForm(alertSubject(), '{}')),
  form('mute', 'Mute an account', 'For some days, until a date, or until somebody unmutes it.', muteForm({ name: 'Acme GmbH' }, '{}')),
  form('subscription', 'Subscribe to a digest', '/journey subscribe', subscriptionForm(subscription(), true, '{}')),
  form(
    'log-message',
    'Log a message as a touchpoint',
    'The message shortcut: filled in with what the message says.',
    logMessageForm(accountPeople(), draft, '{}'),
  ),
  form('log-message-account', 'With which account?', 'The message shortcut, where the channel does not tell.', chooseAccountForm(draft)),
  form('find-account', 'Find an account', 'The global shortcut.', findAccountModal(accountSummary(), now)),
  form(
    'done',
    'Done',
    'What became of a form, where no card shows it.',
    saidForm({ kind: 'done', message: 'Logged: call with Priya Nair, Acme GmbH.' }),
  ),
  form('slow', 'It takes longer', 'Slack waits three seconds; what became of it follows.', slowForm()),
  form('failure', 'A fault of ours', 'The reference finds the error in the log.', failureForm('1a2b3c4d')),
  form('refused', 'Not permitted', 'A form that is submitted by somebody who may not.', refusalModal(notPermittedView('record'))),
  home(
    'tab',
    'My accounts, alerts and digests',
    'When the Home tab is opened, and after each click on it.',
    appHome(homeSummary({ subscriptions: [subscription()] }), { state: firstHome, notice: null, now, slackWorks: true }),
  ),
  home(
    'admins',
    'The same, for admins',
    'With the health of the connections.',
    appHome(homeSummary({ health: homeHealth() }), { state: firstHome, notice: null, now, slackWorks: true }),
  ),
  home(
    'empty',
    'Nothing yet',
    'Before an account is one’s own.',
    appHome(homeSummary({ accounts: onePage(), alerts: onePage() }), { state: firstHome, notice: null, now, slackWorks: true }),
  ),
  home('refused', 'Guests and strangers', 'The Home tab of those who are no full members.', bareHome(refusalView())),
];
