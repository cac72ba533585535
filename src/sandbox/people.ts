import type { Ids } from './ids.ts';
import { app } from './team.ts';
import type { SandboxChannel, SandboxUser } from './workspace.ts';

export type UserDraft = Partial<SandboxUser> & { name: string };
export type ChannelDraft = Partial<SandboxChannel> & { name: string };

/** Dana and Theo are account executives, Marco is their manager, Ines is in customer success. */
export const defaultUsers: readonly UserDraft[] = [
  { name: 'dana', realName: 'Dana Weiss', email: 'dana@us.example', title: 'Account executive' },
  { name: 'marco', realName: 'Marco Rossi', email: 'marco@us.example', kind: 'admin', title: 'Sales manager' },
  { name: 'ines', realName: 'Ines Duarte', email: 'ines@us.example', title: 'Customer success' },
  { name: 'theo', realName: 'Theo Park', email: 'theo@us.example', title: 'Account executive' },
  { name: 'gail', realName: 'Gail Guest', email: 'gail@partner.example', kind: 'guest', title: 'Consultant' },
  { name: 'sam', realName: 'Sam Stranger', email: 'sam@elsewhere.example', kind: 'stranger', title: 'Works at Elsewhere' },
];

export const defaultChannels: readonly ChannelDraft[] = [
  { name: 'general', purpose: 'Everybody' },
  { name: 'deal-alerts', purpose: 'Where the journeys of our deals differ from our map' },
  { name: 'enterprise-deals', purpose: 'Large deals' },
  { name: 'customer-success', purpose: 'Customers after the sale' },
  { name: 'revenue', purpose: 'The weekly digest' },
  { name: 'journey-admin', purpose: 'What the journey bot tells its keepers' },
];

export const botUser: UserDraft = { name: app.name, realName: 'Journey', kind: 'bot', email: '' };

export function completeUser(draft: UserDraft, ids: Ids): SandboxUser {
  return {
    id: draft.id ?? ids.named('U', draft.name),
    name: draft.name,
    realName: draft.realName ?? draft.name,
    email: draft.email ?? `${draft.name}@us.example`,
    kind: draft.kind ?? 'member',
    tz: draft.tz ?? 'Europe/Berlin',
    ...(draft.title === undefined ? {} : { title: draft.title }),
    ...(draft.isOfEnterprise === true ? { isOfEnterprise: true } : {}),
  };
}

/** Members may be given as names or ids. Everybody of the organisation is a member unless the draft says who is. */
export function completeChannel(draft: ChannelDraft, users: readonly SandboxUser[], ids: Ids): SandboxChannel {
  const isMember = (user: SandboxUser): boolean => {
    if (draft.members) return draft.members.includes(user.id) || draft.members.includes(user.name);
    switch (user.kind) {
      case 'member':
      case 'admin':
        return true;
      case 'bot':
        return draft.name === 'general';
      case 'guest':
      case 'deactivated':
        return false;
      case 'stranger':
        return draft.isShared === true;
    }
  };
  return {
    id: draft.id ?? ids.named(draft.isDirect ? 'D' : 'C', draft.name),
    name: draft.name.replace(/^#/, ''),
    isPrivate: draft.isPrivate ?? false,
    isArchived: draft.isArchived ?? false,
    isShared: draft.isShared ?? false,
    isDirect: draft.isDirect ?? false,
    members: users.filter(isMember).map((user) => user.id),
    purpose: draft.purpose ?? '',
  };
}
