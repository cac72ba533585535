import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectors } from '../../src/core/detectors/index.ts';
import { dayMs } from '../../src/core/time.ts';
import { aloud, ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { postsOf } from './running-bot.ts';

/** Stories of the rules about buying: signals in, a card out, what `/journey why` says, and what turns it green, through the real endpoint and a workspace. */

/** Elapsed time, so that the stories are the same on every weekday. */
const numbers: Record<string, object> = {
  'response-gap': { within: '48h' },
  stalled: { after: '20d' },
  'no-activity': { after: '10d' },
  ghosted: { attempts: 3, after: '5d' },
  'silent-role': { after: '10d' },
  'missing-role': { grace: '5d' },
  'single-threaded': { people: 2, window: '30d' },
  'stage-regression': {},
  'skipped-stage': {},
  'close-date': {},
};

/** A map for each rule, with nothing else on: by the deal's pipeline. JSON is YAML. */
const yml = JSON.stringify({
  routes: [{ channel: '#deal-alerts' }],
  alerts: { settle: '0s', budget: 100 },
  feed: { staleAfter: '300d' },
  maps: Object.fromEntries(
    Object.entries(numbers).map(([rule, params]) => [
      rule,
      {
        for: { pipelines: [rule] },
        rules: { ...Object.fromEntries(detectors.map(({ name }) => [name, 'off'])), [rule]: params },
        stages: {
          awareness: {},
          consideration: { required: true },
          decision: { expects: { roles: rule === 'missing-role' ? ['economic_buyer'] : [] } },
          signing: {},
        },
      },
    ]),
  ),
});

const now = Date.now();
let count = 0;
const signal = (type: string, daysAgo: number, body: Record<string, unknown>) => ({
  id: `s${++count}`,
  type,
  occurredAt: new Date(daysAgo === 0 ? Date.now() : now - daysAgo * dayMs).toISOString(),
  ...body,
});
const nameOf = (rule: string): string => `Deal of ${rule.replaceAll('-', ' ')}`;
const move = (rule: string, daysAgo: number, stage: string) => signal('stage.entered', daysAgo, { stage: { dealId: `d-${rule}`, stage } });
const touch = (rule: string, daysAgo: number, direction: string, who = 'priya', type = 'email') =>
  signal('touchpoint.recorded', daysAgo, {
    touchpoint: { dealId: `d-${rule}`, accountId: `a-${rule}`, personId: `p-${rule}-${who}`, type, channel: 'email', direction },
  });
const close = (rule: string, daysAgo: number, inDays: number) =>
  signal('deal.upserted', daysAgo, { deal: { id: `d-${rule}`, closeDate: new Date(now + inDays * dayMs).toISOString().slice(0, 10) } });

/** Begun sixty days ago, with a champion and somebody without a role. */
const begin = (rule: string) => [
  signal('account.upserted', 60, { account: { id: `a-${rule}`, name: `Account of ${rule}`, ownerEmail: 'dana@us.example' } }),
  signal('deal.upserted', 60, {
    deal: { id: `d-${rule}`, accountId: `a-${rule}`, name: nameOf(rule), pipeline: rule, stage: 'awareness', status: 'open' },
  }),
  signal('person.upserted', 59, {
    person: { id: `p-${rule}-priya`, accountId: `a-${rule}`, dealIds: [`d-${rule}`], name: 'Priya Nair', roles: ['CHAMPION'] },
  }),
  signal('person.upserted', 59, { person: { id: `p-${rule}-tom`, accountId: `a-${rule}`, dealIds: [`d-${rule}`], name: 'Tom Weber' } }),
];

type Story = {
  rule: string;
  happens: (rule: string) => unknown[];
  /** What the card says, and `/journey why`. */
  says: string[];
  why: string;
  mends: (rule: string) => unknown[];
  cleared: string;
};

const stories: Story[] = [
  {
    rule: 'response-gap',
    happens: (rule) => [touch(rule, 4, 'inbound', 'priya', 'question')],
    says: ['Priya Nair is waiting for an answer', 'Expected: an answer within 48 hours', 'Next:* Answer Priya Nair'],
    why: 'no answer to the person within 48 hours',
    mends: (rule) => [touch(rule, 0, 'outbound')],
    cleared: 'Priya Nair was answered: email',
  },
  {
    rule: 'stalled',
    happens: (rule) => [move(rule, 50, 'consideration'), move(rule, 40, 'decision')],
    says: ['Stalled in Decision', 'Expected: leaves Decision within 20 days'],
    why: 'in a stage longer than 20 days',
    mends: (rule) => [move(rule, 0, 'signing')],
    cleared: 'moved to Signing',
  },
  {
    rule: 'no-activity',
    happens: (rule) => [touch(rule, 30, 'inbound')],
    says: ['No activity', 'Expected: a touchpoint in either direction every 10 days', 'Get in touch with Priya Nair'],
    why: 'no touchpoint in either direction for 10 days',
    mends: (rule) => [touch(rule, 0, 'outbound')],
    cleared: 'we contacted Priya Nair: email',
  },
  {
    rule: 'ghosted',
    happens: (rule) => [touch(rule, 40, 'inbound'), touch(rule, 20, 'outbound'), touch(rule, 15, 'outbound'), touch(rule, 9, 'outbound')],
    says: ['No answer to our last 3 attempts', 'Expected: an answer within 5 days', 'Try Tom Weber instead of Priya Nair'],
    why: '3 or more attempts since their last answer',
    mends: (rule) => [touch(rule, 0, 'inbound')],
    cleared: 'Priya Nair got in touch: email',
  },
  {
    rule: 'silent-role',
    happens: (rule) => [touch(rule, 30, 'inbound'), touch(rule, 1, 'inbound', 'tom')],
    says: ['Priya Nair, champion, has gone silent', 'Expected: heard from every 10 days', 'Call Priya Nair, or ask Tom Weber what has changed'],
    why: 'nothing heard from a person who is champion or economic buyer for 10 days',
    mends: (rule) => [touch(rule, 0, 'inbound')],
    cleared: 'Priya Nair got in touch: email',
  },
  {
    rule: 'missing-role',
    happens: (rule) => [move(rule, 50, 'consideration'), move(rule, 40, 'decision')],
    says: [
      'No economic buyer on the buying committee',
      'economic buyer known within 5 days of reaching Decision',
      'Say who has the role “Economic buyer”: Tom Weber?',
    ],
    why: 'is missing for 5 days',
    mends: (rule) => [signal('role.assigned', 0, { role: { personId: `p-${rule}-tom`, role: 'economic_buyer' } })],
    cleared: 'Tom Weber has the role “Economic buyer”',
  },
  {
    rule: 'single-threaded',
    happens: (rule) => [touch(rule, 2, 'inbound'), touch(rule, 50, 'inbound', 'tom')],
    says: ['Only Priya Nair is active', 'Expected: 2 people heard from within 30 days', 'Bring in Tom Weber'],
    why: 'fewer than 2 people heard from within 30 days',
    mends: (rule) => [touch(rule, 0, 'inbound', 'tom')],
    cleared: 'Tom Weber, Priya Nair are active',
  },
  {
    rule: 'stage-regression',
    happens: (rule) => [move(rule, 50, 'consideration'), move(rule, 40, 'decision'), move(rule, 5, 'consideration')],
    says: ['Decision', 'Consideration'],
    why: 'back',
    mends: (rule) => [move(rule, 0, 'decision')],
    cleared: 'moved to Decision',
  },
  {
    rule: 'skipped-stage',
    happens: (rule) => [move(rule, 30, 'decision')],
    says: ['skipped or not observed'],
    why: 'jumped over',
    mends: (rule) => [move(rule, 35, 'consideration')],
    cleared: 'Consideration',
  },
  {
    rule: 'close-date',
    happens: (rule) => [close(rule, 50, -3)],
    says: ['Close date is past', 'Expected: closed by its close date, or a new date'],
    why: 'the close date is past',
    mends: (rule) => [close(rule, 0, 40)],
    cleared: 'close date moved to',
  },
];

describe('a story of each rule about buying', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    here = await botHere({ yml });
  });
  afterAll(() => here.end());

  const cards = (rule: string) => postsOf(here.sandbox).filter(({ text }) => text.includes(nameOf(rule)));
  const card = (rule: string): string => cards(rule).map(aloud).join('\n');

  it.each(stories.map((story) => [story.rule, story] as const))(
    '%s: said once, explained by why, and green when it is mended',
    async (rule, story) => {
      expect(await here.send([...begin(rule), ...story.happens(rule)])).toBe(200);
      await expect.poll(() => card(rule), { timeout: 20_000 }).toContain(story.says[0]);
      for (const words of story.says) expect(card(rule)).toContain(words);
      const explained = aloud(await ask(here.sandbox, `why ${nameOf(rule)}`));
      expect(explained).toContain(`\`${rule}\`: ⚠️ found`);
      expect(explained).toContain(story.why);
      // Every rule there is has its line, and says why it says nothing.
      for (const { name } of detectors) expect(explained).toContain(`\`${name}\`: `);
      expect(explained).toContain('`renewal-due`: – off · it is about customers, and this is a deal');
      expect(explained).toContain('`stale-feed`: ✓ clear');
      if (rule !== 'stalled') expect(explained).toContain('`stalled`: – off · switched off on the map');
      expect(await here.send(story.mends(rule))).toBe(200);
      await expect.poll(() => card(rule), { timeout: 20_000 }).toContain('🟢');
      expect(card(rule)).toContain(story.cleared);
      expect(cards(rule)).toHaveLength(1);
    },
  );
});

