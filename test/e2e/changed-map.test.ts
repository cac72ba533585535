import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotHere, botHere } from './bot-here.ts';
import { postsOf, shown } from './running-bot.ts';

describe('a journey.yml that changes while the bot runs', () => {
  let here: BotHere;
  let sound: string;
  beforeAll(async () => {
    here = await botHere();
    sound = await readFile(here.map, 'utf8');
  });
  afterAll(() => here.end());

  /** What the admin channel has heard, once it has heard as much. */
  const told = async (many: number): Promise<string[]> => {
    const texts = (): string[] =>
      postsOf(here.sandbox)
        .filter(({ channel }) => channel === here.sandbox.workspace.channel('journey-admin')?.id)
        .map(({ text }) => text);
    await expect.poll(() => texts().length, { timeout: 20_000 }).toBe(many);
    return texts();
  };

  it('is refused with all its mistakes while the old one stays, and that is taken back when it is sound again', async () => {
    await writeFile(here.map, `${sound}\nalrts: {}\naccess: { mute: [nobodies] }\n`);
    expect((await told(1))[0]).toContain('has mistakes; the old map stays');
    const [message] = postsOf(here.sandbox);
    expect(JSON.stringify(message?.blocks)).toMatch(/alrts: unknown key \(did you mean .alerts.\?\).*unknown team .nobodies/);

    // The very text that is in force already.
    await writeFile(here.map, sound);
    expect((await told(2))[1]).toContain('journey.yml is sound again, and in force');

    await writeFile(here.map, `${sound}\nroute: []\n`);
    expect((await told(3))[2]).toContain('has mistakes; the old map stays');
  });

  it('is said to have mistakes each time it comes to have them, however often a day, and how many', async () => {
    await writeFile(here.map, sound);
    expect((await told(4))[3]).toContain('journey.yml is sound again, and in force');
    const mistakes = Array.from({ length: 12 }, (_, index) => `mistake${index}: {}\n`).join('');
    await writeFile(here.map, `${sound}\n${mistakes}`);
    expect((await told(5))[4]).toContain('has mistakes; the old map stays');
    expect(shown(postsOf(here.sandbox)[4] as never)).toContain('and 2 more');
    await writeFile(here.map, sound);
    await told(6);
    await writeFile(here.map, `${sound}\nroute: []\n`);
    expect((await told(7))[6]).toContain('has mistakes; the old map stays');
  });
});
