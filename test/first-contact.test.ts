import { describe, expect, it } from 'vitest';
import type { Subscription } from '../src/core/subscription.ts';
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

const subscription = (changes: Partial<Subscription> = {}): Subscription => ({
  id: 's-1',
  by: 'U0DANA',
  channel: 'C0HERE',
  weekday: 'mon',
  time: '09:00',
  timezone: 'Europe/Berlin',
  filter: '',
  match: {},
  createdAt: 1,
  ...changes,
});
const said = async (channel: string, more = '', subscriptions: Subscription[] = []): Promise<string[]> =>
  welcomeLines(await configOf(file + more), { channel, channelId: 'C0HERE', subscriptions });

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
    expect((await said('#enterprise-deals'))[0]).toContain('differ from your journey map (segment enterprise).');
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
    expect(third).toContain('/journey subscribe');
    expect(await said('#general', '', [subscription({ channel: 'C0ELSEWHERE' }), subscription({ channel: null })])).toEqual(await said('#general'));
  });

  it('name a digest that somebody has subscribed the channel to, which no journey.yml sends', async () => {
    expect(await said('C0HERE', '', [subscription({ filter: 'segment:enterprise' })])).toEqual([
      'I am journey. Here I post a digest that somebody asked for (Mondays at 09:00 (Europe/Berlin), only segment:enterprise).',
      'Nothing else comes here by itself. I do not read what you write, and answers to /journey are seen by whoever asked alone.',
      'Too much, too little? /journey subscribe changes or ends a digest for whoever asked for it, /journey help shows the rest.',
    ]);
    const [first, , third] = await said('#deal-alerts', '', [subscription()]);
    expect(first).toMatch(/Here I post alerts about .* and a digest that somebody asked for/);
    expect(third).toBe(
      'Too much, too little? journey.yml says what comes here (routes, digests, alerts), /journey subscribe changes or ends a digest for whoever asked for it, /journey mute NAME 5bd silences one account, /journey help shows the rest.',
    );
  });

  it('promise no cards where only a digest comes', async () => {
    expect((await said('#revenue'))[1]).toContain('Nothing else comes here by itself');
    expect((await said('#leads'))[1]).toContain('One message a deal or account');
  });
});
