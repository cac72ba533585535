import type { Probe } from '../../../app/crm.ts';
import { CrmAwayError, CrmRefusedError, messageOf } from '../../../app/errors.ts';
import { counted } from '../../../core/counted.ts';
import { fieldFor } from './custom-fields.ts';
import { type Missing, newerVersion } from './missing.ts';
import type { PipedriveApi } from './pipedrive-api.ts';

const access = "Give the token's user access: Settings → Manage users → Permission sets, and Visibility groups";

/** Nothing is wrong then: few teams have such a field. */
const noRoles = 'job titles tell. To say roles in Pipedrive: Settings → Data fields → Person → a field "Buying role" of type multiple options';

/** Tries what the bot reads, one thing after the other; does not throw. */
export async function probe(api: PipedriveApi, missing: Pick<Missing, 'all'>): Promise<Probe[]> {
  const one = { updatedSince: null, cursor: null, limit: 1 };
  const seen = ({ items }: { items: unknown[] }): string => (items.length === 0 ? 'none to be seen' : 'readable');
  const tries: { what: string; fix: string; look: () => Promise<string> }[] = [
    {
      what: 'API token',
      fix: 'Copy the token again from Personal preferences → API into PIPEDRIVE_API_TOKEN',
      look: async () => {
        const me = await api.me();
        if (me === null) return 'not known whose it is';
        const { name, companyDomain, isAdmin } = me;
        return `${name ?? 'a user'} of ${companyDomain ?? 'a company'}${isAdmin ? '' : ', not an admin: only what this user may see is read'}`;
      },
    },
    { what: 'deals', fix: access, look: async () => seen(await api.list('deals', one)) },
    { what: 'people', fix: access, look: async () => seen(await api.list('persons', one)) },
    { what: 'organizations', fix: access, look: async () => seen(await api.list('organizations', one)) },
    { what: 'activities', fix: access, look: async () => seen(await api.list('activities', one)) },
    { what: 'notes', fix: access, look: async () => seen(await api.listNotes(one)) },
    {
      what: 'history of deals',
      fix: access,
      look: async () => {
        const [deal] = (await api.list('deals', one)).items;
        if (deal === undefined) return 'none to be seen';
        await Promise.all([api.changelog('deals', deal.id), api.participants(deal.id), api.participantChanges(deal.id)]);
        return 'readable';
      },
    },
    { what: 'deletions', fix: access, look: async () => seen(await api.listGone(one)) },
    { what: 'stages', fix: access, look: async () => counted((await api.stages()).length, 'stage') },
    { what: 'users', fix: access, look: async () => `${(await api.users()).filter(({ email }) => email).length} with an e-mail address` },
    {
      what: 'field for roles',
      fix: access,
      look: async () => fieldFor(await api.fields('personFields'), 'role')?.field_name ?? `off: ${noRoles}`,
    },
  ];
  const probes: Probe[] = [];
  const told = new Set<string>();
  for (const { what, fix, look } of tries) {
    try {
      const detail = await look();
      const lacking = missing.all().filter(({ where }) => !told.has(where));
      for (const { where } of lacking) told.add(where);
      probes.push(
        lacking.length === 0
          ? { what: `Pipedrive ${what}`, ok: true, detail, fix: null }
          : { what: `Pipedrive ${what}`, ok: false, detail: lacking.map(({ what: gone }) => gone).join('; '), fix: newerVersion },
      );
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
