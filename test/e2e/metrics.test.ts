import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../../src/core/time.ts';
import { ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { shown } from './running-bot.ts';

/** Thirty deals of the past month that went through the last stage: 24 were won after three to eight days, six were lost after thirty. One is there. */
function yearOfDeals(now: number): Record<string, unknown>[] {
  const at = (daysAgo: number): string => new Date(now - daysAgo * dayMs).toISOString();
  let count = 0;
  const signal = (type: string, daysAgo: number, body: Record<string, unknown>) => ({ id: `m${++count}`, type, occurredAt: at(daysAgo), ...body });
  const deal = (id: string, name: string, cameIn: number, left: { after: number; to: string } | null) => [
    signal('deal.upserted', 80, { deal: { id, name, pipeline: 'default', stage: 'qualifiedtobuy', amount: 9_000, status: 'open' } }),
    signal('stage.entered', cameIn, { stage: { dealId: id, stage: 'contractsent' } }),
    ...(left === null ? [] : [signal('stage.entered', cameIn - left.after, { stage: { dealId: id, stage: left.to } })]),
  ];
  return [
    ...Array.from({ length: 24 }, (_, index) => deal(`w-${index}`, `Won ${index}`, 60, { after: 3 + (index % 6), to: 'closedwon' })).flat(),
    ...Array.from({ length: 6 }, (_, index) => deal(`l-${index}`, `Lost ${index}`, 60, { after: 30, to: 'closedlost' })).flat(),
    ...deal('d-here', 'Zephyr rollout', 2, null),
  ];
}

describe('numbers learned from the past', () => {
  let here: BotHere;
  beforeAll(async () => {
    here = await botHere();
    const map = await readFile(here.map, 'utf8');
    await writeFile(here.map, map.replace('stalled: { after: 15bd,', 'stalled: { after: p75, otherwise: 15bd,'));
    expect(await here.send(yearOfDeals(Date.now()))).toBe(200);
    await here.bot.idle();
  }, 40_000);
  afterAll(() => here.end());

  const answer = async (text: string): Promise<string> => shown(await ask(here.sandbox, text));

  it('are shown by /journey metrics, each with its n', async () => {
    await expect
      .poll(() => answer('metrics'), { timeout: 20_000 })
      .toMatch(/Longest in \*Qualification\*: half of 31 leave it within \d+ working days/);
    const said = await answer('metrics new-business');
    expect(said).toMatch(/80% \(6\d%–9\d%\), n 30/);
    expect(said).toContain('too few (0)');
    expect(await answer('metrics segment:enterprise')).toContain('Too few journeys to say anything');
    expect(await answer('metrics costumers')).toContain('Did you mean customers?');
  });

  it('become the limit of a rule, which why explains', async () => {
    await expect
      .poll(() => answer('why Zephyr'), { timeout: 20_000 })
      .toMatch(/longer than \d working days: the 75th percentile of 24 won deals in Decision, learned \d+ \w+ \d{4}; 15 working days without/);
  });

  it('say of a deal what became of others', async () => {
    expect(await answer('deal Zephyr')).toMatch(
      /Of \d+ deals that have ended and (stayed longer than 1 working day|came into Decision)[^,]*, \d+ were won/,
    );
  });
});
