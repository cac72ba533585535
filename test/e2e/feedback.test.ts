import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { answerTo, ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { postsOf, shown } from './running-bot.ts';

const yml = `
admin: "#admin"
calendar: { hours: "09:00-17:00" }
segments: { enterprise: { when: { amount: ">= 50000" } } }
maps:
  sales:
    extends: b2b-saas
    rules: { no-activity: off, missing-role: off, single-threaded: off, close-date: off, ghosted: off, silent-role: off, moment-missed: off }
    stages: { decision: { rules: { stalled: { after: 10bd } } } }
routes: [{ channel: "#deal-alerts" }]
alerts: { repeat: off, budget: 100 }
feed: { staleAfter: 300d }
`;

/** 7 September 2026 is a Monday. */
const clock = movableClock();

describe('feedback on alerts', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    clock.move('2026-09-07 10:00');
    here = await botHere({ yml, clock, before: (sandbox) => void sandbox.workspace.addChannel({ name: 'admin' }) });
    const deals = Array.from({ length: 22 }, (_, index) => ({
      id: `e${index}`,
      type: 'deal.upserted',
      occurredAt: '2026-09-07T09:59:00Z',
      deal: { id: `d-${index}`, name: `Deal ${index}`, stage: 'decision', amount: 9_000 },
    }));
    expect(await here.send(deals)).toBe(200);
    await here.bot.idle();
    clock.move('2026-09-22 10:00');
    await here.bot.idle();
  }, 60_000);
  afterAll(() => here.end());

  const cards = (): SandboxMessage[] =>
    postsOf(here.sandbox).filter(({ channel, text }) => channel === here.sandbox.workspace.channel('deal-alerts')?.id && text.startsWith('Deal '));
  /** What is answered to a vote on the first card. */
  const vote = async (choice: 'useful' | 'not-useful', user = 'dana'): Promise<string> => {
    const [card] = cards();
    const option = JSON.stringify(card?.blocks).match(new RegExp(`"(${choice}:[^"]+)"`))?.[1] ?? '';
    const at = { user, channel: card?.channel ?? '', ts: card?.ts ?? '' };
    return shown(await answerTo(here.sandbox, await here.sandbox.act({ ...at, actionId: 'vote', selectedOption: { value: option } })));
  };
  const answer = async (text: string): Promise<string> => shown(await ask(here.sandbox, text));

  it('is given behind three dots on the card, told to the one who gave it, and kept for why', async () => {
    expect(cards()).toHaveLength(22);
    expect(await vote('not-useful')).toContain('Noted: not useful. It counts for the rule “Stalled”');
    expect(await vote('not-useful')).toContain('Nothing was changed: you have called it not useful already.');
    expect(await vote('useful', 'gail')).toContain('Sorry');
    expect(await answer(`why ${cards()[0]?.text.split(':')[0]}`)).toContain('called not useful');
    expect(cards()).toHaveLength(22);
  });

  it('makes, once nobody acted in time, one suggestion for the month with lines to paste and what they would have given', async () => {
    clock.move('2026-10-01 10:00');
    // Any click wakes the regular round.
    await vote('not-useful', 'marco');
    const notices = () =>
      here.sandbox.workspace
        .messages('admin')
        .map(shown)
        .filter((text) => text.includes('nobody acts on'));
    await expect.poll(notices, { timeout: 20_000 }).toHaveLength(1);
    expect(notices()[0]).toContain('“Stalled”: 0 of 22 alerts were acted on within 2 working days');
    expect(notices()[0]).toContain('22 journeys, of which 0 have ended. Now → with the change:');
    expect(notices()[0]).toMatch(/Alerts of this rule a week: \d+\.\d \(22 in all\) → \d+\.\d \(22 in all\)/);
    expect(notices()[0]).toContain('how many of the alerted that ended were lost: too few (0) → too few (0)');
    expect(notices()[0]).toContain('stages:\\n      decision:\\n        rules:\\n          stalled:\\n            after: 15bd');
    await vote('useful', 'marco');
    await here.bot.idle();
    expect(notices()).toHaveLength(1);
    expect(await answer('digest')).toContain('Noisiest rule:');
  });

  it('stands in the review, which is noted when it is done', async () => {
    const review = await answer('review');
    expect(review).toContain('Stalled: 1 of 22 alerts acted on');
    expect(review).toContain('Segments that no journey ever belonged to: enterprise');
    expect(await answer('review done')).toMatch(/The next review is .*due 2026-12-30/);
  });
});
