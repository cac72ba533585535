import { z } from 'zod';
import { readValue } from '../action-values.ts';

/** Which parts of the Home tab fold in and out. */
export const homeParts = ['alerts', 'accounts', 'digests', 'health'] as const;
export type HomePart = (typeof homeParts)[number];

export const homeStateSchema = z.strictObject({ alerts: z.int().positive(), accounts: z.int().positive(), folded: z.array(z.enum(homeParts)) });

/** What somebody looks at: the pages, and what is folded in. It travels in the view, and in each button as it will be after a click. */
export type HomeState = z.infer<typeof homeStateSchema>;

export const firstHome: HomeState = { alerts: 1, accounts: 1, folded: [] };

export const writeHomeState = (state: HomeState): string => JSON.stringify(state);

/** From the beginning where it cannot be read. */
export const readHomeState = (text: string | undefined): HomeState => readValue(homeStateSchema, text) ?? firstHome;

export const withFold = (state: HomeState, part: HomePart): HomeState => ({
  ...state,
  folded: state.folded.includes(part) ? state.folded.filter((other) => other !== part) : [...state.folded, part],
});
