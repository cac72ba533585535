import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadWithNumber } from '../../src/config/load-with-number.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import type { JourneyConfig, RuleSettings } from '../../src/core/journey/journey-map.ts';
import type { NumberChange } from '../../src/core/suggestion.ts';

const yml = `
segments: { enterprise: { when: { amount: ">= 50000" } } }
maps:
  sales:
    extends: b2b-saas
    rules: { sentiment-drop: on }
    stages: { decision: { rules: { stalled: { after: p75, enterprise: { severity: critical } }, no-activity: &quiet { after: 7bd } } }, proposal: { rules: { no-activity: *quiet } } }
routes: [{ channel: "#deals" }]
`;

const change = (traits: Partial<NumberChange> = {}): NumberChange => ({
  map: { key: 'sales', label: 'Sales' },
  stage: { key: 'decision', label: 'Decision' },
  segment: null,
  parameter: 'after',
  from: '15bd',
  to: '19bd',
  ...{ ignored: 20, spared: 20, actedOn: 0, actedOnSpared: 0 },
  ...traits,
});

async function load(rule: string, wanted: NumberChange, text = yml) {
  const folder = await mkdtemp(join(tmpdir(), 'journey-number-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'journey.yml');
  await writeFile(path, text);
  return loadWithNumber(path, { rule, change: wanted }, { detectors });
}

const rulesIn = (config: JourneyConfig | undefined, stage = 'decision') => config?.maps[0]?.stages.find(({ key }) => key === stage)?.rules ?? {};
const paramsOf = (settings: RuleSettings | null | undefined) => settings?.params;

describe('a map with another number', () => {
  it('is what pasting the lines would make of the file, for segments that go by that number, too', async () => {
    const loaded = await load('stalled', change());
    expect(paramsOf(rulesIn(loaded?.before).stalled?.base)).toMatchObject({ after: { percentile: 75 } });
    expect(paramsOf(rulesIn(loaded?.after).stalled?.base)).toMatchObject({ after: { amount: 19, unit: 'bd' } });
    expect(rulesIn(loaded?.after).stalled?.segments.enterprise).toMatchObject({
      severity: 'critical',
      params: { after: { amount: 19, unit: 'bd' } },
    });
    expect(rulesIn(loaded?.after).ghosted).toEqual(rulesIn(loaded?.before).ghosted);
  });

  it('has nothing learned in it, so that a replay learns what could be known by then', async () => {
    const loaded = await load('stalled', change({ to: 'p90' }));
    expect(paramsOf(rulesIn(loaded?.after).stalled?.base)).toMatchObject({ after: { percentile: 90 } });
    expect(JSON.stringify([loaded?.before.maps, loaded?.after.maps])).not.toContain('learned');
  });

  it('takes the place of a rule that is merely on, of a segment without its own numbers, and leaves other uses of an anchor alone', async () => {
    const nps = await load('sentiment-drop', change({ stage: null, parameter: 'falls', to: 5 }));
    expect(paramsOf(nps?.after.maps[0]?.rules['sentiment-drop']?.base)).toMatchObject({ falls: 5 });
    const large = await load('no-activity', change({ segment: 'enterprise' }));
    expect(paramsOf(rulesIn(large?.after)['no-activity']?.segments.enterprise)).toMatchObject({ after: { amount: 19 } });
    expect(paramsOf(rulesIn(large?.after)['no-activity']?.base)).toMatchObject({ after: { amount: 7 } });
    const quiet = await load('no-activity', change());
    expect(paramsOf(rulesIn(quiet?.after, 'proposal')['no-activity']?.base)).toMatchObject({ after: { amount: 7 } });
  });

  it('is none where the file is broken, gone, or refuses the number', async () => {
    expect(await load('stalled', change(), 'maps: [')).toBeNull();
    expect(await load('stalled', change({ to: 'never' }))).toBeNull();
    expect(await loadWithNumber('/nowhere/journey.yml', { rule: 'stalled', change: change() }, { detectors })).toBeNull();
  });
});
