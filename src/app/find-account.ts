import { isAlive } from '../core/journey/record.ts';
import type { DealMatch, Match } from '../core/summary.ts';
import type { Store } from './ports.ts';
import type { Search } from './search.ts';
import type { Acts } from './use-cases.ts';

type FindAccountDependencies = { store: Pick<Store, 'loadNeighbourhood'>; search: Search };

/** The account that a name means. Where no account is called so, but a deal is, whose deal that is: people know deals by name, and may be asking about one. */
export function createFindAccount({ store, search }: FindAccountDependencies): Acts['findAccount'] {
  return async (query) => {
    const account = await search.find('account', query, async (match) => match);
    if (account.kind !== 'none') return account;
    const deal = await search.find('deal', query, async (match) => match);
    const matches = deal.kind === 'one' ? [deal.summary] : deal.kind === 'several' ? deal.matches : account.nearest.length > 0 ? [] : deal.nearest;
    return matches.length === 0 ? account : { kind: 'deals', query, isNamed: deal.kind !== 'none', deals: await withAccounts(matches) };
  };

  async function withAccounts(matches: readonly Match[]): Promise<DealMatch[]> {
    const { deals, accounts, aliases } = await store.loadNeighbourhood(matches.map(({ id }) => ({ kind: 'deal', id })));
    return matches.map((deal) => {
      const said = deals.get(aliases.get(`deal:${deal.id}`) ?? deal.id)?.record.accountId?.value;
      const account = said == null ? undefined : accounts.get(aliases.get(`account:${said}`) ?? said)?.record;
      if (account === undefined || !isAlive(account)) return { deal, account: null };
      return { deal, account: { id: account.id, name: account.name?.value ?? account.domain?.value ?? account.id } };
    });
  }
}
