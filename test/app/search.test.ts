import { beforeEach, describe, expect, it } from 'vitest';
import { aSignal } from '../core/builders.ts';
import { aTeam } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

let bot: SmallBot;
const accounts: [string, string | null, string | null][] = [
  ['a-1', 'Acme GmbH', 'acme.example'],
  ['a-2', 'Acme Holding', 'holding.example'],
  ['a-3', 'Müller & Söhne', 'mueller.example'],
  ['a-4', 'Northwind Traders', 'northwind.example'],
  ['a-5', null, null],
  ['a-6', 'Gone Ltd', null],
];

beforeEach(async () => {
  bot = await aSmallBot({ config: aTeam() });
  await bot.live(
    ...accounts.map(([id, name, domain]) => aSignal('account.upserted', '2026-09-07 09:00', { account: { id, name, domain } })),
    aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id: 'd-1', accountId: 'a-1', name: 'Rollout' } }),
    aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id: 'd-2', accountId: 'a-4', name: 'Rollout' } }),
    aSignal('record.deleted', '2026-09-07 10:00', { record: { kind: 'account', id: 'a-6' } }),
  );
});

const find = async (query: string, kind: 'account' | 'deal' = 'account') => {
  const found = await bot.search.find(kind, query, async ({ id }) => id);
  switch (found.kind) {
    case 'one':
      return found.summary;
    case 'several':
      return found.matches.map(({ id }) => id);
    case 'none':
      return { nearest: found.nearest.map(({ id }) => id) };
  }
};

