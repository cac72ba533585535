import { slug } from '../company/ledger.ts';
import type { CrmStage, WireBody } from '../company/wire-signal.ts';
import type { CrmAction } from '../controls.ts';

/** What a CRM says when a person does that in it. */
export function signalsOfAction(action: CrmAction): WireBody[] {
  switch (action.kind) {
    case 'move':
      return [{ type: 'stage.entered', stage: { dealId: action.dealId, stage: stageOf(action.stage) } }];
    case 'touchpoint': {
      const { accountId, dealId, personId, type, direction } = action;
      return [
        {
          type: 'touchpoint.recorded',
          touchpoint: { accountId, ...(dealId === undefined ? {} : { dealId }), personId, type, channel: channels[type] ?? 'email', direction },
        },
      ];
    }
    case 'win':
      return closed(action.dealId, 'closedwon', 'won');
    case 'lose':
      return closed(action.dealId, 'closedlost', 'lost');
    case 'delete':
      return [{ type: 'record.deleted', record: { kind: 'deal', id: action.dealId } }];
    case 'next-step':
      return [{ type: 'next-step.set', nextStep: { dealId: action.dealId, title: action.title, due: action.due } }];
    case 'person': {
      const { accountId, name, title, role } = action;
      const id = `p-${accountId}-${slug(name) || encodeURIComponent(name)}`;
      return [{ type: 'person.upserted', person: { id, accountId, name, title, roles: role === undefined ? [] : [role] } }];
    }
  }
}

/** The stages of the demo's CRM, as the journey map and its people call them. */
export const crmStageLabels: Readonly<Record<CrmStage, string>> = {
  appointmentscheduled: 'Qualification: appointment scheduled',
  qualifiedtobuy: 'Qualification: qualified to buy',
  presentationscheduled: 'Consideration: presentation scheduled',
  decisionmakerboughtin: 'Proposal: decision maker bought in',
  contractsent: 'Decision: contract sent',
  closedwon: 'Won',
  closedlost: 'Lost',
};

/** What CRMs of that kind call the people of a sale. */
export const crmRoles = [
  { value: 'BUDGET_HOLDER', label: 'Economic buyer' },
  { value: 'CHAMPION', label: 'Champion' },
  { value: 'Technical Evaluator', label: 'Technical evaluator' },
  { value: 'END_USER', label: 'End user' },
  { value: 'EXECUTIVE_SPONSOR', label: 'Executive sponsor' },
  { value: 'LEGAL_AND_COMPLIANCE', label: 'Legal' },
] as const;

const channels: Readonly<Record<string, string>> = { call: 'phone', meeting: 'video' };

const closed = (id: string, stage: CrmStage, status: 'won' | 'lost'): WireBody[] => [
  { type: 'stage.entered', stage: { dealId: id, stage } },
  { type: 'deal.upserted', deal: { id, status } },
];

/** @throws RangeError for a stage that the CRM does not have */
function stageOf(value: string): CrmStage {
  if (!(value in crmStageLabels)) throw new RangeError(`the CRM has no stage ${value}`);
  return value as CrmStage;
}
