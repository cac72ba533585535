import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectors } from '../../src/core/detectors/index.ts';
import { dayMs } from '../../src/core/time.ts';
import { aloud, ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { postsOf } from './running-bot.ts';

/** Stories of rules about a deal: signals in, a card out, and what turns it green, through the real endpoint and a workspace. */

const on = { 'missing-role': {}, 'moment-missed': {}, 'moment-negative': {}, 'content-gap': {}, 'role-lag': {}, 'handoff-gap': {} };
const others = detectors.filter(({ name }) => !Object.hasOwn(on, name)).map(({ name }) => [name, 'off']);

/** JSON is YAML. */
const journeyYml = JSON.stringify({
  routes: [{ channel: '#deal-alerts' }],
  alerts: { settle: '0s', budget: 100 },
  rules: { ...Object.fromEntries(others), ...on },
  teams: { onboarding: ['mia@us.example'] },
  assets: { pricing: { label: 'Pricing sheet', roles: ['economic_buyer'], stages: ['decision'] } },
  maps: {
    sales: {
      stages: {
        awareness: { signs: ['webinar_attended'] },
        consideration: { expects: { moments: ['demo'] } },
        trial: { signs: ['trial_started'] },
        review: { expects: { moments: ['security_review'], within: '10bd' } },
        decision: { expects: { roles: ['economic_buyer'] }, signs: ['contract_viewed'] },
      },
    },
    customers: { for: 'accounts', stages: { onboarding: { team: 'onboarding' }, growth: {} } },
  },
});

let here: BotHere;
let folder: string;
let count = 0;
const now = Date.now();

const signal = (type: string, daysAgo: number, body: Record<string, unknown>) => ({
  id: `s${++count}`,
  type,
  occurredAt: new Date(daysAgo === 0 ? Date.now() : now - daysAgo * dayMs).toISOString(),
  ...body,
});
const touch = (of: string, daysAgo: number, touchpoint: Record<string, unknown>) =>
  signal('touchpoint.recorded', daysAgo, { touchpoint: { dealId: `d-${of}`, accountId: `a-${of}`, direction: 'inbound', ...touchpoint } });
const account = (of: string, name: string, fields: Record<string, unknown> = {}) =>
  signal('account.upserted', 60, { account: { id: `a-${of}`, name, ownerEmail: 'dana@us.example', ...fields } });
const deal = (of: string, name: string, stages: [stage: string, daysAgo: number][]) => [
  account(of, `${name} AG`),
  signal('deal.upserted', 60, { deal: { id: `d-${of}`, accountId: `a-${of}`, name, ownerEmail: 'dana@us.example' } }),
  ...stages.map(([stage, daysAgo]) => signal('stage.entered', daysAgo, { stage: { dealId: `d-${of}`, stage } })),
];
const person = (of: string, key: string, name: string, roles: string[]) =>
  signal('person.upserted', 58, { person: { id: `p-${of}-${key}`, accountId: `a-${of}`, dealIds: [`d-${of}`], name, roles } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journey-rules-'));
  const map = join(folder, 'journey.yml');
  await writeFile(map, journeyYml);
  here = await botHere({ environment: () => ({ JOURNEY_CONFIG: map }) });
});
afterAll(async () => {
  await here.end();
  await rm(folder, { recursive: true, force: true });
});

/** What the card about a journey says, once it says `what`. */
async function cardSays(journey: string, what: string): Promise<string> {
  const read = () =>
    postsOf(here.sandbox)
      .filter((message) => message.text.includes(journey))
      .map(aloud)
      .join('\n');
  await expect.poll(read, { timeout: 20_000 }).toContain(what);
  return read();
}

const answer = async (text: string): Promise<string> => aloud(await ask(here.sandbox, text));

async function tell(...signals: unknown[]): Promise<void> {
  expect(await here.send(signals)).toBe(200);
}

describe('a story of', { timeout: 40_000 }, () => {
  it('a moment of truth that nobody arranged', async () => {
    await tell(...deal('nord', 'Nordwind', [['review', 40]]), person('nord', 'it', 'Yuki Tanaka', ['END_USER']));
    const card = await cardSays('Nordwind', 'No security review yet');
    expect(card).toContain('Expected: security review within 10 working days of reaching Review');
    expect(card).toContain('Next:* Agree with Yuki Tanaka on a date for the security review, or log it in the CRM if it happened');
    expect(await answer('why Nordwind')).toContain('a moment of truth of the stage has not happened');
    await tell(touch('nord', 0, { type: 'security_review', channel: 'video', personId: 'p-nord-it' }));
    expect(await cardSays('Nordwind', '🟢')).toContain('No security review yet · it happened: security review (video) with Yuki Tanaka');
  });

  it('a demo that went badly, and a second one that did not', async () => {
    await tell(
      ...deal('bolt', 'Bolt', [['consideration', 20]]),
      person('bolt', 'ops', 'Lena Brandt', ['CHAMPION']),
      touch('bolt', 3, { type: 'demo', channel: 'video', personId: 'p-bolt-ops', sentiment: -2 }),
    );
    const card = await cardSays('Bolt', 'The demo went badly');
    expect(card).toContain('Sentiment: −2 (from −2 to +2)');
    expect(card).toContain('Next:* Ask Lena Brandt what went wrong, and agree on a second demo');
    expect(await answer('why Bolt')).toContain('has a sentiment under 0');
    await tell(touch('bolt', 0, { type: 'demo', channel: 'video', personId: 'p-bolt-ops', sentiment: 1 }));
    expect(await cardSays('Bolt', '🟢')).toContain('The demo went badly · a later demo went well');
  });

  it('an economic buyer who was never shown a price', async () => {
    await tell(...deal('calm', 'Calm', [['decision', 20]]), person('calm', 'cfo', 'Priya Nair', ['BUDGET_HOLDER']));
    const card = await cardSays('Calm', 'Nothing to read for the role “Economic buyer” in Decision');
    expect(card).toContain('Expected: “Pricing sheet” shown to whoever has the role “Economic buyer” within 5 working days');
    expect(card).toContain('Next:* Send “Pricing sheet” to Priya Nair');
    expect(await answer('why Calm')).toContain('sent or viewed none of its assets within 5 working days');
    await tell(touch('calm', 0, { type: 'email', direction: 'outbound', asset: 'pricing sheet', personId: 'p-calm-cfo' }));
    expect(await cardSays('Calm', '🟢')).toContain('“Pricing sheet” was sent to Priya Nair');
  });

  it('a price for somebody whom nobody knows: first find the person', async () => {
    await tell(...deal('echo', 'Echo', [['decision', 20]]), person('echo', 'ops', 'Omar Haddad', ['CHAMPION']));
    const card = await cardSays('Echo', 'No economic buyer on the buying committee');
    expect(card).not.toContain('Nothing to read');
    expect(await answer('why Echo')).toContain(
      '• Nothing to read for the role “Economic buyer” in Decision: “Somebody missing on the buying committee” says it already',
    );
    await tell(person('echo', 'cfo', 'Ana Ruiz', ['BUDGET_HOLDER']));
    expect(await cardSays('Echo', 'Nothing to read for the role “Economic buyer” in Decision')).toContain('Ana Ruiz has the role “Economic buyer”');
  });

  it('a champion who is left behind', async () => {
    await tell(
      ...deal('fjord', 'Fjord', [
        ['awareness', 60],
        ['decision', 20],
      ]),
      person('fjord', 'ops', 'Tom Weber', ['CHAMPION']),
      person('fjord', 'cfo', 'Mara Lind', ['BUDGET_HOLDER']),
      touch('fjord', 50, { type: 'webinar_attended', channel: 'web', personId: 'p-fjord-ops' }),
      touch('fjord', 40, { type: 'trial_started', channel: 'web', personId: 'p-fjord-cfo' }),
      touch('fjord', 19, { type: 'contract_viewed', channel: 'web', asset: 'pricing', personId: 'p-fjord-cfo' }),
    );
    const card = await cardSays('Fjord', 'Tom Weber, champion, is still at Awareness');
    expect(card).toContain('Expected: at most 1 stage behind Decision');
    expect(card).toContain('Next:* Take Tom Weber through Consideration');
    const account = await answer('account Fjord');
    expect(account).toContain('| Role | Person | Own stage | Last heard | Gap |');
    expect(account).toMatch(/\| Champion[^|]*\| Tom Weber \| Awareness \|/);
    expect(await answer('why Fjord')).toContain('2 or more stages behind for 5 working days');
    await tell(touch('fjord', 0, { type: 'contract_viewed', channel: 'web', personId: 'p-fjord-ops' }));
    expect(await cardSays('Fjord', '🟢')).toContain('Tom Weber has come to Decision');
  });

  it('a customer whom onboarding has not taken over', async () => {
    await tell(
      account('gulf', 'Gulf GmbH', { lifecycleStage: 'onboarding' }),
      touch('gulf', 30, { dealId: null, type: 'email', direction: 'outbound', by: 'dana@us.example' }),
    );
    const card = await cardSays('Gulf', 'Onboarding has not taken over');
    expect(card).toContain('Expected: a touchpoint by onboarding within 3 working days of reaching Onboarding');
    expect(card).toContain('In the team: mia@us.example');
    expect(await answer('why Gulf')).toContain('the team of the stage has not touched the customer within 3 working days');
    await tell(touch('gulf', 0, { dealId: null, type: 'kickoff_call', channel: 'video', direction: 'outbound', by: 'mia@us.example' }));
    expect(await cardSays('Gulf', '🟢')).toContain('Onboarding took over: kickoff call (video)');
  });
});
