import { describe, expect, it } from 'vitest';
import { problemsOf, routes } from './examples.ts';

/** Problems of a file that is otherwise sound. */
const inMap = (map: string, rest = '') => problemsOf(`maps:\n  sales:\n${map.replaceAll(/^/gm, '    ')}\n${rest}${routes}`);
const besides = (section: string) => problemsOf(`maps: { sales: { extends: b2b-saas } }\n${routes}${section}`);

const limit = 'expected a duration such as 15bd (working days), 4bh (working hours) or 3d, crm, or a percentile of won journeys from p50 to p99';

describe('names that do not exist are reported with what was probably meant', () => {
  const cases: [what: string, problems: Promise<string[]>, expected: string][] = [
    ['key', besides('alrts: {}'), 'journey.yml:3:1 alrts: unknown key (did you mean `alerts`?)'],
    [
      'zone',
      besides('timezone: Europe/Berln'),
      'journey.yml:3:11 timezone: unknown time zone; zones are named as in Europe/Berlin (did you mean `Europe/Berlin`?)',
    ],
    [
      'weekday',
      besides('calendar: { workdays: [monday] }'),
      'journey.yml:3:24 calendar.workdays[0]: expected mon, tue, wed, thu, fri, sat or sun, got "monday" (did you mean `mon`?)',
    ],
    [
      'role',
      inMap('extends: b2b-saas\nstages: { decision: { expects: { roles: [economic_byer] } } }'),
      'journey.yml:4:46 maps.sales.stages.decision.expects.roles[0]: unknown role `economic_byer` (did you mean `economic_buyer`?)',
    ],
    [
      'role in a rule',
      besides('rules: { silent-role: { roles: [champoin] } }'),
      'journey.yml:3:33 rules.silent-role.roles[0]: unknown role `champoin` (did you mean `champion`?)',
    ],
    [
      'role of an asset',
      besides('assets: { pricing: { roles: [champion, economic_byer], stages: decision } }'),
      'journey.yml:3:40 assets.pricing.roles[1]: unknown role `economic_byer` (did you mean `economic_buyer`?)',
    ],
    [
      'stage of an asset',
      besides('assets: { pricing: { roles: champion, stages: [proposal, decison] } }'),
      'journey.yml:3:58 assets.pricing.stages[1]: unknown stage `decison` (did you mean `decision`?)',
    ],
    [
      'key of an asset',
      besides('assets: { pricing: { roles: champion, stages: decision, lable: Prices } }'),
      'journey.yml:3:57 assets.pricing.lable: unknown key (did you mean `label`?)',
    ],
    [
      'team of a stage',
      inMap('extends: b2b-saas\nstages: { decision: { team: onbording } }', 'teams: { onboarding: [mia@us.example] }\n'),
      'journey.yml:4:33 maps.sales.stages.decision.team: unknown team `onbording`; known: onboarding (did you mean `onboarding`?)',
    ],
    [
      'team of a stage, without teams',
      inMap('extends: b2b-saas\nstages: { decision: { team: onboarding } }'),
      'journey.yml:4:33 maps.sales.stages.decision.team: unknown team `onboarding`; name it in `teams`',
    ],
    ['rule', besides('rules: { stale: off }'), 'journey.yml:3:10 rules.stale: unknown rule `stale` (did you mean `stalled`?)'],
    [
      'parameter',
      besides('rules: { stalled: { afer: 3bd } }'),
      'journey.yml:3:21 rules.stalled.afer: stalled has no parameter, and the file no segment, `afer` (did you mean `after`?)',
    ],
    [
      'segment in a rule',
      besides('segments: { enterprise: { when: { amount: "> 1" } } }\nrules: { stalled: { enterprize: off } }'),
      'journey.yml:4:21 rules.stalled.enterprize: stalled has no parameter, and the file no segment, `enterprize` (did you mean `enterprise`?)',
    ],
    [
      'a severity without a value',
      besides('rules: { stalled: { severity: } }'),
      'journey.yml:3:31 rules.stalled.severity: expected info, warning or critical, got null',
    ],
    [
      'severity',
      besides('rules: { stalled: { severity: critcal } }'),
      'journey.yml:3:31 rules.stalled.severity: expected info, warning or critical, got "critcal" (did you mean `critical`?)',
    ],
    [
      'template',
      inMap('extends: b2b-sas'),
      'journey.yml:3:14 maps.sales.extends: unknown template or map `b2b-sas`; known: b2b-saas, five-phases, nine-stages, professional-services, b2b-ecommerce (did you mean `b2b-saas`?)',
    ],
    [
      'template of the file',
      besides('extends: five-phase'),
      'journey.yml:3:10 extends: unknown template `five-phase`; known: b2b-saas, five-phases, nine-stages, professional-services, b2b-ecommerce (did you mean `five-phases`?)',
    ],
    [
      'stage in moves',
      inMap('extends: b2b-saas\nmoves: ["decision>proposel"]'),
      'journey.yml:4:13 maps.sales.moves[0]: unknown stage `proposel` (did you mean `proposal`?)',
    ],
    [
      'stage to stand after',
      inMap('extends: b2b-saas\nstages: { legal: { from: [x], after: decison } }'),
      'journey.yml:4:42 maps.sales.stages.legal.after: unknown stage `decison` (did you mean `decision`?)',
    ],
    [
      'stage to switch off',
      inMap('extends: b2b-saas\nstages: { decison: off }'),
      'journey.yml:4:15 maps.sales.stages.decison: there is no such stage to switch off (did you mean `decision`?)',
    ],
    [
      'stage of the template, misspelt',
      inMap('extends: b2b-saas\nstages: { decison: { required: true } }'),
      'journey.yml:4:15 maps.sales.stages.decison: is a new stage and needs `from`: the CRM stages that mean it (did you mean `decision`?)',
    ],
    [
      'source',
      inMap('extends: b2b-saas\nstages: { decision: { from: { hubspt: [x] } } }'),
      'journey.yml:4:35 maps.sales.stages.decision.from.hubspt: unknown key (did you mean `hubspot`?)',
    ],
    [
      'key with two letters that changed places',
      inMap('extends: b2b-saas\nstages: { decision: { form: [x] } }'),
      'journey.yml:4:27 maps.sales.stages.decision.form: unknown key (did you mean `from`?)',
    ],
    [
      'stage that is like none',
      besides('digests: [{ channel: "#revenue", schedule: "0 9 * * mon", match: { stage: won } }]'),
      'journey.yml:3:75 digests[0].match.stage[0]: unknown stage `won`; known: qualification, consideration, proposal, decision',
    ],
    [
      'map in a digest',
      besides('digests: [{ channel: "#revenue", schedule: "0 9 * * mon", match: { map: sale } }]'),
      'journey.yml:3:73 digests[0].match.map[0]: unknown map `sale` (did you mean `sales`?)',
    ],
  ];

  it.each(cases)('%s', async (_what, problems, expected) => {
    expect(await problems).toEqual([expected]);
  });

  it('everything that a route can match', async () => {
    const match = '{ match: { segment: a, map: sals, stage: decisio, rule: stald }, channel: "#x" }';
    const problems = await problemsOf(`maps: { sales: { extends: b2b-saas } }\nroutes: [{ channel: "#all", routes: [${match}] }]`);
    expect(problems).toEqual([
      'journey.yml:2:58 routes[0].routes[0].match.segment[0]: unknown segment `a`; the file names none in `segments`',
      'journey.yml:2:66 routes[0].routes[0].match.map[0]: unknown map `sals` (did you mean `sales`?)',
      'journey.yml:2:79 routes[0].routes[0].match.stage[0]: unknown stage `decisio` (did you mean `decision`?)',
      'journey.yml:2:94 routes[0].routes[0].match.rule[0]: unknown rule `stald` (did you mean `stalled`?)',
    ]);
  });
});

