import { createElement as h, type ReactNode } from 'react';
import type { CrmAccount, CrmControl } from '../../../controls.ts';

/** What one can do in the CRM, in the order of the menu. Each names the fields that it needs. */
const deeds = [
  { kind: 'move', label: 'Move the deal to a stage' },
  { kind: 'inbound', label: 'They write or call' },
  { kind: 'outbound', label: 'We write or call' },
  { kind: 'next-step', label: 'Set the next step' },
  { kind: 'person', label: 'Add a person' },
  { kind: 'win', label: 'Win the deal' },
  { kind: 'lose', label: 'Lose the deal' },
  { kind: 'delete', label: 'Delete the deal' },
] as const;

const touchTypes = [
  { value: 'email', label: 'E-mail' },
  { value: 'call', label: 'Call' },
  { value: 'meeting', label: 'Meeting' },
] as const;

/** A small CRM: what is done here is sent to the bot's webhook, signed, as any CRM would. */
export function drawCrmSection(crm: CrmControl): ReactNode {
  return h(
    'section',
    { className: 'control', 'aria-labelledby': 'control-crm' },
    h('h3', { id: 'control-crm' }, 'CRM'),
    h('p', { className: 'muted' }, 'What you do here reaches the bot as a signed webhook, as from any CRM.'),
    drawCrmForm(crm),
  );
}

export function drawCrmForm(crm: CrmControl): ReactNode {
  const accounts = crm.accounts().filter(({ deals }) => deals.length > 0);
  return h(
    'form',
    { className: 'crm', id: 'crm', 'aria-labelledby': 'control-crm' },
    drawField(
      'crm-deal',
      'Deal',
      null,
      drawGrouped('crm-deal', 'dealId', accounts, ({ deals }) => deals.map(({ id, name, stage }) => ({ value: id, label: name, stage }))),
    ),
    drawField(
      'crm-kind',
      'What happens',
      null,
      drawMenu(
        'crm-kind',
        'kind',
        deeds.map(({ kind, label }) => ({ value: kind, label })),
      ),
    ),
    drawField('crm-stage', 'Stage', 'move', drawMenu('crm-stage', 'stage', crm.stages)),
    drawField(
      'crm-person',
      'Person',
      'inbound outbound',
      drawGrouped('crm-person', 'personId', accounts, ({ people }) =>
        people.map(({ id, name, title }) => ({ value: id, label: `${name}, ${title}` })),
      ),
    ),
    drawField('crm-type', 'How', 'inbound outbound', drawMenu('crm-type', 'type', touchTypes)),
    drawField(
      'crm-step',
      'Next step',
      'next-step',
      h('input', { id: 'crm-step', name: 'title', className: 'field', required: true, maxLength: 200, defaultValue: 'Call about the contract' }),
    ),
    drawField('crm-due', 'Due', 'next-step', h('input', { id: 'crm-due', name: 'due', type: 'date', className: 'field' })),
    drawField(
      'crm-name',
      'Name',
      'person',
      h('input', { id: 'crm-name', name: 'name', className: 'field', required: true, maxLength: 200, defaultValue: 'Alex Morgan' }),
    ),
    drawField(
      'crm-job',
      'Job title',
      'person',
      h('input', { id: 'crm-job', name: 'job', className: 'field', required: true, maxLength: 200, defaultValue: 'Finance Director' }),
    ),
    drawField('crm-role', 'Role', 'person', drawMenu('crm-role', 'role', [{ value: '', label: 'Not said' }, ...crm.roles])),
    h('button', { type: 'submit', className: 'button button--primary' }, 'Send to the bot'),
    h('p', { className: 'crm__answer', id: 'crm-answer', role: 'status' }),
  );
}

type Choice = { value: string; label: string; stage?: string };

/** `only`: the deeds that need the field; null is all of them. */
function drawField(id: string, label: string, only: string | null, control: ReactNode): ReactNode {
  return h(
    'div',
    { className: 'crm__field', 'data-only': only ?? undefined, hidden: only !== null && !only.split(' ').includes(deeds[0].kind) },
    h('label', { htmlFor: id }, label),
    control,
  );
}

function drawMenu(id: string, name: string, choices: readonly Choice[]): ReactNode {
  return h('select', { id, name, className: 'select' }, ...choices.map(({ value, label }) => h('option', { value, 'data-label': label }, label)));
}

function drawGrouped(id: string, name: string, accounts: readonly CrmAccount[], choices: (account: CrmAccount) => Choice[]): ReactNode {
  return h(
    'select',
    { id, name, className: 'select' },
    ...accounts.map((account) =>
      h(
        'optgroup',
        { label: account.name, 'data-account': account.id },
        ...choices(account).map(({ value, label, stage }) => h('option', { value, 'data-stage': stage }, label)),
      ),
    ),
  );
}
