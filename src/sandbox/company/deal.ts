import type { Account, Member } from './account.ts';
import { type Ledger, slug } from './ledger.ts';
import { inboundTypes, outboundTypes, type Touch } from './touch-types.ts';
import type { CrmStage } from './wire-signal.ts';

/** Days are working days before today: 1 is the one before today. */
export type DealDraft = {
  account: Account;
  /** Without the account's name. */
  project: string;
  /** Default: account and project. */
  name?: string;
  amount: number;
  /** Each stage with the day it was entered, the first one being the deal's first day. */
  path: readonly (readonly [CrmStage, number])[];
  /** ISO day, as first said. */
  closeDate: string;
};

export type Deal = {
  readonly id: string;
  readonly name: string;
  readonly account: Account;
  /** Conversation with these people, in turn, between two days (both included), about every `every` days: they write, we answer. */
  talk(between: { from: number; to: number; every: number; with: readonly Member[] }): void;
  /** They write, and we answer the same day. */
  exchange(member: Member, day: number): void;
  inbound(member: Member, day: number, touch: Touch, minutes?: number): void;
  outbound(member: Member, day: number, touch: Touch, minutes?: number): void;
  nextStep(title: string, due: string, day: number): void;
  closeDate(closeDate: string, day: number): void;
};

/** The end of the office day: stages move after what moved them. */
const evening = 470;

export function addDeal(ledger: Ledger, draft: DealDraft): Deal {
  const { office, random } = ledger;
  const { account, path } = draft;
  const id = `d-${account.slug}-${slug(draft.project)}`;
  const name = draft.name ?? `${account.name} ${draft.project}`;
  const [start] = path;
  if (start === undefined) throw new RangeError(`${name} has no path`);

  ledger.say(id, office.ago(start[1], 15), {
    type: 'deal.upserted',
    deal: {
      id,
      accountId: account.id,
      name,
      pipeline: 'default',
      stage: start[0],
      amount: draft.amount,
      currency: 'EUR',
      ownerEmail: account.ownerEmail,
      closeDate: draft.closeDate,
      status: 'open',
      url: `https://crm.example/deal/${id}`,
    },
  });
  for (const [stage, day] of path.slice(1)) {
    ledger.say(id, office.ago(day, evening), { type: 'stage.entered', stage: { dealId: id, stage } });
    const status = stage === 'closedwon' ? 'won' : stage === 'closedlost' ? 'lost' : null;
    if (status !== null) ledger.say(id, office.ago(day, evening), { type: 'deal.upserted', deal: { id, status } });
  }

  const stageOn = (day: number): CrmStage => path.findLast(([, entered]) => entered > day)?.[0] ?? start[0];
  const touch = (member: Member, day: number, direction: 'inbound' | 'outbound', { type, channel, asset, sentiment }: Touch, minutes: number): void =>
    ledger.say(id, office.ago(day, minutes), {
      type: 'touchpoint.recorded',
      touchpoint: {
        accountId: account.id,
        dealId: id,
        personId: member.id,
        type,
        channel,
        direction,
        ...(asset === undefined ? {} : { asset }),
        ...(sentiment === undefined ? {} : { sentiment }),
      },
    });
  const exchange = (member: Member, day: number): void => {
    const minutes = random.between(20, 250);
    touch(member, day, 'inbound', random.pick(inboundTypes[stageOn(day)]), minutes);
    touch(member, day, 'outbound', random.pick(outboundTypes), minutes + random.between(35, 150));
  };

  return {
    id,
    name,
    account,
    talk({ from, to, every, with: people }) {
      let turn = 0;
      for (let day = from; day >= to; day -= Math.max(1, every + random.between(-1, 1))) {
        const member = people[turn % people.length];
        if (member !== undefined) exchange(member, day);
        turn += 1;
      }
    },
    exchange,
    inbound: (member, day, said, minutes = random.between(20, 250)) => touch(member, day, 'inbound', said, minutes),
    outbound: (member, day, said, minutes = random.between(260, 440)) => touch(member, day, 'outbound', said, minutes),
    nextStep: (title, due, day) => ledger.say(id, office.ago(day, evening - 5), { type: 'next-step.set', nextStep: { dealId: id, title, due } }),
    closeDate: (closeDate, day) => ledger.say(id, office.ago(day, evening - 10), { type: 'deal.upserted', deal: { id, closeDate } }),
  };
}