describe('values that make no sense are refused', () => {
  const cases: [what: string, section: string, expected: string][] = [
    ['a duration without a unit', 'rules: { stalled: { after: 15 } }', `journey.yml:3:28 rules.stalled.after: ${limit}, got 15`],
    ['a duration with an unknown unit', 'rules: { stalled: { after: 15wd } }', `journey.yml:3:28 rules.stalled.after: ${limit}, got "15wd"`],
    ['a percentile that says nothing', 'rules: { stalled: { after: p40 } }', `journey.yml:3:28 rules.stalled.after: ${limit}, got "p40"`],
    [
      'a rule that is neither on nor off',
      'rules: { stalled: 5 }',
      'journey.yml:3:19 rules.stalled: expected off, on or parameters, such as stalled: { severity: info }',
    ],
    [
      'a number without its name',
      'rules: { stalled: 20bd }',
      'journey.yml:3:19 rules.stalled: expected off, on or parameters, such as stalled: { after: 20bd }',
    ],
    [
      'a cron expression with seconds',
      'digests: [{ channel: "#r", schedule: "0 0 9 * * mon" }]',
      'journey.yml:3:38 digests[0].schedule: expected five fields: minute, hour, day, month, weekday, such as "0 9 * * mon"',
    ],
    [
      'a cron expression that never comes',
      'digests: [{ channel: "#r", schedule: "0 9 30 2 *" }]',
      'journey.yml:3:38 digests[0].schedule: is no cron expression that ever comes due; try "0 9 * * mon"',
    ],
    [
      'a digest without a channel',
      'digests: [{ schedule: "0 9 * * mon" }]',
      'journey.yml:3:11 digests[0].channel: is missing: expected a channel such as "#deal-alerts" (in quotes: # starts a comment) or its id such as C0123456789',
    ],
    [
      'a channel without #',
      'admin: journey-admin',
      'journey.yml:3:8 admin: expected a channel such as "#deal-alerts" (in quotes: # starts a comment) or its id such as C0123456789',
    ],
    [
      'a comparison without an operator',
      'segments: { big: { when: { amount: 5 } } }',
      'journey.yml:3:36 segments.big.when.amount: expected a comparison such as ">= 50000", got 5',
    ],
    ['a segment that says nothing', 'segments: { big: { when: {} } }', 'journey.yml:3:20 segments.big.when: must state at least one condition'],
    [
      'opening hours that run backwards',
      'calendar: { hours: "18:00-09:00" }',
      'journey.yml:3:20 calendar.hours: must close later than it opens, on the same day',
    ],
    ['a week without work', 'calendar: { workdays: [] }', 'journey.yml:3:13 calendar.workdays: must name at least one'],
    ['a day off that does not exist', 'calendar: { extra: [2026-02-30] }', 'journey.yml:3:21 calendar.extra[0]: expected a day such as 2026-12-24'],
    ['an offset for a zone', 'timezone: "+02:00"', 'journey.yml:3:11 timezone: unknown time zone; zones are named as in Europe/Berlin'],
    ['a title of one letter', 'roles: { cto: { titles: [x] } }', 'journey.yml:3:26 roles.cto.titles[0]: must have at least 2 characters'],
    ['a budget of nothing', 'alerts: { budget: 0 }', 'journey.yml:3:19 alerts.budget: must be at least 1'],
    ['a repetition without end', 'alerts: { repeat: 0d }', 'journey.yml:3:19 alerts.repeat: must be longer than nothing; off: never'],
    ['quiet hours all day', 'alerts: { quiet: "00:00-24:00" }', 'journey.yml:3:18 alerts.quiet: must not begin and end at the same time'],
    ['quiet hours without minutes', 'alerts: { quiet: "19-8" }', 'journey.yml:3:18 alerts.quiet: expected quiet hours such as "19:00-08:00"'],
    [
      'a segment with the name of a parameter',
      'segments: { patience: { when: { amount: "> 1" } } }',
      'journey.yml:3:13 segments.patience: is the name of a parameter of the rule stalled; choose another name',
    ],
    ['a name that every object has', 'roles: { constructor: {} }', 'journey.yml:3:10 roles.constructor: is a reserved word; choose another name'],
    [
      'a name with spaces',
      'roles: { Big Boss: {} }',
      'journey.yml:3:10 roles.Big Boss: expected a name of lower-case letters, digits, `-` and `_`, such as `new-business` (did you mean `big-boss`?)',
    ],
    [
      'the same digest twice',
      'digests: [{ channel: "#r", schedule: "0 9 * * mon" }, { channel: "#r", schedule: "0 9 * * mon" }]',
      'journey.yml:3:55 digests[1]: is the same as an earlier digest',
    ],
    ['a list for a mapping', 'alerts: []', 'journey.yml:3:1 alerts: expected a mapping, got a list'],
  ];

  it.each(cases)('%s', async (_what, section, expected) => {
    expect(await besides(section)).toEqual([expected]);
  });
});

