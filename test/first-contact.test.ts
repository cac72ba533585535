import { describe, expect, it } from 'vitest';
import { welcomeLines } from '../src/first-contact.ts';
import { configOf } from './config/examples.ts';

const file = `
maps: { sales: { extends: b2b-saas } }
admin: "#journey-admin"
segments: { enterprise: { when: { amount: ">= 50000" } } }
managers: { default: mia@us.example }
routes:
  - channel: "#deal-alerts"
    escalate: [{ after: 1bd, channel: "#leads" }]
    routes:
      - { match: { segment: enterprise }, channel: "#enterprise-deals", routes: [{ match: { severity: critical }, notify: owner }] }
digests: [{ channel: "#revenue", schedule: "0 9 * * mon", match: { map: sales } }]
`;

const said = async (channel: string, more = ''): Promise<string[]> => welcomeLines(await configOf(file + more), channel);

describe('the first words in a channel', () => {
  it('are three lines, whatever comes there', async () => {
    for (const channel of ['#deal-alerts', '#enterprise-deals', '#revenue', '#leads', '#journey-admin', '#general']) {
      const lines = await said(channel);
      expect(lines).toHaveLength(3);
      for (const line of lines) expect(line.length).toBeLessThan(300);
    }
  });

  it('say what comes there', async () => {
    expect((await said('#deal-alerts'))[0]).toBe('I am journey. Here I post alerts about deals and accounts that differ from your journey map.');
    expect((await said('#enterprise-deals'))[0]).toContain(
      'differ from your journey map (segment enterprise; segment enterprise, severity critical).',
    );
    expect((await said('#revenue'))[0]).toBe('I am journey. Here I post the digest of map sales (Mon at 09:00).');
    expect((await said('#leads'))[0]).toBe('I am journey. Here I post alerts that nobody took in time elsewhere.');
    expect((await said('#journey-admin'))[0]).toContain('mistakes in journey.yml');
  });

  it('say how much, and what does not come', async () => {
    const lines = await said('#deal-alerts', 'alerts: { budget: 5, quiet: "19:00-08:00" }\n');
    expect(lines[1]).toContain('at most 5 new a day, nothing new between 19:00 and 08:00 or on days off');
    expect(lines[1]).toContain('I do not read what you write');
  });

  it('say so where nothing comes', async () => {
    const [first, , third] = await said('#general');
    expect(first).toContain('Nothing comes here by itself');
    expect(third).toContain('routes or digests');
  });
});
