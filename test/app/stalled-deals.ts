import { acme, aTeam, deal, stalledAt } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const deals = (count: number) => Array.from({ length: count }, (_, index) => deal(`d-${index + 1}`));

/** Has told of its deals, and is about to say that they have stalled. */
export async function aBotWith(count: number, options: Parameters<typeof aSmallBot>[0] = {}): Promise<SmallBot> {
  const bot = await aSmallBot({ config: aTeam(), ...options });
  await bot.live(...(count === 1 ? acme() : deals(count)));
  bot.setTime(stalledAt);
  await bot.evaluateDue();
  return bot;
}
