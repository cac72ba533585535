import { addAccount, wholeCommittee } from '../account.ts';
import { addDeal, type Deal } from '../deal.ts';
import type { Ledger } from '../ledger.ts';
import type { CrmStage } from '../wire-signal.ts';

/** Every stage up to the contract. */
export const toContract = ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent'] as const;

type LivelyDraft = {
  name: string;
  ownerEmail: string;
  project: string;
  dealName?: string;
  amount: number;
  stages: readonly CrmStage[];
  champion: string;
  /** Default: in the future. */
  closeDate?: string;
  /** The last days of conversation end here. */
  lastTalk?: number;
};

/** Six working days a stage, the last one entered two days ago, with everybody there and talking. */
export function livelyDeal(ledger: Ledger, { lastTalk = 1, ...draft }: LivelyDraft): Deal {
  const { office } = ledger;
  const path = draft.stages.map((stage, index): [CrmStage, number] => [stage, 2 + 6 * (draft.stages.length - 1 - index)]);
  const start = path[0]?.[1] ?? 2;
  const account = addAccount(ledger, {
    name: draft.name,
    segment: 'mid-market',
    ownerEmail: draft.ownerEmail,
    since: start + 2,
    committee: wholeCommittee,
    named: { champion: draft.champion },
  });
  const deal = addDeal(ledger, {
    account,
    project: draft.project,
    ...(draft.dealName === undefined ? {} : { name: draft.dealName }),
    amount: draft.amount,
    path,
    closeDate: draft.closeDate ?? office.ahead(20),
  });
  deal.talk({ from: start, to: lastTalk + 4, every: 2, with: account.people });
  for (const [index, member] of account.people.entries()) deal.exchange(member, lastTalk + (index % 4));
  return deal;
}
