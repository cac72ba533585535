import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Alert } from '../../src/core/alerts/alert.ts';
import { cardContent } from '../../src/core/alerts/card-content.ts';
import { judge, mapOf } from '../../src/core/alerts/decide.ts';
import type { Journey } from '../../src/core/journey/journey.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { dayMs, hourMs, minuteMs } from '../../src/core/time.ts';
import { journeysOf, worldOf } from '../core/journey/records-world.ts';
import { everyId, someSignal } from '../core/journey/some-signals.ts';
import { acme, aTeam } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';
import { eraseAll } from './whole-store.ts';

const rules = {
  stalled: { after: '3d' },
  'no-activity': { after: '2d' },
  ghosted: { after: '1d', attempts: 2 },
  'missing-role': { grace: '1d' },
  'response-gap': { types: ['email', 'call'], within: '4h' },
  'stage-regression': {},
  'close-date': {},
};
const config = aTeam({ rules });
const journeyIds = everyId.flatMap(([kind, id]) => (kind === 'deal' ? [`deal:${id}`] : kind === 'account' ? [`account:${id}:customers`] : []));

/** Bodies that come in, of what was once or is now, and time that passes; at times nothing is judged between two of them. */
type Step = { signals: { signal: Signal; isNow: boolean }[]; wait: number; isJudged: boolean };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    signals: fc.array(fc.record({ signal: someSignal, isNow: fc.boolean() }), { minLength: 1, maxLength: 5 }),
    wait: fc.constantFrom(0, minuteMs, 20 * minuteMs, 5 * hourMs, 3 * dayMs),
    isJudged: fc.boolean(),
  }),
  { minLength: 2, maxLength: 8 },
);

/** Tells the story, lets all of it settle, and returns what was said in it. */
async function live(bot: SmallBot, story: Step[], lastWait: number): Promise<Signal[]> {
  const told = acme({ name: 'Rollout' });
  await bot.receive(told);
  for (const [index, { signals, wait, isJudged }] of story.entries()) {
    const now = bot.clock.now();
    const body = signals.map(({ signal, isNow }) => (isNow ? { ...signal, id: `${index} ${signal.id}`, occurredAt: now } : signal));
    told.push(...body);
    await bot.receive(body);
    if (isJudged) await bot.ingest();
    if (isJudged) await bot.at(now + wait);
    else bot.setTime(now + wait);
  }
  await bot.ingest();
  await eraseAll(bot.store, bot.clock.now());
  await bot.at(bot.clock.now() + 11 * minuteMs);
  await bot.at(bot.clock.now() + lastWait);
  return told;
}

/** What is true of it for somebody who knows of no alert yet, and of what nothing can be said: an alert about that stays as it was. */
function judgedAnew(journey: Journey, now: number) {
  const { assessment, reconciled } = judge({ journey, alerts: [], mute: null, feedStale: false, config, now });
  const isDecided = ({ rule, subject }: Alert): boolean => {
    const undecided = assessment.undecided.get(rule) ?? [];
    return undecided !== 'all' && !undecided.includes(subject);
  };
  return { alerts: reconciled.alerts, isDecided };
}

const whatTheySay = (alerts: Alert[]) => new Map(alerts.map(({ identity, finding, inhibitedBy }) => [identity, { finding, inhibitedBy }]));

it('what is alerted, and on the cards, is what somebody would find who was told all of it at once, whatever is merged, deleted or erased meanwhile', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(0, 9 * dayMs), async (story, lastWait) => {
      const bot = await aSmallBot({ config, now: '2026-09-23 09:00' });
      const told = await live(bot, story, lastWait);
      const now = bot.clock.now();
      expect(await bot.store.deadLetters(10)).toEqual([]);
      expect(await bot.store.dueJourneys(now, 10, now)).toEqual([]);
      const journeys = new Map(journeysOf(worldOf(told), config, now).map((journey) => [journey.id, journey]));
      for (const id of journeyIds) {
        const { alerts, cards } = await bot.store.journeyState(id);
        const open = alerts.filter(({ state }) => state !== 'resolved');
        const journey = journeys.get(id);
        if (journey === undefined) {
          expect([id, open, cards.filter(({ content }) => content.state === 'active')]).toEqual([id, [], []]);
          continue;
        }
        found += open.length;
        const anew = judgedAnew(journey, now);
        expect(whatTheySay(open.filter(anew.isDecided))).toEqual(whatTheySay(anew.alerts));
        for (const { channel, content } of cards)
          expect(content).toEqual(cardContent(journey, mapOf(journey, config), alerts, { channel, mutedUntil: null, mentionsOf: () => [] }));
      }
    }),
    { numRuns: 14 },
  );
  expect(found).toBeGreaterThan(0);
});
