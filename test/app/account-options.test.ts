import { beforeEach, describe, expect, it } from 'vitest';
import { aSignal } from '../core/builders.ts';
import { aTeam } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const anAccount = (id: string, name: string | null, domain: string | null = null) =>
  aSignal('account.upserted', '2026-09-07 09:00', { account: { id, name, domain } });

describe('the accounts that a menu offers', () => {
  let bot: SmallBot;
  beforeEach(async () => {
    bot = await aSmallBot({ config: aTeam() });
    await bot.live(
      ...Array.from({ length: 150 }, (_, index) => anAccount(`old-${index}`, `1st Acme ${index}`)),
      anAccount('a-1', 'Acme GmbH', 'acme.example'),
      anAccount('a-2', 'Acme GmbH', 'acme.test'),
      anAccount('a-3', 'Zeta Acme'),
      anAccount('a-4', 'ACME'),
      anAccount('b-1', 'Birch', 'birch.example'),
      anAccount('b-2', 'Birch', 'birch.example'),
    );
  });
  const offered = async (query: string) => (await bot.records.findAccountOptions(query)).map(({ id }) => id);

  it('are a hundred, the very name first, then what begins so', async () => {
    const ids = await offered('acme');
    expect(ids).toHaveLength(100);
    expect(ids.slice(0, 4)).toEqual(['a-4', 'a-1', 'a-2', 'old-0']);
    expect((await offered('zeta ac'))[0]).toBe('a-3');
  });

  it('are told apart by their domain where they are called the same, or by their id', async () => {
    const details = async (query: string) => (await bot.records.findAccountOptions(query)).map(({ detail }) => detail);
    expect((await details('acme')).slice(0, 4)).toEqual([null, 'acme.example', 'acme.test', null]);
    expect(await details('birch')).toEqual(['b-1', 'b-2']);
  });

  it('are those that were meant where somebody types wrong, and none where nobody is called so', async () => {
    expect(await offered('brich')).toEqual(['b-1', 'b-2']);
    expect(await offered('qqqqqq')).toEqual([]);
    expect(await offered(' ')).toEqual([]);
  });
});
