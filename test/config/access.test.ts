import { describe, expect, it } from 'vitest';
import { explainConfig } from '../../src/config/explain-config.ts';
import { openAccess } from '../../src/core/access.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { configOf, problemsOf, routes } from './examples.ts';

const maps = 'maps: { sales: { extends: b2b-saas } }\n';
const people = 'managers: { dana@us.example: Mia@us.example, default: head@us.example }\nteams: { success: [ines@us.example] }\n';
const withAccess = (access: string, rest = people): string => `${maps}${routes}${rest}access: ${access}\n`;

describe('who may do what', () => {
  it('is everybody, everywhere, where the file says nothing', async () => {
    const config = await configOf(maps + routes);
    expect(config.access).toEqual(openAccess);
    expect(explainConfig(config, { detectors, now: 0 })).not.toContain('Who may');
  });

  it('names people, teams, managers and Slack ids', async () => {
    const { access } = await configOf(withAccess('{ mute: [managers, success, Theo@us.example, U0123456], subscribe: everyone }'));
    expect(access.may.mute).toEqual({
      emails: ['mia@us.example', 'head@us.example', 'ines@us.example', 'theo@us.example'],
      userIds: ['U0123456'],
    });
    expect(access.may.subscribe).toBe('everyone');
    expect(access.may.acknowledge).toBe('everyone');
  });

  it('names who sees amounts, and in which channels they stand', async () => {
    const { access } = await configOf(withAccess('{ amounts: [managers, "#enterprise-deals"] }'));
    expect(access.amounts).toEqual({ who: { emails: ['mia@us.example', 'head@us.example'], userIds: [] }, channels: ['#enterprise-deals'] });
    expect((await configOf(withAccess('{ amounts: [everyone, "#enterprise-deals"] }'))).access.amounts).toBeNull();
    expect((await configOf(withAccess('{ amounts: "#enterprise-deals" }'))).access.amounts?.who).toEqual({ emails: [], userIds: [] });
  });

  it('shows accounts where alerts and digests go anyway', async () => {
    const { access } = await configOf(withAccess('{ details: "#sales" }', 'digests: [{ channel: "#revenue", schedule: "0 9 * * mon" }]\n'));
    expect(access.details).toEqual(['#sales', '#deal-alerts', '#revenue']);
  });

  it('is explained in words', async () => {
    const config = await configOf(withAccess('{ mute: managers, amounts: success, details: "#sales", bots: B0123456 }'));
    const said = explainConfig(config, { detectors, now: 0 });
    expect(said).toContain('Who may do and see what');
    expect(said).toContain('To mute accounts: mia@us.example, head@us.example.');
    expect(said).toContain('Amounts are shown to ines@us.example in answers, and in no channel.');
    expect(said).toContain('Accounts are shown in #sales, #deal-alerts, and to one person alone.');
    expect(said).toContain('Bots that may do what everyone may: B0123456.');
  });

  it.each([
    ['a team that is not there', '{ mute: sucess }', 'access.mute[0]: unknown team `sucess` (did you mean `success`?)'],
    ['what is no name at all', '{ mute: "Dana Weiss" }', 'access.mute: expected everyone, managers, the name of a team'],
    ['a channel that is none', '{ details: sales }', 'access.details: expected a channel such as "#deal-alerts"'],
    ['a bot by its name', '{ bots: zapier }', 'access.bots: expected the id of a Slack user or bot'],
    ['a deed that is none', '{ mutes: everyone }', 'access.mutes: unknown key'],
  ])('refuses %s', async (_what, access, expected) => {
    const [problem] = await problemsOf(withAccess(access));
    expect(problem).toContain(expected);
  });

  it('refuses managers where there are none', async () => {
    expect(await problemsOf(withAccess('{ mute: managers }', ''))).toEqual([expect.stringContaining('nobody is a manager yet')]);
  });
});
