import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { type BotHere, botHere } from './bot-here.ts';
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

/** Goes on by itself and can be moved. 7 September 2026 is a Monday. */
let ahead = 0;
const move = (to: string): void => {
  ahead = Date.parse(`${to.replace(' ', 'T')}:00Z`) - Date.now();
};
const clock = { now: () => Date.now() + ahead };

describe('feedback on alerts', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    move('2026-09-07 10:00');
    here = await botHere({ yml, clock, before: (sandbox) => void sandbox.workspace.addChannel({ name: 'admin' }) });
    const deals = Array.from({ length: 22 }, (_, index) => ({
      id: `e${index}`,
      type: 'deal.upserted',
      occurredAt: '2026-09-07T09:59:00Z',
      deal: { id: `d-${index}`, name: `Deal ${index}`, stage: 'decision', amount: 9_000 },
    }));
    expect(await here.send(deals)).toBe(200);
    await here.bot.idle();
    move('2026-09-22 10:00');
    await here.bot.idle();
  }, 60_000);
  afterAll(() => here.end());

  const cards = (): SandboxMessage[] =>
    postsOf(here.sandbox).filter(({ channel, text }) => channel === here.sandbox.workspace.channel('deal-alerts')?.id && text.startsWith('Deal '));
  const answers = (): string => here.sandbox.workspace.ephemerals().map(shown).join('\n');
  const vote = (choice: 'useful' | 'not-useful', user = 'dana') => {
    const [card] = cards();
    const option = JSON.stringify(card?.blocks).match(new RegExp(`"(${choice}:[^"]+)"`))?.[1] ?? '';
    return here.sandbox.act({ user, channel: card?.channel ?? '', ts: card?.ts ?? '', actionId: 'vote', selectedOption: { value: option } });
  };
  const ask = (text: string) => here.sandbox.command({ user: 'dana', channel: 'general', command: '/journey', text });

  it('is given behind three dots on the card, told to the one who gave it, and kept for why', async () => {
    expect(cards()).toHaveLength(22);
    await vote('not-useful');
    await expect.poll(answers, { timeout: 5_000 }).toContain('Noted: not useful. It counts for the rule “Stalled”');
    await vote('not-useful');
    await expect.poll(answers, { timeout: 5_000 }).toContain('Nothing was changed: you have called it not useful already.');
    await vote('useful', 'gail');
    await expect.poll(answers, { timeout: 5_000 }).toContain('Sorry');
    await ask(`why ${cards()[0]?.text.split(':')[0]}`);
    await expect.poll(answers, { timeout: 5_000 }).toContain('called not useful');
    expect(cards()).toHaveLength(22);
  });

  it('makes, once nobody acted in time, one suggestion for the month with lines to paste and what they would have given', async () => {
    move('2026-10-01 10:00');
    // Any click wakes the regular round.
    await vote('not-useful', 'marco');
    const notices = () =>
      here.sandbox.workspace
        .messages('admin')
        .map(shown)
        .filter((text) => text.includes('nobody acts on'));
    await expect.poll(notices, { timeout: 10_000 }).toHaveLength(1);
    expect(notices()[0]).toContain('“Stalled”: 0 of 22 alerts were acted on within 2 working days');
    expect(notices()[0]).toContain('22 journeys, of which 0 have ended. Now → with the change:');
    expect(notices()[0]).toMatch(/Alerts of this rule a week: \d+\.\d \(22 in all\) → \d+\.\d \(22 in all\)/);
    expect(notices()[0]).toContain('how many of the alerted that ended were lost: too few (0) → too few (0)');
    expect(notices()[0]).toContain('stages:\\n      decision:\\n        rules:\\n          stalled:\\n            after: 15bd');
    await vote('useful', 'marco');
    await here.bot.idle();
    expect(notices()).toHaveLength(1);
    await ask('digest');
    await expect.poll(answers, { timeout: 5_000 }).toContain('Noisiest rule:');
  });

  it('stands in the review, which is noted when it is done', async () => {
    await ask('review');
    await expect.poll(answers, { timeout: 10_000 }).toContain('Stalled: 1 of 22 alerts acted on');
    expect(answers()).toContain('Segments that no journey ever belonged to: enterprise');
    await ask('review done');
    await expect.poll(answers, { timeout: 5_000 }).toContain('The next review is due on 2026-12-30');
  });
});
