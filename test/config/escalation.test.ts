import { describe, expect, it } from 'vitest';
import { explainConfig } from '../../src/config/explain-config.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { configOf, problemsOf } from './examples.ts';

const maps = 'maps: { sales: { extends: b2b-saas } }\n';
/** A root with this beside its channel. */
const withRoute = (more: string, rest = '') => `${maps}routes: [{ channel: "#deals", ${more} }]\n${rest}`;
const managers = 'managers: { Dana@us.example: mia@us.example, default: head@us.example }\n';
const teams = 'teams: { sales: [dana@us.example] }\n';

describe('a chain', () => {
  it('is read with its waits, whom it mentions and where', async () => {
    const { routes, managers: known } = await configOf(
      withRoute(
        'notify: [owner, owner], escalate: [{ after: 4bh, notify: manager }, { after: 1bd, channel: "#leads", notify: [owner, team] }], routes: [{ match: { rule: stalled }, escalate: off }]',
        managers + teams,
      ),
    );
    expect(routes).toEqual([
      {
        channel: '#deals',
        match: {},
        notify: ['owner'],
        escalate: [
          { after: { amount: 4, unit: 'bh' }, channel: null, notify: ['manager'] },
          { after: { amount: 1, unit: 'bd' }, channel: '#leads', notify: ['owner', 'team'] },
        ],
        continue: false,
        routes: [{ channel: null, match: { rule: ['stalled'] }, notify: [], escalate: [], continue: false, routes: [] }],
      },
    ]);
    expect(known).toEqual({ byOwner: { 'dana@us.example': 'mia@us.example' }, others: 'head@us.example' });
  });

  const cases: [what: string, text: string, expected: string[]][] = [
    [
      'whom nobody knows',
      withRoute('notify: ownr'),
      ['journey.yml:2:39 routes[0].notify: expected owner, manager or team, got "ownr" (did you mean `owner`?)'],
    ],
    [
      'a manager where there is none',
      withRoute('notify: manager, escalate: [{ after: 4bh, notify: [owner, manager] }]'),
      [
        'journey.yml:2:39 routes[0].notify: nobody is a manager yet: name them in `managers`, such as managers: { default: mia@us.example }',
        'journey.yml:2:73 routes[0].escalate[0].notify: nobody is a manager yet: name them in `managers`, such as managers: { default: mia@us.example }',
      ],
    ],
    ['a team where there is none', withRoute('notify: team'), ['journey.yml:2:39 routes[0].notify: there is no team yet: name them in `teams`']],
    [
      'a step that tells nobody',
      withRoute('escalate: [{ after: 4bh }]'),
      ['journey.yml:2:42 routes[0].escalate[0]: must say whom to `notify`, or name a `channel`'],
    ],
    [
      'a step without a wait',
      withRoute('escalate: [{ notify: owner }, { after: 0bh, notify: owner }]'),
      [
        'journey.yml:2:42 routes[0].escalate[0].after: is missing: expected a duration such as 15bd (working days), 4bh (working hours), 3d, 48h, 30m or 2s',
        'journey.yml:2:70 routes[0].escalate[1].after: must be longer than nothing',
      ],
    ],
    [
      'a step to where the alert is',
      withRoute(
        'escalate: [{ after: 4bh, channel: "#deals" }], routes: [{ match: { rule: stalled }, escalate: [{ after: 1bd, channel: "#deals" }] }]',
      ),
      [
        'journey.yml:2:65 routes[0].escalate[0].channel: is where the alert is already: say whom to `notify`, or name another channel',
        'journey.yml:2:149 routes[0].routes[0].escalate[0].channel: is where the alert is already: say whom to `notify`, or name another channel',
      ],
    ],
    ['no step', withRoute('escalate: []'), ['journey.yml:2:31 routes[0].escalate: must have at least one step; off: nothing follows']],
    [
      'a chain without an end',
      withRoute(`escalate: [${Array.from({ length: 11 }, () => '{ after: 1bd, notify: owner }').join(', ')}]`),
      ['journey.yml:2:31 routes[0].escalate: has more than 10 steps'],
    ],
    [
      'a key of a step',
      withRoute('escalate: [{ after: 4bh, notfy: owner }]'),
      [
        'journey.yml:2:42 routes[0].escalate[0]: must say whom to `notify`, or name a `channel`',
        'journey.yml:2:56 routes[0].escalate[0].notfy: unknown key (did you mean `notify`?)',
      ],
    ],
    [
      'what is no chain',
      withRoute('escalate: manager'),
      ['journey.yml:2:41 routes[0].escalate: expected a list of steps such as [{ after: 4bh, notify: manager }], or off'],
    ],
    [
      'a manager who is no address',
      withRoute('', 'managers: { dana@us.example: mia }'),
      ['journey.yml:3:30 managers.dana@us.example: expected an e-mail address'],
    ],
    [
      'an owner who is no address',
      withRoute('', 'managers: { dana: mia@us.example }'),
      ['journey.yml:3:13 managers.dana: expected an e-mail address of an owner, or default'],
    ],
    [
      'two managers of one owner',
      withRoute('', 'managers: { dana@us.example: mia@us.example, Dana@us.example: lee@us.example }'),
      ['journey.yml:3:46 managers.Dana@us.example: `dana@us.example` is there already, with another manager'],
    ],
  ];

  it.each(cases)('that names %s is refused with its place', async (_what, text, expected) => {
    expect(await problemsOf(text)).toEqual(expected);
  });
});