describe('a name', () => {
  it('is found by its beginning, and that of any word of it, in any case', async () => {
    expect(await find('northw')).toBe('a-4');
    expect(await find('TRADERS')).toBe('a-4');
    expect(await find('holding')).toBe('a-2');
    expect(await find('acme hold')).toBe('a-2');
    expect(await find('traders northwind')).toBe('a-4');
  });

  it('of who was deleted is found when they are back', async () => {
    expect(await find('gone ltd')).not.toBe('a-6');
    await bot.live(aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'a-6' } }));
    expect(await find('gone ltd')).toBe('a-6');
  });

  it('typed exactly means that one, although others begin with it', async () => {
    await bot.live(aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'a-7', name: 'Acme' } }));
    expect(await find('acme')).toBe('a-7');
  });

  it('that several have is asked about', async () => {
    expect(await find('acme')).toEqual(['a-1', 'a-2']);
    expect(await find('rollout', 'deal')).toEqual(['d-1', 'd-2']);
    const several = await bot.search.find('deal', 'rollout', async () => null);
    expect(several.kind === 'several' && several.matches.map(({ detail }) => detail)).toEqual(['Acme GmbH', 'Northwind Traders']);
  });

  it('with a typing mistake is the one that begins so, not one that has such letters in the middle of a word', async () => {
    await bot.live(aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'a-8', name: 'Placeholder Pharma', domain: null } }));
    expect(await find('acne gmbh')).toBe('a-1');
    expect(await find('amce')).toEqual(['a-1', 'a-2']);
    expect(await find('plaecholder')).toBe('a-8');
    expect(await find('pharam')).toBe('a-8');
    expect(await find('northwidn')).toBe('a-4');
    expect(await find('qqqqqq')).toEqual({ nearest: [] });
  });

  it('with a typing mistake is offered first where nothing stands behind it', async () => {
    const longer = Array.from({ length: 12 }, (_, index) => `Zephyr ${index + 10}`);
    const named = [...longer, 'Zephyr'].map((name, index) =>
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: `z-${index}`, name, domain: null } }),
    );
    await bot.live(...named);
    const several = await bot.search.find('account', 'zephry', async () => null);
    expect(several.kind === 'several' && several.matches[0]?.name).toBe('Zephyr');
  });

  it('is found without its accents, and with a typing mistake', async () => {
    expect(await find('muller')).toBe('a-3');
    expect(await find('northwnd')).toBe('a-4');
    expect(await find('nrothwind')).toBe('a-4');
    expect(await find('rthwin')).toBe('a-4');
  });

  it('is found with and without letters that not every keyboard has', async () => {
    await bot.live(
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'g-1', name: 'Weiß & Groß AG', domain: null } }),
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'g-2', name: 'Weissach Motoren', domain: null } }),
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'g-3', name: 'Łódź Øresund Ægir', domain: null } }),
    );
    expect(await find('WEISS & GROSS AG')).toBe('g-1');
    expect(await find('gross weiss')).toBe('g-1');
    expect(await find('weiß')).toBe('g-1');
    expect(await find('weissach')).toBe('g-2');
    expect(await find('weiss')).toEqual(['g-2', 'g-1']);
    for (const typed of ['lodz', 'Łódź', 'oresund', 'øresund', 'aegir', 'Ægir lodz']) expect(await find(typed)).toBe('g-3');
  });

  it('is found without what stands between its letters', async () => {
    await bot.live(
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 's-1', name: 'H&M Hennes & Mauritz', domain: null } }),
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 's-2', name: 'E.ON SE', domain: null } }),
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 's-3', name: 'L’Oréal (Coca-Cola)', domain: null } }),
    );
    expect(await find('hm')).toBe('s-1');
    expect(await find('mauritz hm')).toBe('s-1');
    expect(await find('h&m')).toBe('s-1');
    expect(await find('eon se')).toBe('s-2');
    for (const typed of ['loreal', 'cocacola', 'Coca Cola', "l'oreal"]) expect(await find(typed)).toBe('s-3');
  });

  it('is found by the beginning of any word of it, also where no space stands between words', async () => {
    await bot.live(
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'j-1', name: '東京三菱UFJ銀行', domain: null } }),
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'j-2', name: '三井物産株式会社', domain: null } }),
      aSignal('account.upserted', '2026-09-07 11:00', { account: { id: 'j-3', name: 'บริษัทไทยเบฟเวอเรจ', domain: null } }),
    );
    expect(await find('三')).toEqual(['j-2', 'j-1']);
    expect(await find('三菱')).toBe('j-1');
    expect(await find('ufj')).toBe('j-1');
    expect(await find('銀行 三菱')).toBe('j-1');
    expect(await find('株式')).toBe('j-2');
    expect(await find('ไทย')).toBe('j-3');
    expect((await bot.search.candidates('account', '三', 10)).map(({ id }) => id)).toEqual(['j-2', 'j-1']);
  });

  it.each(['https://acme.example/', 'http://www.acme.example/pricing?from=mail', 'www.acme.example', 'HTTPS://ACME.example'])(
    'can be a web address, of which the domain counts: %s',
    async (address) => {
      const account = { id: 'a-9', name: 'See https://www.example.org', domain: 'evil.example' };
      await bot.live(aSignal('account.upserted', '2026-09-07 11:00', { account }));
      expect(await find(address)).toBe('a-1');
    },
  );

  it('can be the web domain, or the id of what has no name', async () => {
    expect(await find('acme.example')).toBe('a-1');
    expect(await find('a-5')).toBe('a-5');
  });

  it('that nobody has is not guessed', async () => {
    expect(await find('zzzzzz')).toEqual({ nearest: [] });
    expect(await find('')).toEqual({ nearest: [] });
    expect(await find('  ')).toEqual({ nearest: [] });
  });

  it('that is only remotely like one is asked about', async () => {
    expect(await find('acne corp')).toEqual({ nearest: ['a-2', 'a-1'] });
  });

  it('of what was deleted or erased is not found any more', async () => {
    expect(await find('gone ltd')).toEqual({ nearest: [] });
    await bot.live(aSignal('record.erased', '2026-09-07 12:00', { record: { kind: 'account', id: 'a-4' } }));
    expect(await find('northwind')).toEqual({ nearest: [] });
  });

  it('of what was deleted and restored is found again', async () => {
    await bot.live(aSignal('account.upserted', '2026-09-07 12:00', { account: { id: 'a-6' } }));
    expect(await find('gone ltd')).toBe('a-6');
    await bot.live(aSignal('record.deleted', '2026-09-07 13:00', { record: { kind: 'deal', id: 'd-1' } }));
    expect(await find('rollout', 'deal')).toBe('d-2');
    await bot.live(aSignal('deal.upserted', '2026-09-07 14:00', { deal: { id: 'd-1' } }));
    expect(await find('rollout', 'deal')).toEqual(['d-1', 'd-2']);
  });

  it('finds a record that was merged by the name it goes by now', async () => {
    await bot.live(aSignal('record.merged', '2026-09-07 12:00', { merge: { kind: 'account', from: ['a-2'], into: 'a-4' } }));
    expect(await find('northwind')).toBe('a-4');
    expect(await find('acme')).toBe('a-1');
  });

  it('that looks like a pattern, or like nothing, is harmless', async () => {
    for (const query of ['%', '_', '*', '\u0000', '__proto__', "'; drop table accounts; --", 'x'.repeat(5000), '<!channel>'])
      expect(await find(query)).toBeDefined();
  });
});

it('what is found but cannot be shown any more is none', async () => {
  expect(await bot.search.find('account', 'northwind', async () => null)).toEqual({ kind: 'none', query: 'northwind', nearest: [] });
});
