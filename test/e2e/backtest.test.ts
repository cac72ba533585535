import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../commands/run-command.ts';
import { type BotHere, botHere } from './bot-here.ts';

const dayMs = 86_400_000;
/** So many deals of each kind. */
const each = 12;
const yml = `timezone: Europe/Berlin
calendar: { workdays: [mon, tue, wed, thu, fri], hours: "09:00-18:00", holidays: DE }
maps:
  new-business: { extends: b2b-saas, for: deals }
routes:
  - channel: "#deal-alerts"
`;

/** A past in the wire format: deals that fell silent and were lost, and deals that were talked about every other day and won. */
function past(now: number): Record<string, unknown>[] {
  const signals: Record<string, unknown>[] = [];
  const say = (type: string, daysAgo: number, body: Record<string, unknown>): void =>
    void signals.push({ id: `e${signals.length}`, type, occurredAt: new Date(now - daysAgo * dayMs).toISOString(), ...body });
  for (let n = 0; n < each * 2; n += 1) {
    const lost = n < each;
    const deal = { id: `d-${n}`, accountId: `a-${n}` };
    const begun = 120 - n;
    say('account.upserted', begun, { account: { id: `a-${n}`, name: `Invented ${n}` } });
    say('deal.upserted', begun, { deal: { ...deal, name: `<b>Deal ${n}</b>`, pipeline: 'default', stage: 'qualifiedtobuy', status: 'open' } });
    say('person.upserted', begun, { person: { id: `p-${n}`, accountId: `a-${n}`, dealIds: [`d-${n}`], name: `Person ${n}`, roles: ['CHAMPION'] } });
    for (let day = 0; day < (lost ? 6 : 60); day += 2) {
      const touchpoint = { accountId: `a-${n}`, dealId: `d-${n}`, personId: `p-${n}`, type: 'call', channel: 'phone' };
      say('touchpoint.recorded', begun - day, { touchpoint: { ...touchpoint, direction: 'outbound' } });
      say('touchpoint.recorded', begun - day - 0.5, { touchpoint: { ...touchpoint, direction: 'inbound' } });
    }
    say('deal.upserted', begun - 62, { deal: { ...deal, status: lost ? 'lost' : 'won' } });
  }
  return signals;
}

describe('a backtest of what came in', () => {
  let here: BotHere;
  let folder: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    here = await botHere({ yml });
    folder = dirname(here.map);
    environment = { DATABASE_URL: `file:${join(folder, 'journey.db')}`, JOURNEY_CONFIG: here.map };
    const signals = past(Date.now());
    for (let from = 0; from < signals.length; from += 200) expect(await here.send(signals.slice(from, from + 200))).toBe(200);
    await here.bot.idle();
  });
  afterAll(() => here.end());
  const run = (...args: string[]) => runCommand(folder, ['backtest', ...args], environment);
  const lineOf = (output: string, begins: RegExp): string => output.split('\n').find((line) => begins.test(line)) ?? '';

  it('shows beside the running bot which rule had told the lost from the won', async () => {
    const { code, output } = await run();
    expect(code, output).toBe(0);
    expect(output).toContain('24, of which 24 were open in the period');
    expect(output).toContain('24: 12 won, 12 lost');
    expect(lineOf(output, /^ {2}no-activity +\d+% of/)).toMatch(/100% of 12 \(76–100%\) +100% of 12 \(76–100%\) +2\.0 \(/);
    expect(lineOf(output, /#deal-alerts/)).toMatch(/#deal-alerts +\d+ +\d/);
    for (const line of output.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
  });

  it('writes files that programs and people read, and nothing into the store', async () => {
    await here.bot.idle();
    const before = await contentsOf(environment);
    const { code, output } = await run('--json', 'out.json', '--csv', 'out.csv', '--html', 'out.html');
    expect(code, output).toBe(0);
    expect(await contentsOf(environment)).toBe(before);
    const json = JSON.parse(await readFile(join(folder, 'out.json'), 'utf8'));
    const rule = json.rules.find((one: { rule: string }) => one.rule === 'no-activity');
    expect(json).toMatchObject({ format: 1, map: here.map, timezone: 'Europe/Berlin', knownFrom: 'occurred', journeys: { ended: 24, lost: 12 } });
    const [head = '', ...lines] = (await readFile(join(folder, 'out.csv'), 'utf8')).trimEnd().split('\r\n');
    const own = lines.find((line) => line.startsWith('no-activity,1,')) ?? '';
    const cells = Object.fromEntries(head.split(',').map((name, index) => [name, own.split(',')[index]]));
    expect(cells).toMatchObject({ alerts: String(rule.alerts), precision: '1', recall: '1', lift: '2', lost: '12', base_lost: '12' });
    const html = await readFile(join(folder, 'out.html'), 'utf8');
    expect(html).toContain('<svg role="img" aria-label="Precision of each rule');
    expect(html).not.toMatch(/<script|https?:|url\(|@import/);
  });

  it('takes another map, and a period', async () => {
    const { code, output } = await run('--map', 'no-such.yml');
    expect([code, output]).toEqual([1, expect.stringContaining('there is no such file')]);
    const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10);
    const short = await run('--from', day(30), '--to', day(25));
    expect(short.output).toContain(', 0.9 weeks');
    expect((await run('--from', 'Friday')).output).toContain('--from takes a day such as 2026-01-31, not Friday');
    expect((await run('--from', day(5), '--to', day(9))).code).toBe(1);
    const nowhere = await run('--csv', join('not', 'there', 'out.csv'));
    expect(nowhere.code).toBe(1);
    expect(nowhere.output).toMatch(/^--csv not.there.out\.csv cannot be written: .*\n?$/);
  });
});

/** All that is in the store's files, but for what readers leave in the shared memory beside it. */
async function contentsOf({ DATABASE_URL = '' }: Record<string, string>): Promise<string> {
  const hash = createHash('sha256');
  for (const end of ['', '-wal']) hash.update(await readFile(DATABASE_URL.slice('file:'.length) + end));
  return hash.digest('hex');
}
