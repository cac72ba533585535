import type { Account } from '../account.ts';
import type { Deal } from '../deal.ts';

/** A deal of which the bot has something to say, and what that is. */
export type StoryDeal = { deal: Deal; alert: StoryAlert };

/** `name`: the deal's, or the account's. `says`: words that its card must hold. `because`: the reason, as a sales manager would put it. */
export type StoryAlert = { name: string; rule: string; says: RegExp; because: string };

export const storyDeal = (deal: Deal, alert: Omit<StoryAlert, 'name'>): StoryDeal => ({ deal, alert: { name: deal.name, ...alert } });

export const storyAccount = ({ name }: Account, alert: Omit<StoryAlert, 'name'>): StoryAlert => ({ name, ...alert });
