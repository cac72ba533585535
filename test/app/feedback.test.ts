import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/core/delivery.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import { at } from '../core/builders.ts';
import { acme, aTeam, deal, moved, stalledAt } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const config = aTeam({ adminChannel: '#admin', alerts: { repeat: null, budget: 100 } });
const alertId = async (bot: SmallBot) => (await bot.alerts('deal:d-1')).find(({ rule }) => rule === 'stalled')?.id ?? '';
const noticesIn = (bot: SmallBot, channel: string) =>
  bot.slack.messages(channel).flatMap(({ message }) => (message.kind === 'notice' ? [message as Extract<Message, { kind: 'notice' }>] : []));

/** Acme is stalled; the card is posted. */
async function aBot(): Promise<SmallBot> {
  const bot = await aSmallBot({ config });
  await bot.live(...acme());
  await bot.at(stalledAt);
  return bot;
}

/** Twenty-five deals stalled on 28 September, and nobody did anything; they move on three working days later. */
async function aNoisyBot(given: JourneyConfig = config): Promise<SmallBot> {
  const bot = await aSmallBot({ config: given });
  const ids = Array.from({ length: 25 }, (_, index) => `d-${index}`);
  await bot.live(...ids.map((id) => deal(id)));
  await bot.at(stalledAt);
  await bot.live(...ids.map((id) => moved('2026-10-01 09:00', 'implementation', id)));
  await bot.at('2026-10-02 10:00');
  return bot;
}

describe('a vote', () => {
  it('is kept with the alert and in the audit, and the card stays as it is', async () => {
    const bot = await aBot();
    const posts = bot.slack.messages().length;
    expect(await bot.acts.vote(await alertId(bot), false, 'U1')).toMatchObject({
      kind: 'done',
      message: expect.stringMatching(/^Noted: not useful\. It counts for the rule “Stalled”/),
    });
    await bot.deliver.run();
    expect((await bot.alerts('deal:d-1'))[0]).toMatchObject({ state: 'open', votes: [{ by: 'U1', at: at(stalledAt), useful: false }] });
    expect((await bot.store.audit('deal:d-1', 10)).map(({ who, what }) => [who, what])).toContainEqual(['U1', 'called not useful']);
    expect(bot.slack.messages()).toHaveLength(posts);
  });

  it('can be changed; the same again is told so', async () => {
    const bot = await aBot();
    const id = await alertId(bot);
    await bot.acts.vote(id, false, 'U1');
    expect(await bot.acts.vote(id, false, 'U1')).toMatchObject({
      kind: 'stale',
      message: 'Nothing was changed: you have called it not useful already.',
    });
    expect(await bot.acts.vote(id, true, 'U1')).toMatchObject({ kind: 'done' });
    expect(await bot.acts.vote(id, true, 'U2')).toMatchObject({ kind: 'done' });
    expect((await bot.alerts('deal:d-1'))[0]?.votes).toMatchObject([
      { by: 'U1', useful: true },
      { by: 'U2', useful: true },
    ]);
  });

  it('of two people at once counts for both', async () => {
    const bot = await aBot();
    const id = await alertId(bot);
    await Promise.all([bot.acts.vote(id, true, 'U1'), bot.acts.vote(id, false, 'U2')]);
    expect((await bot.alerts('deal:d-1'))[0]?.votes?.map(({ by }) => by).sort()).toEqual(['U1', 'U2']);
  });

  it('counts when the alert is over, and says so; of one that is gone it changes nothing', async () => {
    const bot = await aBot();
    const id = await alertId(bot);
    await bot.live(moved('2026-09-29 10:00'));
    expect(await bot.acts.vote(id, true, 'U1')).toMatchObject({ kind: 'done', message: expect.stringContaining('was over already') });
    expect(await bot.store.alert(id)).toMatchObject({ state: 'resolved', votes: [{ by: 'U1', useful: true }] });
    expect(await bot.acts.vote('stalled.gone.1', true, 'U1')).toMatchObject({ kind: 'stale', message: expect.stringContaining('does not exist') });
  });
});

describe('alerts that nobody acts on', () => {
  it('are counted once the time to act is over', async () => {
    const bot = await aNoisyBot();
    const lives = await bot.alertLives();
    expect(lives).toHaveLength(25);
    expect(lives[0]).toMatchObject({ rule: 'stalled', actedOn: false, place: { stage: 'decision', number: '15bd' }, goneAt: at('2026-10-01 09:00') });
    bot.setTime('2026-09-29 09:00');
    expect(await bot.alertLives()).toEqual([]);
  });

  it('count only once they stand on a card: not in the summary of an import, nor while the card waits', async () => {
    const bot = await aSmallBot({ config: aTeam({ alerts: { repeat: null, budget: 3, importSummaryOver: 5 } }), now: stalledAt });
    const ids = Array.from({ length: 25 }, (_, index) => `d-${index}`);
    await bot.receive(ids.map((id) => deal(id)));
    await bot.ingest();
    await bot.until('2026-10-02 10:00');
    const alerts = (await Promise.all(ids.map((id) => bot.alerts(`deal:${id}`)))).flat();
    expect(alerts.filter(({ saidAt }) => saidAt !== null)).toHaveLength(25);
    expect(await bot.alertLives()).toEqual([]);
  });

  it('make their rule the noisiest one of the digest, with the number to change', async () => {
    const bot = await aNoisyBot();
    const { digest } = await bot.digestNow();
    expect(digest.noisiest).toMatchObject({ rule: 'stalled', rate: { n: 25, count: 0 }, change: { from: '15bd', to: '19bd', spared: 25 } });
    bot.setConfig(aTeam({ rules: { stalled: { after: '19bd' } } }));
    expect((await bot.digestNow()).digest).not.toHaveProperty('noisiest');
  });

  it('are no noise where somebody acknowledges them', async () => {
    const bot = await aSmallBot({ config });
    const ids = Array.from({ length: 22 }, (_, index) => `d-${index}`);
    await bot.live(...ids.map((id) => deal(id)));
    await bot.at(stalledAt);
    for (const id of ids) await bot.acts.acknowledgeCard(`deal:${id}`, 'U1', null);
    await bot.at('2026-10-02 10:00');
    expect((await bot.alertLives()).every(({ actedOn }) => actedOn)).toBe(true);
  });
});

