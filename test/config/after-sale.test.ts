import { describe, expect, it } from 'vitest';
import { explainConfig } from '../../src/config/explain-config.ts';
import { builtInTemplates } from '../../src/config/templates.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { at } from '../core/builders.ts';
import { configOf, mapOf, problemsOf, routes, stageOf } from './examples.ts';

const explained = async (text: string): Promise<string> => explainConfig(await configOf(text), { detectors, now: at('2026-09-07') });

describe('a map for accounts', () => {
  const text = `
maps:
  renewal:
    for: accounts
    stages:
      kickoff: { begins: { won: true, milestone: contract_signed } }
      preparing: { from: [renewal], begins: { renewal: 120d } }
    ends: { milestone: [renewed, closed] }
${routes}`;

  it('says what begins a stage beside the lifecycle stage, and what completes the journey', async () => {
    const config = await configOf(text);
    expect(stageOf(config, 'renewal', 'kickoff').begins).toEqual({ milestones: ['contract_signed'], won: true, renewalDays: null });
    expect(stageOf(config, 'renewal', 'preparing').begins).toEqual({ milestones: [], won: false, renewalDays: 120 });
    expect(mapOf(config, 'renewal').endsAt).toEqual(['renewed', 'closed']);
  });

  it('is explained', async () => {
    const words = await explained(text);
    expect(words).toContain('complete      when renewed or closed is reached');
    expect(words).toContain('or begins           when contract signed is reached or when a deal is won');
    expect(words).toContain('or begins           120 days before the renewal date');
    expect(words).toContain('onboarding-overdue  warning   no milestones are listed');
    expect(await explained(`extends: b2b-saas\n${routes}`)).not.toContain('renewal-due');
  });

  it.each([
    ['begins', 'stages: { one: { begins: { won: true } } }', 'maps.sales.stages.one.begins: belongs to a map for accounts: add `for: accounts`'],
    ['ends', 'stages: { one: {} }\n    ends: { milestone: done }', 'maps.sales.ends: belongs to a map for accounts: add `for: accounts`'],
    ['health', 'stages: { one: {} }\n    health: { metrics: { nps: {} } }', 'maps.sales.health: belongs to a map for accounts: add `for: accounts`'],
  ])('alone knows `%s`', async (_, section, problem) => {
    expect((await problemsOf(`maps:\n  sales:\n    ${section}\n${routes}`)).join('\n')).toContain(problem);
  });

  it('takes days, and no working days, before a renewal', async () => {
    expect((await problemsOf(`maps: { a: { for: accounts, stages: { one: { begins: { renewal: 20bd } } } } }\n${routes}`)).join('\n')).toContain(
      'expected a number of days such as 90d',
    );
  });
});

describe('health', () => {
  const maps = 'maps: { customers: { for: accounts, stages: { one: {} } }, sales: { stages: { one: {} } } }\n';

  it('is not looked at where nobody says what it is made of', async () => {
    expect(mapOf(await configOf(maps + routes), 'customers')).not.toHaveProperty('health');
  });

  it('holds for every map for accounts, with defaults for what is not said', async () => {
    const config = await configOf(`health: { metrics: { usage: {}, nps: { weight: 2, bad: 5, good: 9 } }, committee: {} }\n${maps}${routes}`);
    expect(mapOf(config, 'customers').health).toEqual({
      metrics: [
        { metric: 'usage', label: 'Usage', weight: 1, scale: null, less: false },
        { metric: 'nps', label: 'NPS', weight: 2, scale: { bad: 5, good: 9 }, less: false },
      ],
      committee: { weight: 1, people: 2, withinDays: 90 },
      freshDays: 45,
      enough: 0.5,
    });
    expect(mapOf(config, 'sales')).not.toHaveProperty('health');
  });

  it('is put together: the template, then the file, then the map', async () => {
    const text = `
health: { metrics: { usage: { weight: 5 }, csat: off, logins: {} }, fresh: 30d }
maps:
  customers: { extends: nine-stages, for: accounts, health: { metrics: { usage: { label: Seats in use }, nps: { bad: 0, good: 100 } }, committee: off } }
${routes}`;
    const { metrics, committee, freshDays } = mapOf(await configOf(text), 'customers').health ?? { metrics: [], committee: null, freshDays: 0 };
    expect(metrics.map(({ metric, label, weight, scale }) => [metric, label, weight, scale])).toEqual([
      ['usage', 'Seats in use', 5, null],
      ['active_users', 'Active users', 2, null],
      ['open_tickets', 'Open tickets', 1, null],
      ['nps', 'NPS', 2, { bad: 0, good: 100 }],
      ['logins', 'Logins', 1, null],
    ]);
    expect([committee, freshDays]).toEqual([null, 30]);
  });

  it.each([
    ['half a scale', 'nps: { good: 9 }', 'give both `good` and `bad`, or neither'],
    ['a scale without length', 'nps: { good: 9, bad: 9 }', '`good` and `bad` must differ'],
    ['a weight of nothing', 'nps: { weight: 0 }', 'weight'],
  ])('refuses %s', async (_, metric, problem) => {
    expect((await problemsOf(`health: { metrics: { ${metric} } }\n${maps}${routes}`)).join('\n')).toContain(problem);
  });
});

describe.each(builtInTemplates.names)('the template %s', (name) => {
  it('is explained in words, stage by stage', async () => {
    const text = await explained(`extends: ${name}\n${routes}`);
    const config = await configOf(`extends: ${name}\n${routes}`);
    for (const { key, label, stages } of config.maps) {
      expect(text).toContain(`Map ${key} (${label})`);
      for (const stage of stages) expect(text).toContain(`. ${stage.label}`);
    }
    expect(text).not.toMatch(/undefined|\[object|NaN/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('argues: every stage stands under a reason', () => {
    const lines = builtInTemplates.read(name).split('\n');
    const stageLines = lines.flatMap((line, index) => (/^ {6}[a-z_]+:$/.test(line) && isStage(lines, index) ? [index] : []));
    expect(stageLines.length).toBeGreaterThan(0);
    expect(stageLines.filter((index) => !/^ {4,6}#/.test(lines[index - 1] ?? '')).map((index) => lines[index])).toEqual([]);
  });

  it('says each thing about customers after the sale on one map only', async () => {
    const config = await configOf(`extends: ${name}\n${routes}`);
    const after = config.maps.filter(({ for: takes }) => takes.kind === 'accounts');
    for (const { name: rule } of detectors
      .filter(({ only }) => only === 'accounts')
      .concat(detectors.filter(({ name: each }) => each === 'response-gap'))) {
      const saying = after.filter(({ stages }) => stages.some(({ rules }) => rules[rule]?.base != null));
      expect([rule, saying.length]).toEqual([rule, Math.min(saying.length, 1)]);
    }
  });
});

function isStage(lines: readonly string[], index: number): boolean {
  return /^ {4}stages:$/.test(lines.slice(0, index).findLast((line) => /^ {4}[a-z]+:/.test(line)) ?? '');
}
