import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { postsOf, shown } from './running-bot.ts';

const dayMs = 86_400_000;
const now = Date.now();
let count = 0;
const signal = (type: string, daysAgo: number, body: Record<string, unknown>) => ({
  id: `after-sale-${++count}`,
  type,
  occurredAt: new Date((daysAgo === 0 ? Date.now() : now) - daysAgo * dayMs).toISOString(),
  ...body,
});
const measure = (accountId: string, name: string, daysAgo: number, value: number) =>
  signal('metric.recorded', daysAgo, { metric: { accountId, name, value } });
const touch = (accountId: string, daysAgo: number, type: string, direction: 'inbound' | 'outbound' = 'outbound') =>
  signal('touchpoint.recorded', daysAgo, { touchpoint: { accountId, personId: `p-${accountId}`, type, channel: 'call', direction } });
const milestone = (accountId: string, name: string, daysAgo: number) => signal('milestone.completed', daysAgo, { milestone: { accountId, name } });
const usual = (accountId: string) =>
  Array.from({ length: 14 }, (_, week) => [
    measure(accountId, 'usage', 14 + week * 7, 100),
    measure(accountId, 'active_users', 14 + week * 7, 20),
  ]).flat();

/** A customer with one person, talked to yesterday. */
const customer = (id: string, name: string, lifecycleStage: string, daysAgo: number, more: Record<string, unknown> = {}) => [
  signal('account.upserted', daysAgo, { account: { id, name, ownerEmail: 'dana@us.example', lifecycleStage, ...more } }),
  signal('person.upserted', daysAgo, { person: { id: `p-${id}`, accountId: id, name: `Robin of ${name}`, title: 'Head of Operations' } }),
  touch(id, 1.1, 'meeting'),
  touch(id, 1, 'meeting', 'inbound'),
];
const renewal = new Date(now + 60 * dayMs).toISOString().slice(0, 10);

const year = () => [
  ...customer('a-onboard', 'Slowstart AG', 'onboarding', 40),
  milestone('a-onboard', 'kickoff', 38),
  ...customer('a-health', 'Fading Foods', 'customer', 200),
  ...usual('a-health'),
  measure('a-health', 'usage', 2, 40),
  measure('a-health', 'active_users', 2, 8),
  ...customer('a-mood', 'Grumble Group', 'customer', 200),
  measure('a-mood', 'nps', 90, 9),
  measure('a-mood', 'nps', 3, 4),
  ...customer('a-renew', 'Lastday Logistics', 'customer', 300, { renewalDate: renewal }),
  ...customer('a-fan', 'Gladly GmbH', 'customer', 200),
  ...usual('a-fan'),
  measure('a-fan', 'nps', 5, 10),
];

const journeyYml = `
extends: nine-stages
maps:
  customers:
    stages:
      onboarding: { rules: { onboarding-overdue: { milestones: { kickoff: 5bd, training: 10bd }, heard: true } } }
routes: [{ channel: "#general" }]
`;

/** Signals in, card text out, and what clears it: each rule about customers after the sale, through the real endpoint and a real workspace. */
describe('after the sale', () => {
  let here: BotHere;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journey-after-sale-'));
    const map = join(folder, 'journey.yml');
    await writeFile(map, journeyYml);
    here = await botHere({ environment: () => ({ JOURNEY_CONFIG: map }) });
    expect(await here.send(year())).toBe(200);
    await vi.waitFor(() => expect(postsOf(here.sandbox)).toHaveLength(5), { timeout: 30_000 });
  }, 60_000);
  afterAll(async () => {
    await here.end();
    await rm(folder, { recursive: true, force: true });
  });

  const card = (name: string): string => shown(postsOf(here.sandbox).find(({ text }) => text.includes(name)) as never);
  const answer = async (text: string): Promise<string> => shown(await ask(here.sandbox, text));

  it.each([
    [
      'onboarding-overdue',
      'Slowstart AG',
      ['Onboarding is late: no training yet', 'training within 10 working days'],
      () => [milestone('a-onboard', 'training', 0)],
      'training is done',
    ],
    [
      'health-drop',
      'Fading Foods',
      ['Health has dropped from 100 to 0', 'Pulled down by: Usage 40 (usually 100)'],
      () => [measure('a-health', 'usage', 0, 104), measure('a-health', 'active_users', 0, 20)],
      'health has recovered',
    ],
    ['sentiment-drop', 'Grumble Group', ['NPS is 4', 'NPS of 7 or more'], () => [measure('a-mood', 'nps', 0, 9)], 'NPS is 9'],
    [
      'renewal-due',
      'Lastday Logistics',
      ['The renewal is near and nobody talks about it', 'Renewal'],
      () => [touch('a-renew', 0, 'renewal_call')],
      'it was talked about: renewal call',
    ],
    [
      'advocacy-ready',
      'Gladly GmbH',
      ['🌟', 'Gladly GmbH is ready to be asked for a reference', 'Why: '],
      () => [touch('a-fan', 0, 'reference_request')],
      'they were asked: reference request',
    ],
  ])('%s: said on a card, explained by why, and cleared by what the customer or we do', async (rule, name, says, mends, cleared) => {
    for (const words of says) expect(card(name)).toContain(words);
    const why = await answer(`why ${name}`);
    expect(why).toContain(`\`${rule}\`: ⚠️ found`);
    const posts = postsOf(here.sandbox).length;
    expect(await here.send(mends())).toBe(200);
    await expect.poll(() => card(name), { timeout: 20_000 }).toContain('🟢');
    expect(card(name)).toContain(cleared);
    expect(postsOf(here.sandbox)).toHaveLength(posts);
  });

  it('shows an account’s health with its reasons, and what is missing of it', async () => {
    const account = await answer('account Fading Foods');
    expect(account).toMatch(/\*Health\*: 100 of 100 \(usually \d+\)/);
    expect(account).toContain('Missing, and not counted: Open tickets (never measured); NPS (never measured)');
    expect(account).toContain('Support');
    expect(await answer('account Grumble Group')).toContain('*Health*: too little is known');
  });
});