describe('a file as a whole', () => {
  it('needs a route that takes everything', async () => {
    const maps = 'maps: { sales: { extends: b2b-saas } }\n';
    const message = 'needs an entry with a channel and without `match`, which takes every alert: - channel: "#deal-alerts"';
    expect(await problemsOf(maps)).toEqual([`journey.yml:1:1 routes: ${message}`]);
    expect(await problemsOf(`${maps}routes: [{ channel: "#big", match: { amount: "> 1" } }]`)).toEqual([`journey.yml:2:1 routes: ${message}`]);
    expect(await problemsOf(`${maps}routes: [{ notify: owner }]`)).toEqual(['journey.yml:2:10 routes[0]: a route at the top needs a channel']);
  });

  it('has no route that is never reached', async () => {
    const problemsOfRoutes = (list: string) => problemsOf(`maps: { sales: { extends: b2b-saas } }\nroutes: ${list}`);
    const never = (place: string, path: string, taker: string) =>
      `journey.yml:2:${place} ${path}: is never reached: ${taker} takes all that it matches; put it before ${taker}, or under its \`routes\`, or let that one \`continue: true\``;
    const critical = '{ channel: "#b", match: { severity: critical } }';
    expect(await problemsOfRoutes(`[{ channel: "#a" }, ${critical}]`)).toEqual([never('29', 'routes[1]', 'routes[0]')]);
    expect(await problemsOfRoutes(`[{ channel: "#a", routes: [{ channel: "#c", match: { severity: [warning, critical] } }, ${critical}] }]`)).toEqual(
      [never('97', 'routes[0].routes[1]', 'routes[0].routes[0]')],
    );
    expect(await problemsOfRoutes(`[{ channel: "#a", match: { amount: ">= 5" } }, { channel: "#a" }, { channel: "#b" }]`)).toEqual([
      never('75', 'routes[2]', 'routes[1]'),
    ]);
    for (const fine of [
      `[{ channel: "#a", continue: true }, ${critical}]`,
      `[${critical}, { channel: "#a" }]`,
      `[{ channel: "#a", routes: [${critical}] }]`,
      `[{ channel: "#c", match: { severity: critical, rule: stalled } }, ${critical}, { channel: "#a" }]`,
      `[{ channel: "#c", match: { severity: [critical, warning], amount: "> 5" } }, ${critical}, { channel: "#a" }]`,
    ])
      expect(await problemsOfRoutes(fine)).toEqual([]);
    // What was refused for its form takes no more than its author meant.
    expect(await problemsOfRoutes(`[{ channel: "#a", match: { severity: urgent } }, { channel: "#b" }]`)).toHaveLength(1);
  });

  it('loses nothing that is sound beside two mistakes in one mapping', async () => {
    expect(await besides('assets: { x: { roles: [boss], stages: decision }, y: {} }')).toEqual([
      'journey.yml:3:24 assets.x.roles[0]: unknown role `boss`',
      'journey.yml:3:51 assets.y.roles: is missing: expected text or a list',
      'journey.yml:3:51 assets.y.stages: is missing: expected text or a list',
    ]);
  });

  it('needs a map, and a map needs stages', async () => {
    expect(await problemsOf(routes)).toEqual([
      'journey.yml:1:1 maps: needs at least one journey map, such as: maps: { new-business: { extends: b2b-saas } }',
    ]);
    expect(await problemsOf(`maps: { sales: {} }\n${routes}`)).toEqual([
      'journey.yml:1:9 maps.sales: has no stages: list them, or extend a template',
    ]);
  });

  it('has maps that extend each other without going in circles', async () => {
    const text = `maps:\n  a: { extends: b }\n  b: { extends: c }\n  c: { extends: a }\n${routes}`;
    const problems = await problemsOf(text);
    expect(problems).toContain('journey.yml:2:17 maps.a.extends: goes in circles: a extends b extends c extends a');
    expect(problems.filter((line) => line.includes('no stages'))).toEqual([]);
  });

  it('gives a CRM stage one meaning in a map', async () => {
    const stages = 'stages:\n  one: { from: { hubspot: [x, y] } }\n  two: { from: { hubspot: [y], salesforce: [x] } }\n  three: { from: [x] }';
    expect(await inMap(stages)).toEqual([
      'journey.yml:5:22 maps.sales.stages.two.from.hubspot: CRM stage `y` already means stage one',
      'journey.yml:6:16 maps.sales.stages.three.from.any: CRM stage `x` already means stage one',
    ]);
  });

  it('gives a pipeline to one map', async () => {
    const map = '{ extends: b2b-saas, for: { pipelines: [default] } }';
    expect(await problemsOf(`maps:\n  a: ${map}\n  b: ${map}\n${routes}`)).toEqual([
      'journey.yml:3:27 maps.b.for: pipeline `default` is taken by the map a already',
    ]);
  });

  it('has all its mistakes reported at once, in their order', async () => {
    const text = [
      'timezone: Mars',
      'segments: { big: { when: { amount: 5 } } }',
      'maps:',
      '  sales:',
      '    extends: b2b-saas',
      '    stages:',
      '      decision:',
      '        expects: { roles: [byer], within: 20 }',
      '        rules: { stalled: { after: x, big: { after: y } }, stale: off }',
      'routes: [{ channel: "#all", match: { stage: nowhere } }, { chanel: "#x" }]',
      'digests: [{ channel: revenue, schedule: never }]',
    ];
    const problems = await problemsOf(text.join('\n'));
    expect(problems.map((line) => /^journey\.yml:(\d+):\d+ (\S+):/.exec(line)?.slice(1))).toEqual([
      ['1', 'timezone'],
      ['2', 'segments.big.when.amount'],
      ['8', 'maps.sales.stages.decision.expects.roles[0]'],
      ['8', 'maps.sales.stages.decision.expects.within'],
      ['9', 'maps.sales.stages.decision.rules.stalled.after'],
      ['9', 'maps.sales.stages.decision.rules.stalled.big.after'],
      ['9', 'maps.sales.stages.decision.rules.stale'],
      ['10', 'routes[0].match.stage[0]'],
      ['10', 'routes[1].chanel'],
      ['11', 'digests[0].channel'],
      ['11', 'digests[0].schedule'],
    ]);
  });

  it('takes 1,5d for what was meant, also within braces, and names the comma once', async () => {
    const rules = (text: string) => besides(`rules: ${text}`);
    const hint = '; numbers are written without a `,`';
    expect(await rules('{ stalled: { after: 1,5d } }')).toEqual([`journey.yml:3:28 rules.stalled.after: ${limit}, got "1,5d"${hint}`]);
    expect(await rules('{ missing-role: {grace: 1,5 d}, close-date: { pushes: 2,5, severity: warnin } }')).toEqual([
      expect.stringMatching(/^journey.yml:3:32 rules.missing-role.grace: expected a duration .*numbers are written without a `,`$/),
      `journey.yml:3:62 rules.close-date.pushes: expected a number, got "2,5"${hint}`,
      expect.stringContaining('rules.close-date.severity'),
    ]);
    expect(await rules('\n  stalled:\n    after: 1,5d')).toEqual([expect.stringContaining(hint)]);
    expect(await rules('{ stalled: { after: 1,5d, big: { after: 1,5d }, enterprise: {after: 2,5d} } }')).toHaveLength(3);
    expect(await besides('segments: { small: { when: { amount: "<= 50,000" } } }')).toEqual([
      `journey.yml:3:38 segments.small.when.amount: expected a comparison such as ">= 50000"${hint}`,
    ]);
  });

  it('hides no mistake of a map or a stage behind its name, and calls neither missing', async () => {
    const name = 'expected a name of lower-case letters, digits, `-` and `_`, such as `new-business`';
    const map = 'maps:\n  Neugeschäft:\n    stages:\n      Erstgespräch: { from: { hubspot: a }, expects: { within: 3 weeks } }\n';
    expect(await problemsOf(`${map}      gewonnen: { rules: { stale: off } }\n${routes}`)).toEqual([
      `journey.yml:2:3 maps.Neugeschäft: ${name} (did you mean \`neugeschaft\`?)`,
      `journey.yml:4:7 maps.Neugeschäft.stages.Erstgespräch: ${name} (did you mean \`erstgesprach\`?)`,
      'journey.yml:4:64 maps.Neugeschäft.stages.Erstgespräch.expects.within: expected a duration such as 15bd (working days), 4bh (working hours), 3d, 48h, 30m or 2s',
      'journey.yml:5:28 maps.Neugeschäft.stages.gewonnen.rules.stale: unknown rule `stale` (did you mean `stalled`?)',
    ]);
    // A name without a letter that a key may have, and one whose sound form is taken.
    expect(await besides('segments: { 大: { when: { amount: much } }, big: { when: {} }, Big: { whn: 1 } }')).toEqual([
      `journey.yml:3:13 segments.大: ${name}`,
      'journey.yml:3:34 segments.大.when.amount: expected a comparison such as ">= 50000"',
      expect.stringContaining('segments.big'),
      `journey.yml:3:63 segments.Big: ${name} (did you mean \`big-2\`?)`,
      expect.stringContaining('segments.Big.when'),
      expect.stringContaining('segments.Big.whn'),
    ]);
  });

  it('hides no mistake of a digest behind another one, nor says one twice', async () => {
    const text = [
      'maps: { sales: { extends: b2b-saas } }',
      'routes: [{ channel: "#all", escalate: [{ after: x, notify: owner }] }]',
      'digests:',
      '  - { channel: "#a", schedule: "0 9 * *", match: { map: nope } }',
      '  - { channel: "#a", schedule: "0 9 * * mon" }',
      '  - { channel: "#a", schedule: never }',
      '  - { schedule: "0 9 * * mon", match: { stage: nowhere } }',
      '  - { channel: "#b", schedule: "0 9 * * mon", match: { map: nix } }',
      '  - { channel: "#c", schedule: "0 9 * * mon" }',
      '  - { channel: "#c", schedule: "0 9 * * mon" }',
    ];
    const problems = await problemsOf(text.join('\n'));
    expect(problems.map((line) => /^journey\.yml:\d+:\d+ (\S+):/.exec(line)?.[1])).toEqual([
      'routes[0].escalate[0].after',
      'digests[0].schedule',
      'digests[0].match.map[0]',
      'digests[2].schedule',
      'digests[3].channel',
      'digests[3].match.stage[0]',
      'digests[4].match.map[0]',
      'digests[6]',
    ]);
  });

  it('is named as the caller named it', async () => {
    expect((await problemsOf('')).at(0)).toBe('journey.yml:1:1: the file is empty');
  });
});
