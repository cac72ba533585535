import { describe, expect, it } from 'vitest';
import { explainConfig } from '../../src/config/explain-config.ts';
import { configOf, exampleDetectors } from './examples.ts';

const text = `
timezone: Europe/Berlin
calendar: { holidays: DE, extra: [2026-12-24] }
segments: { big: { when: { amount: ">= 50000", pipeline: [a, b] } } }
maps:
  sales:
    moves: ["two>one"]
    outcomes: { won: { hubspot: [closedwon] } }
    stages:
      one: { from: { hubspot: [first], salesforce: [First] }, rules: { slow: { after: 3bd, big: { after: 9bd } } } }
      two:
        required: true
        expects: { roles: [champion, legal], within: 10bd, moments: [security_review] }
        signs: [contract_viewed]
        team: onboarding
        rules: { slow: off }
teams: { onboarding: { members: Mia@us.example, channels: [training] } }
assets: { roi: { label: ROI sheet, roles: [champion, end_user], stages: two } }
routes:
  - channel: "#all"
    routes: [{ match: { segment: big, severity: critical }, notify: owner, continue: true }]
digests: [{ channel: "#revenue", schedule: "0 9 * * mon", match: { map: sales } }]
admin: "#admin"
alerts: { quiet: "19:00-08:00", digestOnly: [info] }
`;

const explained = async (source = text) => {
  const config = await configOf(source, {
    detectors: exampleDetectors,
    holidaysOf: async () => ({
      days: [
        ['2026-01-01', 'New Year'],
        ['2026-12-25', 'Christmas'],
      ],
    }),
  });
  return explainConfig(config, { detectors: exampleDetectors, now: Date.UTC(2026, 10, 1) });
};

describe('the explanation of a journey map', () => {
  it('says in words what the file means', async () => {
    const words = await explained();
    expect(words.replace(/^Roles\n(?: {2}.*\n)*\n/m, '')).toBe(`Working time
  Mon to Fri, 09:00 to 18:00, Europe/Berlin.
  Next holidays: Thu 24 Dec 2026, Day off; Fri 25 Dec 2026, Christmas.

Segments
  big           amount at least 50,000 and in pipeline a or b

Map sales (Sales): deals of every pipeline
  won           closedwon (HubSpot)
  lost          as the CRM says
  moves back    two to one

  In every stage
    lonely              info      lonely {"people":2,"roles":[]}

  1. One
    from                first (HubSpot); First (Salesforce)
    slow                warning   slower than 3 working days
      big               warning   slower than 9 working days

  2. Two, not to be skipped
    from                two (any source)
    people              Champion, Legal, within 10 working days
    moments of truth    security review
    signs               contract viewed
    assets              ROI sheet (Champion, End user); nothing for Legal
    team                Onboarding: mia@us.example, channel training
    off                 slow

Where alerts go
  everything → #all
      but segment big, severity critical → #all; mentions the owner; the next entries have it, too

How loud
  An alert that stays open unchanged is said again after 3 working days.
  Nothing new between 19:00 and 08:00, nor on days off.
  A channel gets at most 20 new cards a day; an import that opens more than 20 posts one summary.
  Only digests tell of alerts that are info.
  A CRM that has sent nothing for 2 working days is called silent, and rules about silence wait for it.
  Trouble with this file or with channels is told in #admin.

Digests
  #revenue: Mon at 09:00 (Europe/Berlin), map sales
`);
  });

  it('lists the roles with what they are recognised by, the file’s own first: one that is mistyped is among them', async () => {
    const roles = 'roles: { economic_byer: { titles: [Head of Controlling] }, works_council: {}, champion: { crm: [champion, Coach] } }';
    const words = await explained(`${roles}\nmaps: { sales: { stages: { one: {} } } }\nroutes: [{ channel: "#all" }]`);
    expect(words).toContain(`Roles
  economic_byer (your own): by title Head of Controlling
  works_council (your own): recognised by nothing: neither CRM values nor titles
  economic_buyer: in the CRM BUDGET_HOLDER, DECISION_MAKER`);
    expect(words).toMatch(/^ {2}champion: in the CRM champion, Coach$/m);
    expect(words).toMatch(/^ {2}legal: in the CRM LEGAL_AND_COMPLIANCE, Legal; by title General Counsel,/m);
  });

  it('says what is not there', async () => {
    const words = await explained(
      'maps: { sales: { for: accounts, stages: { one: {} } } }\nroutes: [{ channel: "#all" }]\nalerts: { repeat: off }\ncalendar: { workdays: [mon, wed, fri] }',
    );
    for (const line of [
      'Mon, Wed, Fri, 09:00 to 18:00, UTC.',
      'No holidays.',
      'accounts, by their lifecycle stage',
      'An alert is said once.',
      'No quiet hours.',
      'No admin channel',
      'Digests\n  None.',
    ]) {
      expect(words).toContain(line);
    }
  });

  it('keeps to a width that terminals have', async () => {
    const longest = Math.max(...(await explained()).split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(110);
  });
});
