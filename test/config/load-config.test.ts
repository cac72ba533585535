import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfigFile } from '../../src/config/load-config.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { configOf, load, mapOf, problemsOf, routes, stageOf } from './examples.ts';

const sketch = `
timezone: Europe/Berlin
calendar: { workdays: [mon, tue, wed, thu, fri], hours: "09:00-18:00", holidays: DE }
roles:
  economic_buyer: { crm: [BUDGET_HOLDER, Economic Buyer], titles: [CFO, VP Finance, Finance Director] }
segments:
  enterprise: { when: { amount: ">= 50000" } }
maps:
  new-business:
    extends: b2b-saas
    for: { pipelines: [default] }
    stages:
      decision:
        from: { hubspot: [contractsent], salesforce: [Negotiation/Review] }
        expects: { roles: [economic_buyer, legal], within: 20bd, moments: [security_review, reference_call] }
        rules:
          stalled: { after: 15bd, enterprise: { after: 25bd } }
          response-gap: { types: [pricing_viewed, demo_request], within: 4bh }
routes:
  - channel: "#deal-alerts"
    routes:
      - { match: { segment: enterprise }, channel: "#enterprise-deals" }
      - { match: { severity: critical }, notify: owner }
digests:
  - { channel: "#revenue", schedule: "0 9 * * mon", match: { map: new-business } }
`;

describe('a journey map', () => {
  it('loads as the product describes it', async () => {
    const config = await configOf(sketch);
    expect(config.segments).toEqual([{ key: 'enterprise', when: { amount: { operator: '>=', value: 50000 } } }]);
    expect(mapOf(config, 'new-business').for).toEqual({ kind: 'deals', pipelines: ['default'] });
    const decision = stageOf(config, 'new-business', 'decision');
    expect(decision.from).toEqual({ hubspot: ['contractsent'], salesforce: ['Negotiation/Review'] });
    expect(decision.expects).toEqual({
      roles: ['economic_buyer', 'legal'],
      within: { amount: 20, unit: 'bd' },
      moments: ['security_review', 'reference_call'],
    });
    expect(decision.rules.stalled).toMatchObject({
      base: { severity: 'warning', params: { after: { amount: 15, unit: 'bd' } } },
      segments: { enterprise: { params: { after: { amount: 25, unit: 'bd' } } } },
    });
    expect(decision.rules['response-gap']?.base?.params).toMatchObject({
      types: ['pricing_viewed', 'demo_request'],
      within: { amount: 4, unit: 'bh' },
    });
    expect(config.routes).toEqual([
      {
        channel: '#deal-alerts',
        match: {},
        notify: [],
        escalate: null,
        continue: false,
        routes: [
          { channel: '#enterprise-deals', match: { segment: ['enterprise'] }, notify: [], escalate: null, continue: false, routes: [] },
          { channel: null, match: { severity: ['critical'] }, notify: ['owner'], escalate: null, continue: false, routes: [] },
        ],
      },
    ]);
    expect(config.digests).toEqual([
      {
        id: '#revenue map=["new-business"]',
        channel: '#revenue',
        schedule: '0 9 * * mon',
        timezone: 'Europe/Berlin',
        match: { map: ['new-business'] },
      },
    ]);
  });

  it('calls digests the same whatever their schedule, and each by another name', async () => {
    const idsOf = async (...schedules: string[]) => {
      const digests = schedules.map((schedule) => `{ channel: "#revenue", schedule: "${schedule}" }`).join(', ');
      return (await configOf(`maps: { deals: { extends: b2b-saas } }\n${routes}digests: [${digests}]`)).digests.map(({ id }) => id);
    };
    const [first, second] = await idsOf('0 9 * * mon', '0 16 * * fri');
    expect(await idsOf('0 11 * * mon', '0 16 * * thu')).toEqual([first, second]);
    expect(first).not.toBe(second);
  });

  it('has defaults for all that a team need not decide', async () => {
    const config = await configOf(`maps: { deals: { extends: b2b-saas } }\n${routes}`);
    expect(config.timezone).toBe('UTC');
    expect(config.adminChannel).toBeNull();
    expect(config.feed).toEqual({ staleAfter: { amount: 2, unit: 'bd' } });
    expect(config.alerts).toEqual({
      repeat: { amount: 3, unit: 'bd' },
      gather: { amount: 10, unit: 'm' },
      quiet: null,
      budget: 20,
      digestOnly: [],
      settle: { amount: 2, unit: 's' },
      importSummaryOver: 20,
    });
  });

  it('that comes with the program is sound', async () => {
    const loaded = await loadConfigFile(join(import.meta.dirname, '../../journey.yml'), {
      detectors,
      year: 2026,
      holidaysOf: async () => ({ days: [] }),
    });
    expect(loaded).toMatchObject({ ok: true, config: { adminChannel: '#journey-admin' } });
  });

  it('that cannot be read is a problem and no exception', async () => {
    expect(await loadConfigFile('nowhere/journey.yml', { detectors })).toEqual({
      ok: false,
      problems: [{ file: 'nowhere/journey.yml', line: 1, column: 1, path: '', message: 'there is no such file', suggestion: null }],
    });
  });

  it('changes its version with its meaning only', async () => {
    const version = async (text: string) => (await configOf(text)).version;
    const plain = `maps: { deals: { extends: b2b-saas } }\n${routes}`;
    expect(await version(`# a comment\n${plain}`)).toBe(await version(plain));
    expect(await version(`${plain}alerts: { budget: 21 }`)).not.toBe(await version(plain));
    expect(await version(`${plain}calendar: { hours: "08:00-18:00" }`)).not.toBe(await version(plain));
  });
});