describe('a story of a CRM that has gone quiet', { timeout: 60_000 }, () => {
  let ahead = 0;
  let here: BotHere;
  beforeAll(async () => {
    const silence = { ...Object.fromEntries(detectors.map(({ name }) => [name, 'off'])), 'no-activity': { after: '3d' }, stalled: { after: '1d' } };
    here = await botHere({
      yml: JSON.stringify({
        routes: [{ channel: '#deal-alerts' }],
        admin: '#deal-alerts',
        feed: { staleAfter: '2d' },
        alerts: { repeat: 'off' },
        maps: { sales: { rules: silence, stages: { decision: {} } } },
      }),
      clock: { now: () => Date.now() + ahead },
    });
  });
  afterAll(() => here.end());

  it('stale-feed: said, holds back what silence says, shows in why, and clears with the next signal', async () => {
    const told = () => postsOf(here.sandbox).map(aloud);
    const at = () => new Date(Date.now() + ahead).toISOString();
    /** Any click wakes the regular round, which looks at the feeds. */
    const click = async () => {
      const card = postsOf(here.sandbox).find(({ text }) => text.includes('Old rollout'));
      const value = JSON.stringify(card?.blocks).match(/"(not-useful:[^"]+|useful:[^"]+)"/)?.[1] ?? '';
      await here.sandbox.act({ user: 'dana', channel: card?.channel ?? '', ts: card?.ts ?? '', actionId: 'vote', selectedOption: { value } });
    };
    const why = async () => aloud(await ask(here.sandbox, 'why Quiet rollout'));
    expect(
      await here.send([
        { id: 'q1', type: 'deal.upserted', occurredAt: at(), deal: { id: 'd-q', name: 'Quiet rollout', stage: 'decision', status: 'open' } },
        {
          id: 'q0',
          type: 'deal.upserted',
          occurredAt: new Date(now - 10 * dayMs).toISOString(),
          deal: { id: 'd-old', name: 'Old rollout', stage: 'decision' },
        },
        { id: 'q4', type: 'touchpoint.recorded', occurredAt: at(), touchpoint: { dealId: 'd-old', type: 'call', direction: 'inbound' } },
        { id: 'q2', type: 'touchpoint.recorded', occurredAt: at(), touchpoint: { dealId: 'd-q', type: 'call', direction: 'inbound' } },
      ]),
    ).toBe(200);
    await here.bot.idle();
    ahead = 5 * dayMs;
    await click();
    await expect.poll(() => told().join('\n'), { timeout: 40_000 }).toContain('Nothing comes in from');
    await here.bot.idle();
    expect(told().join('\n')).not.toContain('No activity');
    await expect.poll(why, { timeout: 20_000 }).toContain('`stale-feed`: ⚠️ found');
    expect(await why()).toContain('its CRM has gone quiet, so silence means nothing');
    expect(
      await here.send([
        { id: 'q3', type: 'deal.upserted', occurredAt: at(), deal: { id: 'd-other', name: 'Another', stage: 'decision', status: 'open' } },
      ]),
    ).toBe(200);
    await here.bot.idle();
    await click();
    await expect.poll(() => told().find((text) => text.includes('Nothing comes in from')) ?? '', { timeout: 20_000 }).toContain('🟢');
    await expect.poll(() => told().join('\n'), { timeout: 20_000 }).toContain('No activity');
  });
});
