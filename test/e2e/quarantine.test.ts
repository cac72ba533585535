import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../commands/run-command.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { root } from './bot-process.ts';
import { shown } from './running-bot.ts';

let here: BotHere | null = null;
afterEach(async () => {
  await here?.end();
  here = null;
});

const soon = { timeout: 20_000, interval: 100 };
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

describe('what the CRM says and the journey map does not know', () => {
  it('is listed with its lines, and counts by itself as soon as the map has them', { timeout: 90_000 }, async () => {
    here = await botHere();
    const { bot, sandbox, map } = here;
    const gauges = async (): Promise<string[]> =>
      (await (await fetch(`${bot.url}/metrics`)).text())
        .split('\n')
        .filter((line) => line.startsWith('journey_unknown_values{'))
        .sort();
    const deal = (id: string, name: string) => ({
      id: `u-${id}`,
      type: 'deal.upserted',
      occurredAt: daysAgo(100),
      deal: { id, name, pipeline: 'default', stage: 'contract_drafting', status: 'open' },
    });
    const person = {
      id: 'p',
      type: 'person.upserted',
      occurredAt: daysAgo(1),
      person: { id: 'p-1', dealIds: ['d-1'], name: 'Ann', roles: ['GURU'] },
    };
    expect(await here.send([deal('d-1', 'Acme rollout'), deal('d-2', 'Bolt rollout'), person])).toBe(200);
    await expect
      .poll(gauges, soon)
      .toEqual(['owner"} 0', 'pipeline"} 0', 'role"} 1', 'stage"} 1'].map((end) => `journey_unknown_values{what="${end}`));
    await bot.idle();
    const quarantine = () => runCommand(root, ['quarantine'], { DATABASE_URL: `file:${join(dirname(map), 'journey.db')}`, JOURNEY_CONFIG: map });
    const listed = await quarantine();
    expect(listed.output).toContain('stage contract_drafting of the signals endpoint, on 2 records: Acme rollout, Bolt rollout');
    expect(listed.output).toMatch(/\n {2}new-business:\n {4}stages:\n {6}decision:\n {8}from: .*contract_drafting/);
    expect(listed.output).toMatch(/role GURU .*on one record: Ann/);
    expect(sandbox.workspace.messages('deal-alerts').map(shown).join('\n')).not.toContain('Stalled in Decision');

    const text = await readFile(map, 'utf8');
    await writeFile(map, withStage(text));
    // Stalled for long, which nobody could say before.
    await expect.poll(() => sandbox.workspace.messages('deal-alerts').map(shown).join('\n'), soon).toContain('Stalled in Decision');
    await expect.poll(async () => (await gauges()).find((line) => line.includes('"stage"')), soon).toMatch(/ 0$/);
    const after = await quarantine();
    expect(after.output).not.toContain('contract_drafting');
    expect(after.output).toContain('GURU');
  });
});

/** The shipped map, whose decision takes the stage in. */
const withStage = (text: string): string =>
  text.replace(/( {6}decision:\n)/, '$1        from: { any: [contract_drafting], hubspot: [contractsent] }\n');