describe('alerts', () => {
  const alerts = async (section: string) => (await configOf(`maps: { deals: { extends: b2b-saas } }\n${routes}alerts: ${section}`)).alerts;

  it('are quiet on days off as well, unless told otherwise', async () => {
    expect((await alerts('{ quiet: "19:00-08:00" }')).quiet).toEqual({ from: '19:00', to: '08:00', offDays: true });
    expect((await alerts('{ quiet: { hours: "19:00-08:00", offDays: false } }')).quiet).toEqual({ from: '19:00', to: '08:00', offDays: false });
  });

  it('need not be repeated', async () => {
    expect((await alerts('{ repeat: off }')).repeat).toBeNull();
  });
});

describe('roles', () => {
  const rolesOf = async (section: string) => (await configOf(`roles: ${section}\nmaps: { deals: { extends: b2b-saas } }\n${routes}`)).roles;

  it('are the built-in ones and the team’s own', async () => {
    const roles = await rolesOf('{ data_steward: { crm: [Data Steward] } }');
    expect(roles.map(({ key }) => key)).toEqual([
      'economic_buyer',
      'champion',
      'technical_evaluator',
      'end_user',
      'executive_sponsor',
      'procurement',
      'legal',
      'implementation',
      'influencer',
      'blocker',
      'data_steward',
    ]);
    expect(roles.at(-1)).toEqual({ key: 'data_steward', label: 'Data steward', crm: ['Data Steward'], titles: [] });
  });

  it('take a CRM value from the built-in role that had it', async () => {
    const roles = await rolesOf('{ champion: { crm: [decision maker] } }');
    expect(roles.find(({ key }) => key === 'champion')?.crm).toEqual(['CHAMPION', 'Champion', 'decision maker']);
    expect(roles.find(({ key }) => key === 'economic_buyer')?.crm).not.toContain('Decision Maker');
  });

  it('share no CRM value', async () => {
    const text = `roles: { champion: { crm: [Sponsor] }, legal: { crm: [sponsor] } }\nmaps: { deals: { extends: b2b-saas } }\n${routes}`;
    expect(await problemsOf(text)).toEqual(['journey.yml:1:55 roles.legal.crm[0]: `sponsor` already means the role champion']);
  });
});

describe('holidays', () => {
  const withHolidays = (section: string) => `calendar: ${section}\nmaps: { deals: { extends: b2b-saas } }\n${routes}`;

  it('are those of the place, and days of our own', async () => {
    const asked: unknown[] = [];
    const { calendar } = await configOf(withHolidays('{ holidays: DE-BY, extra: [2026-12-24] }'), {
      holidaysOf: async (...question) => {
        asked.push(question);
        return { days: [['2026-01-06', 'Heilige Drei Könige']] };
      },
    });
    expect(asked).toEqual([
      [
        { country: 'DE', state: 'BY', region: null },
        { from: 2016, to: 2036 },
      ],
    ]);
    expect(calendar.holiday('2026-01-06')).toBe('Heilige Drei Könige');
    expect(calendar.isWorkingDay('2026-12-24')).toBe(false);
  });

  it('of an unknown place are a problem, with what is known', async () => {
    const holidaysOf = async () => ({ unknown: 'state' as const, known: ['BE', 'BY'] });
    expect(await problemsOf(withHolidays('{ holidays: DE-BX }'), { holidaysOf })).toEqual([
      'journey.yml:1:23 calendar.holidays.state: no holidays are known for the state `BX`; known: BE, BY',
    ]);
  });

  it('that cannot be computed are a problem and no exception', async () => {
    const holidaysOf = () => Promise.reject(new Error('no more processes'));
    expect(await load(withHolidays('{ holidays: DE }'), { holidaysOf })).toMatchObject({
      ok: false,
      problems: [{ path: 'calendar.holidays', message: 'the holidays could not be computed: no more processes' }],
    });
  });
});
