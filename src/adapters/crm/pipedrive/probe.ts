import type { Probe } from '../../../app/crm.ts';
import { CrmAwayError, CrmRefusedError, messageOf } from '../../../app/errors.ts';
import { counted } from '../../../core/counted.ts';
import { fieldFor } from './custom-fields.ts';
import type { PipedriveApi } from './pipedrive-api.ts';

const access = "Give the token's user access: Settings → Manage users → Permission sets, and Visibility groups";

/** Nothing is wrong then: few teams have such a field. */
const noRoles = 'job titles tell. To say roles in Pipedrive: Settings → Data fields → Person → a field "Buying role" of type multiple options';

/** Tries what the bot reads, one thing after the other; does not throw. */
export async function probe(api: PipedriveApi): Promise<Probe[]> {
  const one = { updatedSince: null, cursor: null, limit: 1 };
  const seen = ({ items }: { items: unknown[] }): string => (items.length === 0 ? 'none to be seen' : 'readable');
  const tries: { what: string; fix: string; look: () => Promise<string> }[] = [
    {
      what: 'API token',
      fix: 'Copy the token again from Personal preferences → API into PIPEDRIVE_API_TOKEN',
      look: async () => {
        const { name, companyDomain, isAdmin } = await api.me();
        return `${name ?? 'a user'} of ${companyDomain ?? 'a company'}${isAdmin ? '' : ', not an admin: only what this user may see is read'}`;
      },
    },
    { what: 'deals', fix: access, look: async () => seen(await api.list('deals', one)) },
    { what: 'people', fix: access, look: async () => seen(await api.list('persons', one)) },
    { what: 'organizations', fix: access, look: async () => seen(await api.list('organizations', one)) },
    { what: 'activities', fix: access, look: async () => seen(await api.list('activities', one)) },
    { what: 'notes', fix: access, look: async () => seen(await api.listNotes(one)) },
    { what: 'stages', fix: access, look: async () => counted((await api.stages()).length, 'stage') },
    { what: 'users', fix: access, look: async () => `${(await api.users()).filter(({ email }) => email).length} with an e-mail address` },
    {
      what: 'field for roles',
      fix: access,
      look: async () => fieldFor(await api.fields('personFields'), 'role')?.field_name ?? `off: ${noRoles}`,
    },
  ];
  const probes: Probe[] = [];
  for (const { what, fix, look } of tries) {
    try {
      probes.push({ what: `Pipedrive ${what}`, ok: true, detail: await look(), fix: null });
    } catch (error) {
      probes.push({
        what: `Pipedrive ${what}`,
        ok: false,
        detail: messageOf(error),
        fix: error instanceof CrmRefusedError ? fix : 'Try again later',
        ...(error instanceof CrmAwayError ? { retryAt: error.retryAt } : {}),
      });
      // Without a token that holds, nothing else can be said.
      if (what === 'API token') break;
    }
  }
  return probes;
}
