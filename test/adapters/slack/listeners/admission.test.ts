import { describe, expect, it } from 'vitest';
import { refusalReason } from '../../../../src/adapters/slack/listeners/admission.ts';
import type { SlackPerson } from '../../../../src/adapters/slack/people.ts';

const here = { teamId: 'T1', enterpriseId: 'E1', botUserId: 'U0BOT', botId: null };
const member: SlackPerson = {
  id: 'U1',
  email: null,
  teamId: 'T1',
  enterpriseId: null,
  isGuest: false,
  isStranger: false,
  isBot: false,
  isDeactivated: false,
};

describe('who is let in', () => {
  it('lets in members of this workspace and of its enterprise', () => {
    expect(refusalReason(member, here)).toBeNull();
    expect(refusalReason({ ...member, teamId: 'T2', enterpriseId: 'E1' }, here)).toBeNull();
  });

  it.each<[string, SlackPerson | null]>([
    ['unknown', null],
    ['guest', { ...member, isGuest: true }],
    ['other-organisation', { ...member, teamId: 'T2' }],
    ['other-organisation', { ...member, teamId: 'T2', enterpriseId: 'E2' }],
    ['other-organisation', { ...member, isStranger: true }],
    ['other-organisation', { ...member, teamId: null }],
    ['deactivated', { ...member, isDeactivated: true }],
    ['bot', { ...member, isBot: true }],
  ])('refuses: %s', (reason, person) => {
    expect(refusalReason(person, here)).toBe(reason);
  });

  it('takes no missing enterprise for the same one', () => {
    expect(refusalReason({ ...member, teamId: 'T2' }, { ...here, enterpriseId: null })).toBe('other-organisation');
  });
});
