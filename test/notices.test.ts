import { expect, it } from 'vitest';
import type { ConfigProblem } from '../src/config/problem.ts';
import type { JourneyConfig } from '../src/core/journey/journey-map.ts';
import { createNotices, type Notices } from '../src/notices.ts';
import { aSmallBot } from './app/small-bot.ts';
import { aConfig } from './core/builders.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const mistake: ConfigProblem = { file: 'journey.yml', line: 1, column: 1, path: '', message: 'the file is empty', suggestion: null };

/** Notices to a channel that is noted in `told` instead. */
async function noticing(
  config: () => JourneyConfig,
): Promise<{ notices: Notices; told: { title: string; lines: string[] }[]; at(when: string): void }> {
  const { store, clock, setTime } = await aSmallBot();
  const told: { title: string; lines: string[] }[] = [];
  const noting: typeof store = {
    ...store,
    async commit(changes) {
      for (const change of changes)
        if (change.kind === 'delivery.add' && change.delivery.message.kind === 'notice') told.push(change.delivery.message);
    },
  };
  return { told, at: setTime, notices: createNotices({ store: noting, config, clock, logger: quiet, onDue: () => undefined }) };
}

it('tells that journey.yml is sound again only where somebody has heard that it was not', async () => {
  const ofMistakes = 'journey.yml was changed and has mistakes; the old map stays';
  let config = aConfig({ adminChannel: null });
  const { notices, told } = await noticing(() => config);

  notices.refusedConfig([mistake]);
  config = aConfig({ adminChannel: '#journey-admin' });
  notices.tookConfigOver();
  expect(told).toEqual([]);

  // Saved three times as it is, the same mistake is told once; made once more later, once more.
  for (let times = 1; times <= 3; times += 1) notices.refusedConfig([mistake]);
  notices.tookConfigOver();
  notices.tookConfigOver();
  notices.refusedConfig([mistake]);
  expect(told.map(({ title }) => title)).toEqual([ofMistakes, 'journey.yml is sound again, and in force', ofMistakes]);
});

it('tells that Slack keeps events from the bot, once a day however often Slack says so', async () => {
  const { notices, told, at } = await noticing(() => aConfig({ adminChannel: '#journey-admin' }));
  for (let minute = 0; minute < 3; minute += 1) notices.slackLimited(minute * 60_000);
  expect(told).toMatchObject([
    { title: expect.stringContaining('Slack keeps events from me'), lines: [expect.stringContaining('is lost'), expect.anything()] },
  ]);
  at('2026-09-08 08:59');
  notices.slackLimited(null);
  expect(told).toHaveLength(1);
  at('2026-09-08 09:00');
  notices.slackLimited(null);
  expect(told).toHaveLength(2);
});

it('says what to do about a channel that takes no messages: nobody can be invited to one that is archived', async () => {
  const { notices, told } = await noticing(() => aConfig({ adminChannel: '#journey-admin' }));
  notices.channelProblems([
    { channel: '#old', problem: 'is archived', isArchived: true },
    { channel: '#nowhere', problem: 'does not exist' },
  ]);
  expect(told.map(({ lines }) => lines.join(' '))).toEqual([
    'It is archived. Unarchive it in Slack, or name another one in journey.yml.',
    'It does not exist. Invite me to the channel, or name another one in journey.yml.',
  ]);
});
