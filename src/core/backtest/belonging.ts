import type { RecordKind, Signal } from '../journey/signal.ts';

type Ref = { kind: RecordKind; id: string };

/** Which records must be looked at together, because the journeys of one are made of the others as well. */
export type Belonging = {
  add(signal: Signal): void;
  /** How many accounts and deals were named. */
  counts(): { account: number; deal: number };
  /** An account with its deals and people, or a deal without an account with its people. A person can be in several. */
  groups(): Generator<Ref[]>;
};

/**
 * Read off all signals, so that it holds for every moment of the past: whoever was ever linked is together. Accounts and deals that are linked, or were
 * merged, make a group. People join groups and do not tie them together: a consultant who is on everybody's deals would make one group of all.
 */
export function createBelonging(): Belonging {
  const records = { account: createPartition(), deal: createPartition(), person: createPartition() };
  const travelling = createPartition();
  /** By the number of a person: the numbers, among the travelling, of what the person was ever linked to. */
  const linked: number[][] = [];
  const place = (kind: 'account' | 'deal', id: string): number => {
    records[kind].number(id);
    return travelling.number(`${kind}:${id}`);
  };

  return {
    add(signal) {
      switch (signal.type) {
        case 'account.upserted':
          place('account', signal.account.id);
          break;
        case 'deal.upserted': {
          const deal = place('deal', signal.deal.id);
          if (signal.deal.accountId != null) travelling.join(deal, place('account', signal.deal.accountId));
          break;
        }
        case 'person.upserted': {
          const { id, accountId, dealIds, dealLinks = [] } = signal.person;
          const links = [...(dealIds ?? []), ...dealLinks.map(({ dealId }) => dealId)].map((deal) => place('deal', deal));
          if (accountId != null) links.push(place('account', accountId));
          link(records.person.number(id), links);
          break;
        }
        // Whom it names may have been deleted, which makes nobody of them there, too.
        case 'touchpoint.recorded': {
          const { accountId, dealId, personId } = signal.touchpoint;
          const about = dealId != null ? `deal:${dealId}` : accountId != null ? `account:${accountId}` : null;
          if (personId != null && about !== null) link(records.person.number(personId), [travelling.number(about)]);
          break;
        }
        case 'record.merged': {
          const { kind, from, into } = signal.merge;
          for (const id of from) {
            if (kind === 'person') records.person.join(records.person.number(id), records.person.number(into));
            else travelling.join(place(kind, id), place(kind, into));
          }
          break;
        }
      }
    },
    counts: () => ({ account: records.account.size(), deal: records.deal.size() }),
    *groups() {
      const members = new Map<number, Ref[]>();
      for (const [name, number] of travelling.all()) {
        const colon = name.indexOf(':');
        into(members, travelling.root(number)).push({ kind: name.slice(0, colon) as RecordKind, id: name.slice(colon + 1) });
      }
      const homes = new Map<number, Set<number>>();
      for (const [, number] of records.person.all()) {
        const root = records.person.root(number);
        const home = homes.get(root) ?? new Set();
        homes.set(root, home);
        for (const other of linked[number] ?? []) home.add(travelling.root(other));
      }
      for (const [id, number] of records.person.all()) {
        for (const home of homes.get(records.person.root(number)) ?? []) into(members, home).push({ kind: 'person', id });
      }
      yield* members.values();
    },
  };

  function link(person: number, others: readonly number[]): void {
    const known = linked[person] ?? [];
    linked[person] = known;
    for (const other of others) if (!known.includes(other)) known.push(other);
  }
}

function into(members: Map<number, Ref[]>, root: number): Ref[] {
  const list = members.get(root) ?? [];
  members.set(root, list);
  return list;
}

/** Names as numbers, and which of them are together (union–find with path halving). */
function createPartition() {
  const numbers = new Map<string, number>();
  const parents: number[] = [];
  const root = (number: number): number => {
    let at = number;
    for (;;) {
      const parent = parents[at] ?? at;
      if (parent === at) return at;
      parents[at] = parents[parent] ?? parent;
      at = parent;
    }
  };
  return {
    root,
    number(name: string): number {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, parents.length);
      return parents.push(parents.length) - 1;
    },
    join(a: number, b: number): void {
      parents[root(a)] = root(b);
    },
    size: () => numbers.size,
    all: () => numbers.entries(),
  };
}
