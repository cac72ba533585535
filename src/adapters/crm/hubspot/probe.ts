import type { Probe } from '../../../app/crm.ts';
import { messageOf } from '../../../app/errors.ts';
import { counted } from '../../../core/counted.ts';
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
    probes.push(probe.ok || needed || probe.retryAt !== undefined ? probe : { ...probe, ok: true, detail: `off: ${probe.detail}` });
  }
  return probes;
}

type Question = { scope: string; what: string; needed: boolean; question: () => Promise<string> };

const kindNames = {
  deals: ['deal', 'deals'],
  contacts: ['contact', 'contacts'],
  companies: ['company', 'companies'],
  emails: ['e-mail', 'e-mails'],
} as const;

function questions(api: HubspotApi & HubspotLists): Question[] {
  const countOf = (kind: keyof typeof kindNames) => async (): Promise<string> => {
    await api.listObjects(kind, { after: null, properties: [], historyOf: [], archived: false, limit: 1 });
    const [one, many] = kindNames[kind];
    return counted(await api.countObjects(kind, []), one, many);
  };
  return [
    { scope: 'crm.objects.deals.read', what: 'deals', needed: true, question: countOf('deals') },
    {
      scope: 'crm.objects.deals.read',
      what: 'pipelines',
      needed: true,
      question: async () => (await api.readPipelines()).map(({ label, stages }) => `${label} (${counted(stages.length, 'stage')})`).join(', '),
    },
    { scope: 'crm.objects.companies.read', what: 'companies', needed: true, question: countOf('companies') },
    { scope: 'crm.objects.contacts.read', what: 'contacts', needed: true, question: countOf('contacts') },
    {
      scope: 'crm.objects.owners.read',
      what: 'owners',
      needed: true,
      question: async () => counted((await api.readOwners()).size, 'owner'),
    },
    { scope: 'sales-email-read', what: 'logged e-mails (if they are to count)', needed: false, question: countOf('emails') },
  ];
}

async function ask(what: string, fix: string, question: () => Promise<string>): Promise<Probe> {
  try {
    return { what, ok: true, detail: await question(), fix: null };
  } catch (error) {
    const failed = { what, ok: false, detail: messageOf(error) };
    return error instanceof HubspotError && error.failure.kind === 'later'
      ? { ...failed, fix: 'Try again later', retryAt: error.failure.retryAt }
      : { ...failed, fix };
  }
}
