import { firstNames, lastNames } from './invented-names.ts';
import { type Ledger, slug } from './ledger.ts';

/** A seat on a buying committee: `roles` are HubSpot's values; without one, only the title tells. */
export type Seat = { key: SeatKey; title: string; roles: string[] };
export type SeatKey = 'champion' | 'buyer' | 'architect' | 'user' | 'legal' | 'director' | 'procurement' | 'analyst';

export type Member = { id: string; name: string; seat: SeatKey };
export type Account = { id: string; slug: string; name: string; ownerEmail: string; people: Member[] };

/** Everybody a sale needs. */
export const wholeCommittee: readonly Seat[] = [
  { key: 'champion', title: 'Head of Operations', roles: ['CHAMPION'] },
  { key: 'buyer', title: 'CFO', roles: ['BUDGET_HOLDER'] },
  { key: 'architect', title: 'Head of IT', roles: [] },
  { key: 'user', title: 'Team Lead Service', roles: ['END_USER'] },
  { key: 'legal', title: 'General Counsel', roles: ['LEGAL_AND_COMPLIANCE'] },
  { key: 'director', title: 'Managing Director', roles: ['DECISION_MAKER', 'EXECUTIVE_SPONSOR'] },
  { key: 'procurement', title: 'Head of Procurement', roles: [] },
];

export const seats = (...keys: SeatKey[]): Seat[] => wholeCommittee.filter(({ key }) => keys.includes(key));
export const analyst: Seat = { key: 'analyst', title: 'Business Analyst', roles: [] };

export type AccountDraft = {
  name: string;
  segment: 'enterprise' | 'mid-market';
  ownerEmail: string;
  /** Working days ago. */
  since: number;
  committee: readonly Seat[];
  /** Names for seats that the story speaks of; the others get invented ones. */
  named?: Partial<Record<SeatKey, string>>;
};

/** An account with its people, as the CRM first heard of them. */
export function addAccount(ledger: Ledger, draft: AccountDraft): Account {
  const { office, random } = ledger;
  const short = slug(draft.name);
  const account: Account = { id: `a-${short}`, slug: short, name: draft.name, ownerEmail: draft.ownerEmail, people: [] };
  ledger.say(account.id, office.ago(draft.since, 5), {
    type: 'account.upserted',
    account: {
      id: account.id,
      name: draft.name,
      domain: `${short}.example`,
      segment: draft.segment,
      ownerEmail: draft.ownerEmail,
      lifecycleStage: 'opportunity',
      url: `https://crm.example/company/${account.id}`,
    },
  });
  for (const [index, seat] of draft.committee.entries()) {
    const name = draft.named?.[seat.key] ?? inventName(ledger, account.people);
    const member: Member = { id: `p-${short}-${slug(name)}`, name, seat: seat.key };
    account.people.push(member);
    ledger.say(member.id, office.ago(draft.since, 6 + index), {
      type: 'person.upserted',
      person: {
        id: member.id,
        accountId: account.id,
        name,
        title: random.chance(0.5) ? seat.title : (otherTitles[seat.key] ?? seat.title),
        email: `${slug(name).replaceAll('-', '.')}@${short}.example`,
        roles: seat.roles,
      },
    });
  }
  return account;
}

/** @throws RangeError when the account has nobody in that seat */
export function memberIn(account: Account, seat: SeatKey): Member {
  const member = account.people.find((each) => each.seat === seat);
  if (member === undefined) throw new RangeError(`${account.name} has no ${seat}`);
  return member;
}

const otherTitles: Partial<Record<SeatKey, string>> = {
  champion: 'Director of Operations',
  buyer: 'Finance Director',
  architect: 'CTO',
  user: 'Shift Supervisor',
};

function inventName({ random }: Ledger, taken: readonly Member[]): string {
  for (;;) {
    const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
    if (!taken.some((member) => member.name === name)) return name;
  }
}
