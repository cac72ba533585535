import { describe, expect, it } from 'vitest';
import { emailsOf, mentionsOf } from '../../../src/core/alerts/whom.ts';
import type { TeamDefinition } from '../../../src/core/journey/journey-map.ts';
import { aConfig } from '../builders.ts';

const aTeam = (key: string, members: string[]): TeamDefinition => ({ key, label: key, members, channels: [] });
const config = aConfig({
  managers: { byOwner: { 'dana@us.example': 'mia@us.example' }, others: 'head@us.example' },
  teams: [aTeam('sales', ['dana@us.example']), aTeam('onboarding', ['ines@us.example'])],
});
const whose = { ownerEmail: 'Dana@us.example', team: null };

describe('whom a message mentions', () => {
  it('is the manager of the owner, or of everybody else', () => {
    expect(mentionsOf(['manager'], whose, config)).toEqual([{ who: 'manager', label: 'Manager', emails: ['mia@us.example'] }]);
    for (const ownerEmail of ['lee@us.example', null, 'toString'])
      expect(mentionsOf(['manager'], { ...whose, ownerEmail }, config)).toMatchObject([{ emails: ['head@us.example'] }]);
  });

  it('is the team of the stage, else one that the owner is in, else nobody', () => {
    expect(mentionsOf(['team'], { ...whose, team: aTeam('legal', ['omar@us.example']) }, config)).toMatchObject([
      { label: 'Team legal', emails: ['omar@us.example'] },
    ]);
    expect(mentionsOf(['team'], whose, config)).toMatchObject([{ label: 'Team sales' }]);
    expect(mentionsOf(['team'], { ownerEmail: null, team: null }, config)).toEqual([{ who: 'team', label: 'Team', emails: [] }]);
  });

  it('leaves the owner to the message, and counts nobody twice', () => {
    expect(mentionsOf(['owner'], whose, config)).toEqual([]);
    expect(emailsOf(['owner', 'team'], 'dana@us.example', mentionsOf(['team'], whose, config))).toEqual(['dana@us.example']);
    expect(emailsOf(['owner'], null, [])).toEqual([]);
  });
});
