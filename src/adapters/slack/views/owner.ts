import { type Mrkdwn, md, person } from './escape.ts';

/** `slackId` is looked up only where the route says that the owner is to be told. */
export type Owner = { email: string | null; notify: boolean; slackId: string | null };

/** Who it belongs to: a mention where the owner is to be told and has a Slack user, else the CRM's e-mail address. */
export function ownerText({ email, notify, slackId }: Owner): Mrkdwn {
  if (email === null) return notify ? md`No owner in the CRM: nobody was told directly` : md`No owner in the CRM`;
  if (!notify) return md`Owner: ${email}`;
  return slackId === null ? md`Owner: ${email} (no Slack user has this e-mail address)` : md`Owner: ${person(slackId)}`;
}
