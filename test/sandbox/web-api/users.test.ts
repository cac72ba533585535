import { describe, expect, it } from 'vitest';
import { clientOf, openSandbox, refusalOf } from '../open-sandbox.ts';

describe('users', () => {
  it('finds the organisation’s people by e-mail, whatever its case', async () => {
    const sandbox = await openSandbox();
    const { user } = await clientOf(sandbox).users.lookupByEmail({ email: 'Dana@US.example' });
    expect(user).toMatchObject({ id: sandbox.workspace.user('dana')?.id, profile: { email: 'dana@us.example' } });
  });

  it('does not find strangers, unknown people and those who left', async () => {
    const sandbox = await openSandbox();
    sandbox.workspace.deactivateUser('theo');
    for (const email of ['sam@elsewhere.example', 'nobody@us.example', 'theo@us.example']) {
      expect(await refusalOf(clientOf(sandbox).users.lookupByEmail({ email }))).toBe('users_not_found');
    }
  });

  it('tells guests, admins, strangers and those who left apart', async () => {
    const sandbox = await openSandbox();
    sandbox.workspace.deactivateUser('theo');
    const info = async (name: string): Promise<unknown> => {
      const user = sandbox.workspace.user(name)?.id ?? '';
      return (await clientOf(sandbox).users.info({ user })).user;
    };
    expect(await info('gail')).toMatchObject({ is_restricted: true, is_admin: false, team_id: sandbox.teamId });
    expect(await info('marco')).toMatchObject({ is_restricted: false, is_admin: true });
    expect(await info('theo')).toMatchObject({ deleted: true });
    const stranger = await info('sam');
    expect(stranger).toMatchObject({ is_stranger: true });
    expect(stranger).not.toMatchObject({ team_id: sandbox.teamId });
    expect(await refusalOf(clientOf(sandbox).users.info({ user: 'dana' }))).toBe('user_not_found');
  });

  it('names the workspaces of people of the Enterprise organisation there, and no team', async () => {
    const sandbox = await openSandbox({ users: [{ name: 'erin', isOfEnterprise: true }] });
    const { user } = await clientOf(sandbox).users.info({ user: sandbox.workspace.users().find(({ name }) => name === 'erin')?.id ?? '' });
    expect(user).toMatchObject({ enterprise_user: { enterprise_id: 'E00SANDBOX', teams: [sandbox.teamId] } });
    expect([user?.team_id, user?.profile?.team]).toEqual([undefined, undefined]);
  });

  it('hides e-mail addresses without the scope', async () => {
    const sandbox = await openSandbox({ scopes: ['users:read'] });
    const { members = [] } = await clientOf(sandbox).users.list({});
    expect(members).toHaveLength(sandbox.workspace.users().length);
    expect(members.filter((member) => member.profile?.email !== undefined)).toEqual([]);
    expect(await refusalOf(clientOf(sandbox).users.lookupByEmail({ email: 'dana@us.example' }))).toBe('missing_scope');
  });
});
