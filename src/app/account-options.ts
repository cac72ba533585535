import { foldText } from '../core/journey/search-terms.ts';
import type { Match } from '../core/summary.ts';
import type { Store } from './ports.ts';
import type { Search } from './search.ts';
import type { Records } from './use-cases.ts';

type AccountOptionsDependencies = { store: Pick<Store, 'loadNeighbourhood'>; search: Pick<Search, 'candidates'> };

/** As many as a menu of Slack takes; what has this beginning in common looks the same in one. */
const optionsShown = 100;
const sameLook = 40;

/** Accounts for a menu. Those that look the same get their domain beside their name, or their id where that says nothing. */
export function createAccountOptions({ store, search }: AccountOptionsDependencies): Records['findAccountOptions'] {
  return async (query) => {
    const matches = await search.candidates('account', query, optionsShown);
    const groups = [...Map.groupBy(matches, ({ name }) => foldText(name).slice(0, sameLook)).values()];
    const details = await detailsOf(groups.filter(({ length }) => length > 1));
    return matches.map((match) => ({ ...match, detail: details.get(match.id) ?? match.detail }));
  };

  async function detailsOf(groups: readonly Match[][]): Promise<Map<string, string>> {
    if (groups.length === 0) return new Map();
    const { accounts } = await store.loadNeighbourhood(groups.flat().map(({ id }) => ({ kind: 'account', id })));
    const domainOf = ({ id }: Match): string | null => accounts.get(id)?.record.domain?.value ?? null;
    return new Map(
      groups.flatMap((alike) => {
        const isTold = new Set(alike.map(domainOf)).size === alike.length;
        return alike.map((match): [string, string] => [match.id, (isTold ? domainOf(match) : null) ?? match.id]);
      }),
    );
  }
}
