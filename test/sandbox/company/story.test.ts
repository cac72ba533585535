import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfigFile } from '../../../src/config/load-config.ts';
import { detectors } from '../../../src/core/detectors/index.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import { type Company, createCompany } from '../../../src/sandbox/company/create-company.ts';
import { assessCompany } from './assess-company.ts';

/** The project's own map: what the demo company is told against. */
let config: JourneyConfig;
beforeAll(async () => {
  const loaded = await loadConfigFile(join(import.meta.dirname, '../../../journey.yml'), { detectors });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  config = loaded.config;
});

const instants = {
  'on a Wednesday morning': '2026-11-18T09:30:00Z',
  'on a Saturday night': '2026-11-21T22:40:00Z',
  'on Christmas Day': '2026-12-25T11:00:00Z',
  'on the first working day of a year': '2027-01-04T07:05:00Z',
  'after Easter, with summer time a week old': '2027-04-05T16:59:00Z',
  'in the hour that summer time ends with': '2026-10-25T01:30:00Z',
};

const said = (company: Pick<Company, 'history'>, now: number): string[] =>
  assessCompany(company.history, config, now)
    .flatMap(({ journey, findings }) => findings.map(({ rule, headline }) => `${journey.name} / ${rule} / ${headline}`))
    .toSorted();

describe.each(Object.entries(instants))('the story %s', (_when, instant) => {
  const now = Date.parse(instant);

  it.each([2026, 7])('is all that the bot has to say, with seed %i', (seed) => {
    const company = createCompany({ seed, now });
    const lines = said(company, now);
    for (const { name, rule, says } of company.alerts) {
      expect(lines.filter((line) => line.startsWith(`${name} / ${rule} / `) && says.test(line))).toHaveLength(1);
    }
    expect(lines).toHaveLength(company.alerts.length);
  });

  it('ends some alerts and begins one, scene by scene', () => {
    const company = createCompany({ seed: 2026, now });
    let history = company.history;
    for (const { signals, expect: end } of company.scenes) {
      const before = said({ history }, now);
      history = [...history, ...signals(now)];
      const after = said({ history }, now);
      if (end.kind === 'clear') {
        expect(before.filter((line) => line.startsWith(end.name))).toHaveLength(1);
        expect(after).toEqual(before.filter((line) => !line.startsWith(end.name)));
      } else {
        const fresh = after.filter((line) => !before.includes(line));
        expect(fresh).toHaveLength(1);
        expect(fresh[0]).toMatch(end.alert.says);
        expect(fresh[0]).toContain(`${end.alert.name} / ${end.alert.rule} / `);
      }
    }
  });
});

it('has people, open deals and customers enough around the story for its silence to mean something', () => {
  const now = Date.parse(instants['on a Wednesday morning']);
  const company = createCompany({ seed: 2026, now });
  const open = assessCompany(company.history, config, now).map(({ journey }) => journey);
  expect(open.filter(({ kind }) => kind === 'deal').length).toBeGreaterThan(25);
  expect(open.filter(({ kind }) => kind === 'account').length).toBeGreaterThan(15);
  expect(open.filter(({ account }) => account?.name === 'Acme')).toHaveLength(2);
});
