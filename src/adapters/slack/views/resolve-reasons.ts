import type { ResolveReason } from '../../../core/alerts/alert.ts';

/** The reasons for resolving by hand, as menus offer them. */
export const reasonOptions: { text: string; value: ResolveReason }[] = [
  { text: 'Done', value: 'done' },
  { text: 'Won’t do', value: 'wont-do' },
  { text: 'Not useful', value: 'not-useful' },
];