describe('the monthly suggestion', () => {
  it('comes once a month in working hours, whatever restarts, with lines to paste', async () => {
    const bot = await aNoisyBot();
    bot.setTime('2026-10-02 18:00');
    await bot.suggestMonthly();
    bot.setTime('2026-10-05 10:00');
    for (let again = 0; again < 3; again += 1) await bot.restarted().suggestMonthly();
    await bot.deliver.run();
    expect(noticesIn(bot, '#admin')).toMatchObject([
      {
        title: 'Alerts that nobody acts on',
        lines: [
          expect.stringContaining('0 of 25 alerts'),
          expect.stringContaining('Try after: 19bd instead of 15bd in Decision'),
          'Backtest, 7 Sept 2026 to 5 Oct 2026: 25 journeys, of which 0 have ended. Now → with the change:',
          'Alerts of this rule a week: 6.2 (25 in all) → 0.0 (0 in all)',
          'Precision, how many of the alerted that ended were lost: too few (0) → too few (0)',
          'Recall, how many of the lost were alerted: too few (0) → too few (0)',
          expect.stringContaining('npm run journey -- backtest --map FILE'),
          expect.stringContaining('beside what journey.yml says'),
        ],
        code: ['maps:', '  new-business:', '    stages:', '      decision:', '        rules:', '          stalled:', '            after: 19bd'],
      },
    ]);
    bot.setTime('2026-11-02 10:00');
    await bot.suggestMonthly();
    await bot.deliver.run();
    expect(noticesIn(bot, '#admin')).toHaveLength(2);
  });

  it('goes where the first digest goes if there is no admin channel, and nowhere without either', async () => {
    const digests = [{ id: 'weekly', channel: '#revenue', schedule: '0 9 * * mon', timezone: 'UTC', match: {} }];
    const bot = await aNoisyBot(aTeam({ alerts: { repeat: null, budget: 100 }, digests }));
    bot.setTime('2026-10-05 10:00');
    await bot.suggestMonthly();
    await bot.deliver.run();
    expect(noticesIn(bot, '#revenue')).toHaveLength(1);
    const silent = await aNoisyBot(aTeam({ alerts: { repeat: null, budget: 100 } }));
    await silent.suggestMonthly();
    expect(await silent.store.meta('suggested-in')).toBeNull();
  });

  it('says nothing while there are too few alerts', async () => {
    const bot = await aBot();
    bot.setTime('2026-10-05 10:00');
    await bot.suggestMonthly();
    await bot.deliver.run();
    expect(noticesIn(bot, '#admin')).toEqual([]);
  });
});

describe('the review', () => {
  it('says what the map expects and the records do not bear out', async () => {
    const bot = await aNoisyBot();
    const review = await bot.answers.review();
    expect(review).toMatchObject({
      done: null,
      unusedStages: [],
      rates: [{ rule: 'stalled', title: 'Stalled', alerts: 25 }],
      suggestion: { rule: 'stalled' },
      friction: [
        { map: 'New business', slowest: { stage: 'Decision', n: 25 } },
        { map: 'Customers', slowest: null },
      ],
      unconfirmed: { roles: ['Legal'], rolesByTitle: [], segments: [], rules: [] },
    });
    expect(review.unconfirmed.stages).toContainEqual({ map: 'Customers', stage: 'Growth' });
    bot.setTime('2027-01-11 10:00');
    const later = await bot.restarted().review.review();
    expect(later.unusedStages).toEqual([
      { map: 'New business', stage: 'Decision' },
      { map: 'New business', stage: 'Implementation' },
    ]);
  });

  it('is asked for once every ninety days, until somebody says that it was done', async () => {
    const bot = await aSmallBot({ config });
    await bot.review.remind();
    bot.setTime('2026-12-04 10:00');
    await bot.review.remind();
    await bot.deliver.run();
    expect(noticesIn(bot, '#admin')).toEqual([]);
    // Ninety days later is a Sunday.
    bot.setTime('2026-12-06 10:00');
    await bot.review.remind();
    for (const day of ['2026-12-07 10:00', '2026-12-07 11:00', '2027-02-01 10:00']) {
      bot.setTime(day);
      await bot.restarted().review.remind();
    }
    await bot.deliver.run();
    expect(noticesIn(bot, '#admin')).toMatchObject([
      { title: 'The journey map is due for a review', lines: [expect.stringContaining('never reviewed'), expect.anything(), expect.anything()] },
    ]);
    expect(await bot.acts.reviewDone('U1')).toEqual({
      kind: 'done',
      message: 'Noted: the journey map was reviewed. The next review is',
      when: { words: 'due', at: at('2027-05-02 10:00') },
    });
    expect(await bot.answers.review()).toMatchObject({ done: { by: 'U1', at: at('2027-02-01 10:00') }, dueAt: at('2027-05-02 10:00') });
    bot.setTime('2027-05-03 10:00');
    await bot.review.remind();
    await bot.deliver.run();
    expect(noticesIn(bot, '#admin')[1]?.lines[0]).toBe('The last review was ninety days ago.');
  });
});
