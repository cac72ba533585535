import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/app/errors.ts';
import { dayMs } from '../../src/core/time.ts';
import { aSignal } from '../core/builders.ts';
import { acme, aTeam } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';
import { eraseAll } from './whole-store.ts';

const about = { accountId: 'a-1', journeys: ['deal:d-1'], names: ['Acme GmbH', 'Acme rollout'] };
const forgets = (bot: SmallBot): string[] => bot.slack.calls.filter((call) => call.startsWith('forget'));

async function aBotWithAPicture(): Promise<SmallBot> {
  const bot = await aSmallBot({ config: aTeam({}) });
  await bot.live(...acme());
  await bot.store.commit([{ kind: 'picture.put', picture: { hash: 'h-1', fileId: 'F1', about, at: bot.clock.now() } }]);
  return bot;
}

describe('a picture in Slack', () => {
  it.each(['account', 'deal'] as const)('is deleted when the %s that it shows is erased', async (kind) => {
    const bot = await aBotWithAPicture();
    await bot.live(aSignal('record.erased', '2026-09-08 09:00', { record: { kind, id: kind === 'account' ? 'a-1' : 'd-1' } }));
    await eraseAll(bot.store, bot.clock.now());
    await bot.deliver.run();
    expect(forgets(bot)).toEqual(['forget F1']);
    expect(await bot.store.picture('h-1')).toBeNull();
  });

  it('is tried to be deleted until Slack has done it', async () => {
    const bot = await aBotWithAPicture();
    const { forgetPicture } = bot.slack.notifier;
    bot.slack.notifier.forgetPicture = async () => {
      throw new DeliveryError('Slack is away', { kind: 'ambiguous' });
    };
    await bot.store.commit([{ kind: 'pictures.expire', before: bot.clock.now() + 1, now: bot.clock.now() }]);
    await bot.deliver.run();
    expect((await bot.store.outboxBacklog()).pending).toBe(1);
    bot.slack.notifier.forgetPicture = forgetPicture;
    expect(await bot.deliver.nextAt()).toBeLessThan(bot.clock.now() + dayMs);
    await bot.at('2026-09-20 09:00');
    await bot.deliver.run();
    expect(forgets(bot)).toEqual(['forget F1']);
    expect((await bot.store.outboxBacklog()).pending).toBe(0);
  });
});
