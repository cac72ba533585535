import { beforeEach, describe, expect, it } from 'vitest';
import { readFilters } from '../../src/app/filters.ts';
import { openAccess, type Visitor } from '../../src/core/access.ts';
import type { ListName } from '../../src/core/detectors/detector.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aConfig, aMap, aSignal } from '../core/builders.ts';
import { putAlert, putJourney } from '../store/builders.ts';
import { aTeam, deal } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

let bot: SmallBot;
const me = { userId: 'U0DANA', email: 'dana@us.example' };
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

const list = async (filter: string, which: ListName = 'stalled', page = 1, asker: Visitor = me) => {
  const answer = await bot.answers.list(which, filter, page, asker);
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

  it('names the account beside each journey', async () => {
    await bot.live(
      aSignal('account.upserted', '2026-09-28 09:30', { account: { id: 'a-1', name: 'Acme GmbH' } }),
      aSignal('deal.upserted', '2026-09-28 09:30', { deal: { id: 'd-1', accountId: 'a-1' } }),
    );
    const answer = await bot.answers.list('stalled', '', 1, me);
    const lines = answer.ok ? answer.list.lines.map(({ name, accountName }) => [name, accountName]) : [];
    expect(lines).toEqual(
      expect.arrayContaining([
        ['Deal d-1', 'Acme GmbH'],
        ['Deal d-2', null],
      ]),
    );
    expect((await bot.answers.home(me)).mine).toMatchObject([{ accountName: 'Acme GmbH' }, { accountName: null }]);
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

  it('is filtered by a stage of whatever map, where several call one so', async () => {
    const read = await readFilters('stage:Decision', {
      asker: { userId: 'U1', email: null },
      config: aConfig({ maps: [aMap(), aMap({ key: 'renewal', stages: [{ key: 'signing', label: 'Decision' }] })] }),
      owners: async () => [],
    });
    expect(read).toMatchObject({ ok: true, match: { stage: ['decision', 'signing'] } });
  });

  it('is filtered by several owners, by rule and by amount', async () => {
    expect(await list('owner:@me owner:lee@us.example')).toEqual(['deal:d-1', 'deal:d-2', 'deal:d-3']);
    expect(await list('owner:lee')).toEqual(['deal:d-2']);
    expect(await list('rule:stalled')).toHaveLength(3);
    for (const amount of ['>50000', '>=60k', '>50.000', ">50'000", '=60000', '<1m']) expect(await list(`amount:${amount}`)).toEqual(['deal:d-1']);
    expect(await list('amount:>60k')).toEqual([]);
    expect(await list('stage:"Decision" owner:@me')).toEqual(['deal:d-1']);
  });

  it('comes in the order that is asked for, over all pages', async () => {
    const ordered = async (filter: string) => {
      const answer = await bot.answers.list('stalled', filter, 1, me);
      return answer.ok ? answer.list.lines.map(({ journeyId }) => journeyId) : answer.message;
    };
    await bot.live(deal('d-4', { amount: 900, stage: 'awareness' }));
    await bot.live(aSignal('stage.entered', '2026-09-29 09:00', { stage: { dealId: 'd-4', stage: 'consideration' } }));
    await bot.at('2026-11-02 09:00');
    expect(await ordered('sort:amount')).toEqual(['deal:d-1', 'deal:d-4', 'deal:d-2', 'deal:d-3']);
    expect((await ordered('sort:age')).at(-1)).toBe('deal:d-4');
    expect(await ordered('sort:size')).toContain('`amount`, `age`');
  });

  it.each([
    ['stage:decison', '`stage:decision`', 'There is `awareness`, `consideration`, `decision`'],
    ['segment:enterprize', '`segment:enterprise`', '`enterprise`'],
    ['map:new-busines', '`map:new-business`', '`customers`'],
    ['severity:critcal', '`severity:critical`', '`warning`'],
    ['rule:staled', '`rule:stalled`', '`close-date`'],
    ['owner:le@us.example', '`owner:lee@us.example`', '`dana@us.example`'],
    ['stge:decision', '`stage:decision`', '`amount:>50000`'],
    ['decision', '`stage:decision`', '`owner:@me`'],
    ['sort:amout', '`sort:amount`', '`age`'],
    ['sevrity:critical', '`severity:critical`', '`sort:age`'],
    ['amout:>50k', '`amount:>50k`', '`owner:@me`'],
  ])('answers %s with what may have been meant, and with what there is', async (filter, meant, there) => {
    const answer = await list(filter);
    expect(answer).toContain(`Did you mean ${meant}?`);
    expect(answer).toContain(there);
  });

  it('refuses what it does not understand, and says what there is', async () => {
    expect(await list('stage:nowhere')).toContain('`decision`');
    expect(await list('rule:silent-role', 'gaps')).toContain('There is no rule');
    expect(await list('amount:lots')).toContain('amount:>50000');
    expect(await list('amount:500')).toContain('amount:>50000');
    for (const word of ['page:0', 'stge:2', 'map2:nowhere', 'amout:lots', 'srot:size']) expect(await list(word)).not.toContain('Did you mean');
    for (const word of ['acme', 'colour:red', 'owner:', ':x', '__proto__:x']) expect(await list(word)).toContain('I do not understand');
    expect(await list('owner:@me', 'stalled', 1, { ...me, email: null })).toContain('e-mail');
  });

  it('tells those who may not see amounts nothing by filtering or sorting by them', async () => {
    const access = { ...openAccess, amounts: { who: { emails: [me.email], userIds: [] }, channels: [] } };
    bot.setConfig({ ...config, access });
    const theo = { userId: 'U0THEO', email: 'theo@us.example' };
    for (const filter of ['amount:>50000', 'amount:=60k', 'amount:lots', 'sort:amount', 'stage:decision sort:amount'])
      expect(await list(filter, 'stalled', 1, theo)).toContain('You may not see amounts');
    expect(await bot.answers.list('stalled', 'sort:amount', 1, theo)).toMatchObject({ ok: false, denied: true });
    for (const filter of ['colour:red', 'sort:size', 'amout:>5']) {
      expect(await list(filter)).toContain('amount');
      expect(String(await list(filter, 'stalled', 1, theo)).replace(`“${filter}”`, '')).not.toContain('amount');
    }
    expect(await list('sort:age', 'stalled', 1, theo)).toHaveLength(3);
    expect(await list('amount:>50000')).toEqual(['deal:d-1']);
    expect(await list('sort:amount')).toHaveLength(3);
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

describe('who has gone silent', () => {
  it('is a list of its own: each rule stands in one list', async () => {
    const rules = (which: ListName) => detectors.filter((rule) => rule.list === which).map(({ name }) => name);
    expect(rules('silent')).toEqual(['no-activity', 'ghosted', 'silent-role']);
    expect(rules('gaps')).not.toContain('silent-role');
    expect(rules('stalled')).not.toContain('ghosted');
  });

  it('names everybody of a journey who has', async () => {
    const quiet = await aSmallBot({ config: aTeam({ rules: { 'silent-role': { roles: ['legal', 'champion'], after: '5bd' } } }) });
    const person = (id: string, name: string, role: string) =>
      aSignal('person.upserted', '2026-09-07 09:00', { person: { id, dealIds: ['d-1'], name, roles: [role] } });
    await quiet.live(deal('d-1'), person('p-1', 'Priya Nair', 'champion'), person('p-2', 'Tom Berg', 'legal'));
    await quiet.at('2026-09-28 09:00');
    const answer = await quiet.answers.list('silent', '', 1, me);
    expect(answer).toMatchObject({
      ok: true,
      list: {
        title: 'Who has gone silent',
        total: 1,
        lines: [{ alertCount: 2, headline: expect.stringMatching(/Priya Nair|Tom Berg/), also: [expect.stringMatching(/Priya Nair|Tom Berg/)] }],
      },
    });
  });
});

describe('/journey alone', () => {
  it('shows what needs this person, by e-mail', async () => {
    expect(await bot.answers.home(me)).toMatchObject({ mineTotal: 2, mine: [{ journeyId: 'deal:d-1' }, { journeyId: 'deal:d-3' }] });
    expect(await bot.answers.home({ email: null })).toMatchObject({ mine: [], mineTotal: 0, openTotal: 5 });
  });
});
