import { describe, expect, it } from 'vitest';
import { acme, aTeam } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

const quiet = { from: '19:00', to: '08:00', offDays: true };

describe('quiet hours', () => {
  it('hold what Slack took no messages for in time', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules: { stalled: { after: '8h' } }, alerts: { quiet, repeat: null } }) });
    await bot.live(...acme());
    bot.slack.goesWrong({ on: 'post', failure: { kind: 'retry', retryAfterMs: 3 * 3_600_000 } });
    await bot.at('2026-09-07 18:30');
    expect(bot.slack.cards()).toHaveLength(0);
    await bot.at('2026-09-07 22:00');
    expect(bot.slack.cards()).toHaveLength(0);
    await bot.at('2026-09-08 08:00');
    expect(bot.slack.cards()).toHaveLength(1);
  });

  it('hold what came due while nobody was there', async () => {
    const bot = await aSmallBot({ config: aTeam({ rules: { stalled: { after: '11h' } }, alerts: { quiet, repeat: null } }) });
    await bot.live(...acme());
    await bot.at('2026-09-07 20:30');
    expect(bot.slack.cards()).toHaveLength(0);
    // Down until 23:00 of the next day.
    await bot.at('2026-09-08 23:00');
    expect(bot.slack.cards()).toHaveLength(0);
    await bot.at('2026-09-09 08:00');
    expect(bot.slack.cards()).toHaveLength(1);
  });
});