describe('a playbook', () => {
  const playbook = (text: string) => `${maps}routes: [{ channel: "#deals" }]\nplaybook:\n${text.replaceAll(/^/gm, '  ')}\n`;

  it('is read as a text for a rule, or several by role and stage, in one line each', async () => {
    const config = await configOf(
      playbook(
        'stalled: >\n  Ask for\n  the date.\nmissing-role:\n  - { role: [legal, procurement], stage: decision, text: Ask counsel. }\n  - { text: Ask around. }',
      ),
    );
    expect(config.playbook).toEqual([
      { rule: 'stalled', role: null, stage: null, text: 'Ask for the date.' },
      { rule: 'missing-role', role: 'legal', stage: 'decision', text: 'Ask counsel.' },
      { rule: 'missing-role', role: 'procurement', stage: 'decision', text: 'Ask counsel.' },
      { rule: 'missing-role', role: null, stage: null, text: 'Ask around.' },
    ]);
  });

  const cases: [what: string, text: string, expected: string][] = [
    ['an unknown rule', 'stale: x', 'journey.yml:4:3 playbook.stale: unknown rule `stale` (did you mean `stalled`?)'],
    [
      'an unknown role',
      'stalled: [{ role: economic_byer, text: x }]',
      'journey.yml:4:21 playbook.stalled[0].role[0]: unknown role `economic_byer` (did you mean `economic_buyer`?)',
    ],
    [
      'an unknown stage',
      'stalled: [{ stage: [decison], text: x }]',
      'journey.yml:4:23 playbook.stalled[0].stage[0]: unknown stage `decison` (did you mean `decision`?)',
    ],
    ['a text that is too long', `stalled: ${'x'.repeat(251)}`, 'journey.yml:4:12 playbook.stalled: is longer than 250 characters'],
    ['no text', 'stalled: " "', 'journey.yml:4:12 playbook.stalled: must not be empty'],
    ['an unknown key', 'stalled: [{ roel: legal, text: x }]', 'journey.yml:4:15 playbook.stalled[0].roel: unknown key (did you mean `role`?)'],
    [
      'two texts about the same',
      'stalled: [{ role: legal, text: x }, { role: [champion, legal], text: y }]',
      'journey.yml:4:39 playbook.stalled[1]: an earlier text is about the same (role legal)',
    ],
  ];

  it.each(cases)('with %s is refused with its place', async (_what, text, expected) => {
    expect(await problemsOf(playbook(text))).toEqual([expected]);
  });
});

it('`journey check` says all of it in words', async () => {
  const config = await configOf(
    withRoute(
      'notify: owner, escalate: [{ after: 4bh, notify: manager }, { after: 1bd, channel: "#leads", notify: [owner, team] }], routes: [{ match: { rule: stalled }, escalate: off }]',
      `${managers}${teams}playbook: { stalled: Ask for the date., missing-role: [{ role: legal, stage: decision, text: Ask counsel. }, { text: Ask around. }] }\n`,
    ),
  );
  const words = explainConfig(config, { detectors, now: Date.UTC(2026, 10, 1) });
  expect(words).toContain(`Playbook
  stalled             Ask for the date.
  missing-role        role legal, stage decision: Ask counsel.
                      Ask around.

Where alerts go
  everything → #deals; mentions the owner
    nobody takes it for 4 working hours: a reply in the thread, mentions the owner's manager
    for 1 working day more: the card in #leads, mentions the owner and the team of the stage
      but rule stalled → #deals
        nothing follows while nobody takes it

Managers
  dana@us.example: mia@us.example
  everybody else: head@us.example
`);
});
