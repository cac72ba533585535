import { beforeEach, describe, expect, it } from 'vitest';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aSignal } from '../core/builders.ts';
import { putAlert, putJourney } from '../store/builders.ts';
import { aTeam, deal } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

let bot: SmallBot;
const me = { email: 'dana@us.example' };
const config = aTeam({
  rules: { stalled: { after: '15bd' }, 'missing-role': {} },
  segments: [{ key: 'enterprise', when: { amount: { operator: '>=', value: 50_000 } } }],
});

beforeEach(async () => {
  bot = await aSmallBot({ config });
  const signals: Signal[] = [
    deal('d-1', { ownerEmail: 'Dana@us.example', amount: 60_000 }),
    deal('d-2', { ownerEmail: 'lee@us.example' }),
    deal('d-3', { stage: 'consideration', ownerEmail: 'dana@us.example' }),
  ];
  await bot.live(...signals);
  await bot.at('2026-09-28 09:00');
});

const list = async (filter: string, which: 'stalled' | 'gaps' = 'stalled', page = 1, user: { email: string | null } = me) => {
  const answer = await bot.answers.list(which, filter, page, user);
  return answer.ok ? answer.list.lines.map(({ journeyId }) => journeyId).sort() : answer.message;
};

describe('a list', () => {
  it('has a journey once, with its rules, its stage and its owner', async () => {
    expect(await list('')).toEqual(['deal:d-1', 'deal:d-2', 'deal:d-3']);
    const answer = await bot.answers.list('stalled', 'owner:@me stage:decision', 1, me);
    expect(answer).toMatchObject({
      ok: true,
      list: {
        total: 1,
        page: 1,
        pages: 1,
        lines: [
          {
            name: 'Deal d-1',
            headline: 'Stalled in Decision',
            stageLabel: 'Decision',
            ownerEmail: 'Dana@us.example',
            rules: ['stalled'],
            alertCount: 1,
          },
        ],
      },
    });
  });

  it('is about time, or about people', async () => {
    expect(await list('', 'gaps')).toEqual(['deal:d-1', 'deal:d-2']);
  });

  it('is filtered by owner, segment, stage and map, all of them together', async () => {
    expect(await list('owner:@me')).toEqual(['deal:d-1', 'deal:d-3']);
    expect(await list('owner:lee@us.example')).toEqual(['deal:d-2']);
    expect(await list('segment:Enterprise')).toEqual(['deal:d-1']);
    expect(await list('stage:Consideration')).toEqual(['deal:d-3']);
    expect(await list('map:new-business owner:me stage:decision')).toEqual(['deal:d-1']);
    expect(await list('map:customers')).toEqual([]);
    expect(await list('severity:Warning owner:@me')).toEqual(['deal:d-1', 'deal:d-3']);
    expect(await list('severity:critical')).toEqual([]);
  });

  it('refuses what it does not understand, and says what there is', async () => {
    expect(await list('stage:nowhere')).toContain('`decision`');
    expect(await list('segment:tiny')).toContain('`enterprise`');
    expect(await list('map:x')).toContain('`new-business`');
    expect(await list('severity:awful')).toContain('`critical`');
    for (const word of ['acme', 'colour:red', 'owner:', ':x', '__proto__:x']) expect(await list(word)).toContain('I do not understand');
    expect(await list('owner:@me', 'stalled', 1, { email: null })).toContain('e-mail');
  });

  it('comes in pages, and a page that is not there is the nearest', async () => {
    await bot.live(
      ...Array.from({ length: 20 }, (_, index) =>
        aSignal('deal.upserted', '2026-09-28 09:00', { deal: { id: `m-${index}`, name: `More ${index}`, stage: 'decision' } }),
      ),
    );
    await bot.at('2026-10-30 09:00');
    const pageOf = async (page: number) => {
      const answer = await bot.answers.list('stalled', '', page, me);
      return answer.ok ? [answer.list.page, answer.list.pages, answer.list.lines.length, answer.list.total] : [];
    };
    expect(await Promise.all([1, 2, 3, 9, 0, -1].map(pageOf))).toEqual([
      [1, 3, 10, 23],
      [2, 3, 10, 23],
      [3, 3, 3, 23],
      [3, 3, 3, 23],
      [1, 3, 10, 23],
      [1, 3, 10, 23],
    ]);
  });

  it('counts journeys, however many alerts there are, and every page can be seen', async () => {
    const many = Array.from({ length: 1_100 }, (_, index) =>
      putAlert(`x-${index}`, { identity: `x-${index}`, journeyId: `deal:n-${index % 550}`, rule: 'stalled' }),
    );
    await bot.store.commit([...Array.from({ length: 550 }, (_, index) => putJourney(`n-${index}`)), ...many]);
    const last = await bot.answers.list('stalled', '', 56, me);
    expect(last).toMatchObject({ ok: true, list: { total: 553, page: 56, pages: 56 } });
    expect(last.ok && last.list.lines).toHaveLength(3);
    const first = await bot.answers.list('stalled', '', 1, me);
    expect(first.ok && first.list.lines.map(({ alertCount }) => alertCount)).toContain(2);
  });

  it('says nothing of what is held back or over', async () => {
    await bot.live(aSignal('deal.upserted', '2026-09-28 09:30', { deal: { id: 'd-2', status: 'lost' } }));
    expect(await list('')).toEqual(['deal:d-1', 'deal:d-3']);
  });
});

describe('/journey alone', () => {
  it('shows what needs this person, by e-mail', async () => {
    expect(await bot.answers.home(me)).toMatchObject({ mineTotal: 2, mine: [{ journeyId: 'deal:d-1' }, { journeyId: 'deal:d-3' }] });
    expect(await bot.answers.home({ email: null })).toMatchObject({ mine: [], mineTotal: 0, openTotal: 5 });
  });
});
