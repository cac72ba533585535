import type { Store } from './ports.ts';
import type { MessagePlaces } from './use-cases.ts';

type MessagePlaceDependencies = { store: Pick<Store, 'accountsOnCards' | 'peopleWithEmail' | 'loadNeighbourhood'> };

/** Whom a message in Slack is likely to be about: never sure, so whoever logs it sees it and can choose another one. */
export function createMessagePlaces({ store }: MessagePlaceDependencies): MessagePlaces {
  return {
    async placeOf({ channels, threadTs, authorEmail }) {
      const person = authorEmail === null ? null : await personWith(authorEmail);
      if (person !== null) return person;
      // Below a card it is about that card's account; elsewhere only if the channel has cards of one alone.
      const [ofCard] = threadTs === null ? [] : await store.accountsOnCards(channels, threadTs, 1);
      if (ofCard !== undefined) return { accountId: ofCard, personId: null };
      const [only, other] = await store.accountsOnCards(channels, null, 2);
      return only === undefined || other !== undefined ? null : { accountId: only, personId: null };
    },
  };

  async function personWith(email: string): Promise<{ accountId: string; personId: string } | null> {
    const [id, other] = await store.peopleWithEmail(email, 2);
    if (id === undefined || other !== undefined) return null;
    const { people, aliases } = await store.loadNeighbourhood([{ kind: 'person', id }]);
    const named = people.get(id)?.record.accountId?.value;
    return named == null ? null : { accountId: aliases.get(`account:${named}`) ?? named, personId: id };
  }
}
