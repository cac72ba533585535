import type { Deal } from '../deal.ts';

/** A deal of which the bot has something to say, and what that is. */
export type StoryDeal = { deal: Deal; alert: StoryAlert };

/** `says`: words that the card must hold. `because`: the reason, as a sales manager would put it. */
export type StoryAlert = { dealId: string; dealName: string; rule: string; says: RegExp; because: string };

export const storyDeal = (deal: Deal, alert: Pick<StoryAlert, 'rule' | 'says' | 'because'>): StoryDeal => ({
  deal,
  alert: { dealId: deal.id, dealName: deal.name, ...alert },
});
