import type { Probe } from '../../../app/crm.ts';
import { messageOf } from '../../../app/errors.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { HubspotError } from './hubspot-error.ts';
import type { HubspotLists } from './hubspot-lists.ts';

const place = 'HubSpot → Development → Keys → Service keys → your key (or Development → Legacy apps → your app';
const token = `${place} → Auth) → Show: copy it into HUBSPOT_ACCESS_TOKEN`;
const tick = (scope: string): string => `${place} → Scopes) → Add new scope: ${scope}`;

/** Asks for one thing that each scope allows: what HubSpot answers is what counts, not what it says of the token. Does not throw. */
export async function probeHubspot(api: HubspotApi & HubspotLists): Promise<Probe[]> {
  const account = await ask('HubSpot access token', token, async () => {
    const { portalId, timeZone } = await api.readAccount();
    return `account ${portalId}${timeZone === undefined ? '' : `, ${timeZone}`}`;
  });
  if (!account.ok) return [account];
  const probes: Probe[] = [account];
  for (const { scope, what, needed, question } of questions(api)) {
    const probe = await ask(`HubSpot ${what}`, tick(scope), question);
    probes.push(probe.ok || needed ? probe : { ...probe, ok: true, detail: `off: ${probe.detail}` });
  }
  return probes;
}

type Question = { scope: string; what: string; needed: boolean; question: () => Promise<string> };

function questions(api: HubspotApi & HubspotLists): Question[] {
  const counted = (kind: 'deals' | 'contacts' | 'companies' | 'emails') => async (): Promise<string> => {
    await api.listObjects(kind, { after: null, properties: [], historyOf: [], archived: false, limit: 1 });
    return `${await api.countObjects(kind, [])} ${kind}`;
  };
  return [
    { scope: 'crm.objects.deals.read', what: 'deals', needed: true, question: counted('deals') },
    {
      scope: 'crm.objects.deals.read',
      what: 'pipelines',
      needed: true,
      question: async () => (await api.readPipelines()).map(({ label, stages }) => `${label} (${stages.length} stages)`).join(', '),
    },
    { scope: 'crm.objects.companies.read', what: 'companies', needed: true, question: counted('companies') },
    { scope: 'crm.objects.contacts.read', what: 'contacts', needed: true, question: counted('contacts') },
    {
      scope: 'crm.objects.owners.read',
      what: 'owners',
      needed: true,
      question: async () => `${(await api.readOwners()).size} owners`,
    },
    { scope: 'sales-email-read', what: 'logged e-mails (if they are to count)', needed: false, question: counted('emails') },
  ];
}

async function ask(what: string, fix: string, question: () => Promise<string>): Promise<Probe> {
  try {
    return { what, ok: true, detail: await question(), fix: null };
  } catch (error) {
    const waiting = error instanceof HubspotError && error.failure.kind === 'later';
    return { what, ok: false, detail: messageOf(error), fix: waiting ? 'Try again later' : fix };
  }
}
