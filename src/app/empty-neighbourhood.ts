import type { Neighbourhood } from './ports.ts';

/** Nothing is known of anything. */
export const emptyNeighbourhood = (): Neighbourhood => ({
  accounts: new Map(),
  deals: new Map(),
  people: new Map(),
  aliases: new Map(),
  journeys: new Map(),
  alerts: new Map(),
  cards: new Map(),
  mutes: new Map(),
});
