import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { explainConfig } from '../../../src/config/explain-config.ts';
import { detectors } from '../../../src/core/detectors/index.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import { dayMs } from '../../../src/core/time.ts';
import { at } from '../../core/builders.ts';
import { configOf, routes } from '../examples.ts';
import { createCustomer } from './customers.ts';
import { industries } from './industries.ts';
import { live } from './live-year.ts';

/** What HubSpot, Salesforce, Pipedrive and files call what happened, without anybody's doing. */
const delivered = ['meeting', 'call', 'email'];
const folder = join(import.meta.dirname, '../../../src/config/templates');

/** What a template comes with: see CONTRIBUTING.md. */
describe.each(industries.map((industry) => [industry.template, industry] as const))('the template %s', (template, industry) => {
  let text = '';
  let config: JourneyConfig;
  beforeAll(async () => {
    text = await readFile(join(folder, `${template}.yml`), 'utf8');
    config = await configOf(`extends: ${template}\n${routes}`);
  });

  it('argues each of its stages in a comment, and says what to measure there', () => {
    for (const { key } of config.maps.flatMap(({ stages }) => stages)) {
      const argued = text.match(new RegExp(`((?: +#.*\\n)+) {6}${key}:`))?.[1];
      expect(argued, `${key} of ${template}`).toBeDefined();
      expect(argued?.replaceAll(/\n +# /g, ' '), `${key} of ${template}`).toContain('To measure');
    }
  });

  it('names roles and moments of truth of buying', () => {
    const stages = config.maps.filter((map) => map.for.kind === 'deals').flatMap((map) => map.stages);
    expect(stages.flatMap(({ expects }) => expects.roles)).not.toEqual([]);
    expect(stages.flatMap(({ expects }) => expects.moments)).not.toEqual([]);
  });

  it('argues the numbers of each map in comments', () => {
    for (const [rules] of text.matchAll(/^ {4}rules:\n(?: {6}.*\n|\n)+/gm)) expect(rules).toMatch(/^ {6}# \S/m);
  });

  it('asks for moments of truth as CRMs tell of them, where one decides', () => {
    const asked = config.maps.flatMap(({ stages }) => stages.flatMap(({ rules }) => rules['moment-missed']?.base?.params ?? [])) as {
      moments?: string[];
    }[];
    expect(asked).not.toEqual([]);
    for (const { moments } of asked) expect(delivered).toEqual(expect.arrayContaining(moments ?? ['all of them']));
  });

  it('says so, once, of a deal that goes well otherwise and in which it never happens', () => {
    const customer = createCustomer(industry, 'perfect', 1, config.calendar, at('2025-09-01'));
    const never = customer.signals.map((signal) =>
      signal.type === 'touchpoint.recorded' && delivered.includes(signal.touchpoint.type)
        ? { ...signal, touchpoint: { ...signal.touchpoint, type: 'note' } }
        : signal,
    );
    // Longer in each stage than anybody gives a moment of truth.
    const begins = never[0]?.occurredAt ?? 0;
    const slowly = never.map((signal) => ({ ...signal, occurredAt: begins + 9 * (signal.occurredAt - begins) }));
    const { said } = live(slowly, config, begins + 900 * dayMs);
    const missed = said.filter(({ rule, journeyId }) => rule === 'moment-missed' && journeyId.startsWith('deal:'));
    expect(missed.map(({ headline }) => headline)).toEqual([template === 'b2b-ecommerce' ? 'No email yet' : 'No meeting yet']);
  });

  it('is explained by journey check: every stage, and every rule', () => {
    const told = explainConfig(config, { detectors, now: at('2025-09-01') });
    for (const map of config.maps) {
      expect(told).toContain(`Map ${map.key} (${map.label})`);
      for (const { label } of map.stages) expect(told).toContain(`. ${label}`);
    }
    for (const { name, only } of detectors)
      if (only === undefined || config.maps.some((map) => map.for.kind === only)) expect(told, name).toContain(name);
  });
});
