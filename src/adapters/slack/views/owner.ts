import { empty, join, type Mrkdwn, md, person } from './escape.ts';

/**
 * `slackId` is looked up only where the route says that the owner is to be told; null: nobody has the address, undefined: Slack did not say. `others`: whom the
 * message mentions besides.
 */
export type Owner = { email: string | null; notify: boolean; slackId: string | null | undefined; others?: readonly Others[] };

/** People who are mentioned as what `label` says; `more`: how many beyond those. */
export type Others = { label: string; people: { email: string; slackId: string | null | undefined }[]; more: number };

/** Who it belongs to: a mention where the owner is to be told and has a Slack user, else the CRM's e-mail address. */
export function ownerText({ email, notify, slackId }: Owner): Mrkdwn {
  if (email === null) return notify ? md`No owner in the CRM: nobody was told directly` : md`No owner in the CRM`;
  return notify ? md`Owner: ${named(email, slackId)}` : md`Owner: ${email}`;
}

/** Whom the message mentions beside the owner. */
export const othersText = ({ others = [] }: Owner): Mrkdwn => join(others.map(otherText), ' · ');

function otherText({ label, people, more }: Others): Mrkdwn {
  if (people.length === 0) return md`${label}: nobody is named in journey.yml`;
  const all = people.map(({ email, slackId }) => named(email, slackId));
  return md`${label}: ${join(all, ', ')}${more > 0 ? md` and ${more} more` : empty}`;
}

function named(email: string, slackId: string | null | undefined): Mrkdwn {
  if (slackId === undefined) return md`${email}`;
  return slackId === null ? md`${email} (no Slack user has this e-mail address)` : person(slackId);
}
