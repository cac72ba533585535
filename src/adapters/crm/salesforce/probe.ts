import type { Probe } from '../../../app/crm.ts';
import { CrmAwayError, messageOf } from '../../../app/errors.ts';
import { counted } from '../../../core/counted.ts';
import { isSameId } from '../salesforce-id.ts';
import { readStages } from './catalogue.ts';
import type { RowName } from './rows.ts';
import type { SalesforceApi } from './salesforce-api.ts';
import { doneWithout, missingFields } from './salesforce-failure.ts';

/** What is told of one step: nothing, what was found, or what to do where it is not as it should be. */
type Step = { what: string; run(): Promise<{ detail: string | null; fix: string | null }> };

const objects: RowName[] = ['Opportunity', 'OpportunityHistory', 'Account', 'Contact', 'OpportunityContactRole', 'Task', 'Event'];

/** One thing after the other, so that what stands in the way of all the rest is said first; without a token nothing else can be tried. */
export function createProbe(api: SalesforceApi, organizationId: string | null): () => Promise<Probe[]> {
  const steps: Step[] = [
    { what: 'a token for the run-as user', run: async () => token(api, organizationId) },
    ...objects.map((name): Step => ({ what: `reading ${name}`, run: async () => object(api, name) })),
    { what: 'the history of Account.Type', run: async () => typeHistory(api) },
    {
      what: 'reading the stages',
      run: async () => {
        const stages = await readStages(api);
        return stages.length > 0
          ? { detail: counted(stages.length, 'stage'), fix: null }
          : { detail: 'none', fix: 'Setup → Object Manager → Opportunity → Fields → Stage' };
      },
    },
  ];
  return async () => {
    const probes: Probe[] = [];
    for (const { what, run } of steps) {
      const probe = await run().then(
        ({ detail, fix }): Probe => ({ what: `Salesforce: ${what}`, ok: fix === null, detail, fix }),
        (error: unknown): Probe => ({
          ...{ what: `Salesforce: ${what}`, ok: false, detail: null, fix: messageOf(error) },
          ...(error instanceof CrmAwayError ? { retryAt: error.retryAt } : {}),
        }),
      );
      probes.push(probe);
      if (!probe.ok && probes.length === 1) break;
    }
    return probes;
  };
}

async function token(api: SalesforceApi, organizationId: string | null) {
  const [origin, actual] = await Promise.all([api.origin(), api.organizationId()]);
  if (organizationId === null || isSameId(actual, organizationId)) return { detail: `${origin}, organization ${actual}`, fix: null };
  return { detail: `${origin}, organization ${actual}`, fix: `SALESFORCE_ORGANIZATION_ID names another organization: set it to ${actual}` };
}

/** The bot does without; then an account's stages begin with when it first sees them. */
async function typeHistory(api: SalesforceApi) {
  const isTracked = await api.isTracked('Account', 'Type');
  if (isTracked === true) return { detail: 'tracked: an import knows since when an account has been in its lifecycle stage', fix: null };
  return {
    detail: `${isTracked === null ? 'whether it is tracked cannot be seen' : 'not tracked'}: without it, an import takes an account for new in its lifecycle stage. ${toTrackTypes}`,
    fix: null,
  };
}

/** As docs/crm/salesforce.md has it. */
const toTrackTypes = 'Setup → Object Manager → Account → Fields & Relationships → Set History Tracking → Enable Account History, tick Type, Save';

/** Salesforce shows an empty list where a user may read an object and none of its records. */
async function object(api: SalesforceApi, name: RowName) {
  const missing = await api.missing(name);
  if (missing.length > 0) return { detail: null, fix: missingFields(name, missing) };
  const [count, without] = await Promise.all([api.count(name, []), api.without(name)]);
  const found = count === 0 ? 'readable, but no record is there, or the run-as user may see none (View All Records)' : counted(count, 'record');
  return { detail: without.length === 0 ? found : `${found}, ${doneWithout(name, without)}`, fix: null };
}
