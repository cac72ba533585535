import { describe, expect, it } from 'vitest';
import { commandWords } from '../../../../src/adapters/slack/listeners/parse-command.ts';
import { commandHelpView, helpView } from '../../../../src/adapters/slack/views/help.ts';
import { listView } from '../../../../src/adapters/slack/views/list.ts';
import { pathView } from '../../../../src/adapters/slack/views/path.ts';
import { subscriptionsView } from '../../../../src/adapters/slack/views/subscriptions.ts';
import { pathSummary, subscription } from '../command-samples.ts';
import { readAloud } from '../read-aloud.ts';
import { line, now } from '../samples.ts';

describe('help', () => {
  it('lists every command, shortly', () => {
    const said = readAloud(helpView());
    for (const word of commandWords) expect(said).toContain(`*/journey ${word}`);
    expect(said.split('\n').length).toBeLessThan(commandWords.length + 5);
  });

  it.each([...commandWords])('says more of %s, with an example that is one', (word) => {
    const said = readAloud(commandHelpView(word));
    expect(said).toMatch(new RegExp(`^\\*/journey ${word}`));
    expect(said).toContain(`For example: */journey ${word}`);
  });
});

describe('a path', () => {
  it('is said stage by stage, with what is lacking and what is extra', () => {
    expect(readAloud(pathView(pathSummary()))).toBe(
      [
        '*Acme rollout* · New business',
        '2 stages so far: 1 in time, 1 late, 1 missing, 1 without all that the map expects, 2 extra steps.',
        '| Stage | Path | Working days | Expected |',
        '| Awareness | ✓ in time | 3 | 10 working days |',
        '| Consideration | ✗ missing, required: skipped or not observed | – | 15 working days |',
        '| Decision | ⏰ late, here now, came back once | 24 | 15 working days |',
        '| Implementation | ahead | – | – |',
        '• *Decision* lacks Economic buyer, security review',
        '• Back from Implementation to Decision, 2026-11-03',
        '• 4 working days in “legal_hold”, which is not on the map, since 2026-11-13',
        '(Days: all stays in a stage together. Expected: of each stay · /journey why: which rules were checked)',
      ].join('\n'),
    );
  });

  it('that is as the map has it says so, and one that was not seen yet, too', () => {
    const [first] = pathSummary().stages;
    const stages = first === undefined ? [] : [first];
    expect(readAloud(pathView(pathSummary({ stages, extra: [], outcome: 'won' })))).toContain(
      '🟢 As the map has it: 1 stage, each in time. It is won.',
    );
    const lacking = stages.map((stage) => ({ ...stage, lacks: ['Economic buyer'] }));
    expect(readAloud(pathView(pathSummary({ stages: lacking, extra: [] })))).toContain(
      '1 stage so far: 1 in time, 1 without all that the map expects.',
    );
    expect(readAloud(pathView(pathSummary({ stages: [], extra: [] })))).toContain('No stage of its map was observed yet.');
  });
});

describe('a list', () => {
  const list = (changes: object = {}) => ({
    title: 'Who has gone silent',
    lines: [
      { ...line(), stageLabel: 'Decision', ownerEmail: null, rules: ['silent-role'], alertCount: 4, also: ['Tom Berg has gone silent', 'No answer'] },
    ],
    total: 1,
    page: 1,
    pages: 1,
    filter: '',
    ...changes,
  });

  it('names what else there is of a journey, and how much more', () => {
    expect(readAloud(listView('silent', list()))).toContain(
      'Stalled in Decision since 2026-10-26 · also: Tom Berg has gone silent, No answer · and 1 more alert',
    );
  });

  it('says in which stage it is, where what is wrong does not', () => {
    const lines = [
      { ...line({ headline: 'Tom Berg has gone silent' }), stageLabel: 'Decision', ownerEmail: null, rules: ['silent-role'], alertCount: 1 },
    ];
    expect(readAloud(listView('silent', list({ lines })))).toContain('Tom Berg has gone silent since 2026-10-26 · in Decision');
  });

  it('says where else to look, also when it is empty', () => {
    for (const shown of [list(), list({ total: 0, lines: [] })])
      expect(readAloud(listView('silent', shown))).toContain('whom we miss: /journey gaps');
  });
});

it('subscriptions are said with when the next one comes', () => {
  const said = readAloud(subscriptionsView([subscription(), subscription({ id: 's-2', channel: 'C0GENERAL', filter: '' })], now));
  expect(said).toContain('You have subscribed to 2 digests.');
  expect(said).toContain('*Mondays at 09:00 (Europe/Berlin)* · to me · segment:enterprise\nNext: 2026-11-30 at …\n[Change] [End]');
  expect(said).toContain('· <#C0GENERAL> · all journeys');
  expect(said).toMatch(/\[New digest\]$/);
});
