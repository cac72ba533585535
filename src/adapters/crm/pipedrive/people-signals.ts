import type { Signal } from '../../../core/journey/signal.ts';
import { textsOf } from './custom-fields.ts';
import type { Known } from './directory.ts';
import type { Field, FieldChange } from './pipedrive-answers.ts';
import { bornAt, modifiedAt, type Organization, type PipedrivePerson, recordId } from './pipedrive-objects.ts';
import { said } from './said.ts';
import { dayOf } from './times.ts';
import { valueHistory } from './value-history.ts';

const source = 'pipedrive';

/** `known` null: without the API nobody knows the team's own fields. */
export function personSignals(person: PipedrivePerson, known: Known | null): Signal[] {
  const id = recordId(person.id);
  const role = known?.fields.role ?? null;
  const title = known?.fields.title ?? null;
  const email = emailOf(person);
  // Also said with the rest: of merged persons the link of the one that is left counts, not of the one that was created last.
  const url = urlOf(known, `person/${person.id}`);
  const fields = {
    ...url,
    name: person.name || [person.first_name, person.last_name].filter(Boolean).join(' ') || email || `Person ${person.id}`,
    email,
    accountId: person.org_id == null ? null : recordId(person.org_id),
    ...(person.job_title !== undefined || title !== null ? { title: person.job_title || firstOf(person, title) } : {}),
    ...(known === null ? {} : { roles: role === null ? [] : textsOf(person.custom_fields?.[role.field_code], role) }),
  };
  return [
    // Since when there is such a person, however late the bot first looks.
    said(`person:${person.id}`, {
      source,
      type: 'person.upserted',
      occurredAt: bornAt(person),
      person: { id, ...url },
    }),
    said(`person:${person.id}`, { source, type: 'person.upserted', occurredAt: modifiedAt(person), person: { id, ...fields } }),
  ];
}

/** `changes`: the organization's changelog, where the team has a field for the lifecycle stage. */
export function organizationSignals(organization: Organization, changes: readonly FieldChange[], known: Known | null): Signal[] {
  const id = recordId(organization.id);
  const owner = organization.owner_id == null ? null : known?.ownerEmail(organization.owner_id);
  const { website = null, segment = null, lifecycle = null, renewal = null } = known?.fields ?? {};
  const domain = domainOf(organization.website || firstOf(organization, website));
  const upsert = (occurredAt: number, fields: Omit<Extract<Signal, { type: 'account.upserted' }>['account'], 'id'>): Signal =>
    said(`organization:${organization.id}`, { source, type: 'account.upserted', occurredAt, account: { id, ...fields } });
  const url = urlOf(known, `organization/${organization.id}`);
  return [
    upsert(bornAt(organization), url),
    upsert(modifiedAt(organization), {
      ...url,
      name: organization.name || domain || `Organization ${organization.id}`,
      ...(organization.website !== undefined || website !== null ? { domain } : {}),
      ...(owner === undefined ? {} : { ownerEmail: owner }),
      ...(segment === null ? {} : { segment: firstOf(organization, segment) }),
      ...(renewal === null ? {} : { renewalDate: dayOf(firstOf(organization, renewal)) }),
    }),
    ...(lifecycle === null
      ? []
      : valueHistory(changes, lifecycle.field_code, plainValue(organization.custom_fields?.[lifecycle.field_code]), bornAt(organization)).flatMap(
          ({ at, value }) => textsOf(value, lifecycle).map((lifecycleStage) => upsert(at, { lifecycleStage })),
        )),
  ];
}

const urlOf = (known: Known | null, path: string): { url?: string } => (known === null ? {} : { url: `${known.site}/${path}` });

const emailOf = ({ emails }: PipedrivePerson): string | null =>
  (emails ?? []).find(({ primary, value }) => primary === true && value)?.value || (emails ?? []).find(({ value }) => value)?.value || null;

const firstOf = ({ custom_fields }: Pick<PipedrivePerson, 'custom_fields'>, field: Field | null): string | null =>
  field === null ? null : (textsOf(custom_fields?.[field.field_code], field)[0] ?? null);

/** As a changelog writes it: an option by its id. */
function plainValue(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'object') return String(value);
  const { id, value: inner } = value as Record<string, unknown>;
  return plainValue(id ?? inner);
}

/** `www.acme.example` of whatever people write into a field for a website. */
function domainOf(website: string | null): string | null {
  if (website === null) return null;
  const url = /^[a-z]+:\/\//i.test(website) ? website : `https://${website.trim()}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') || null : null;
}
