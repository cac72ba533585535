import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/core/detectors/index.ts';
import { configOf, routes, stageOf } from './examples.ts';

const segments = 'segments: { enterprise: { when: { amount: "> 1" } } }\n';

/** What `stalled` falls back to in two stages of the template, and for enterprise deals in the first. */
async function fallbacks(rules: string): Promise<unknown[]> {
  const config = await configOf(`${segments}${rules}\nmaps: { sales: { extends: b2b-saas } }\n${routes}`, { detectors });
  const [decision, consideration] = ['decision', 'consideration'].map((stage) => stageOf(config, 'sales', stage).rules.stalled);
  return [decision?.base, consideration?.base, decision?.segments.enterprise].map((settings) =>
    settings == null ? null : (settings.params as { otherwise: unknown }).otherwise,
  );
}
const days = (amount: number) => ({ amount, unit: 'bd' });

describe('a limit that is not a fixed number', () => {
  it.each(['p75', 'crm'])('falls back to the one that it took the place of: %s', async (after) => {
    expect(await fallbacks(`rules: { stalled: { after: ${after}, enterprise: { after: p90 } } }`)).toEqual([days(15), days(25), days(15)]);
  });

  it('falls back to what is said, where something is', async () => {
    expect(await fallbacks('rules: { stalled: { after: p75, otherwise: 7bd, enterprise: { otherwise: 40bd } } }')).toEqual([
      days(7),
      days(7),
      days(40),
    ]);
  });
});
