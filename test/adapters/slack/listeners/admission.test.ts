import { describe, expect, it } from 'vitest';
import { refusalReason } from '../../../../src/adapters/slack/listeners/membership.ts';
import { onceKey } from '../../../../src/adapters/slack/listeners/request.ts';
import type { SlackPerson } from '../../../../src/adapters/slack/people.ts';

const here = { teamId: 'T1', enterpriseId: 'E1', botUserId: 'U0BOT', botId: null };
const member: SlackPerson = {
  id: 'U1',
  email: null,
  teamIds: ['T1'],
  enterpriseId: null,
  isGuest: false,
  isStranger: false,
  isBot: false,
  botId: null,
  isDeactivated: false,
  isAdmin: false,
};

describe('who is let in', () => {
  it('lets in members of this workspace and of its enterprise', () => {
    expect(refusalReason(member, here)).toBeNull();
    expect(refusalReason({ ...member, teamIds: ['T2'], enterpriseId: 'E1' }, here)).toBeNull();
    expect(refusalReason({ ...member, teamIds: ['E1'] }, here)).toBeNull();
    expect(refusalReason({ ...member, teamIds: ['T2', 'T1'], enterpriseId: 'E2' }, here)).toBeNull();
  });

  it.each<[string, SlackPerson | null]>([
    ['unknown', null],
    ['guest', { ...member, isGuest: true }],
    ['guest', { ...member, isGuest: true, teamIds: ['T2'], enterpriseId: 'E1' }],
    ['other-organisation', { ...member, teamIds: ['T2'] }],
    ['other-organisation', { ...member, teamIds: ['T2'], enterpriseId: 'E2' }],
    ['other-organisation', { ...member, teamIds: ['T2'], isGuest: true }],
    ['other-organisation', { ...member, teamIds: [], enterpriseId: 'E2' }],
    ['other-organisation', { ...member, isStranger: true }],
    ['unknown', { ...member, teamIds: [] }],
    ['deactivated', { ...member, isDeactivated: true }],
    ['bot', { ...member, isBot: true }],
  ])('refuses: %s', (reason, person) => {
    expect(refusalReason(person, here)).toBe(reason);
  });

  it('takes no missing enterprise for the same one', () => {
    expect(refusalReason({ ...member, teamIds: ['T2'] }, { ...here, enterpriseId: null })).toBe('other-organisation');
  });
});

describe('a request that comes again', () => {
  const command = { trigger_id: '1.2.x', user_id: 'U1', text: 'account acme' };

  it('is known by its id and by what it is about', () => {
    expect(onceKey({ ...command, retry: 1 })).toBe(onceKey(command));
    expect(onceKey({ ...command, trigger_id: '1.3.x' })).not.toBe(onceKey(command));
    expect(onceKey({ ...command, text: 'help' })).not.toBe(onceKey(command));
    expect(onceKey({ ...command, user_id: 'U2' })).not.toBe(onceKey(command));
    expect(onceKey({ type: 'unknown' })).toBeNull();
  });

  it('is another one where another button was clicked', () => {
    const click = (value: string) => ({ trigger_id: '1.2.x', user: { id: 'U1' }, actions: [{ action_id: 'acknowledge', value }] });
    expect(onceKey(click('al-1'))).not.toBe(onceKey(click('al-2')));
  });
});
