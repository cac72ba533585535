import { hash } from 'node:crypto';
import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Directory } from './directory.ts';
import type { HubspotObject } from './hubspot-api.ts';
import { type RecordObject, recordId, recordUrl } from './object-kinds.ts';
import { linked, type State } from './read-state.ts';
import { accountFields, dealFields, personFields, timeOf } from './record-fields.ts';

/**
 * The signals that a record's present state amounts to. They count from its last modification, not from the webhook: the newer state wins,
 * in whatever order it was fetched. `notBefore` is the time of an event that HubSpot does not count as a modification (an association, a
 * restoration): what is linked to the record is said again as of then. Ids are digests of what is said: the same state says the same once.
 */
export function recordSignals(
  state: State,
  kind: RecordObject,
  object: HubspotObject,
  portalId: number,
  notBefore: EpochMs,
  directory: Directory,
): Signal[] {
  const { id, properties } = object;
  const modified = modifiedAt(object);
  const base = { id: recordId(id), url: recordUrl(portalId, kind, id) };
  const times = notBefore > modified ? [modified, notBefore] : [modified];
  switch (kind) {
    case 'deals': {
      const [company] = linked(state, 'deals', 'companies', id);
      const links = { accountId: company === undefined ? null : recordId(company) };
      const fields = dealFields(properties, id, directory);
      const deals = times.map((at) =>
        said(
          {
            source: 'hubspot',
            type: 'deal.upserted',
            occurredAt: at,
            deal: { ...base, ...(at === modified ? fields : {}), ...(at === times.at(-1) ? links : {}) },
          },
          id,
        ),
      );
      return [...deals, ...stageSignals(object)];
    }
    case 'contacts': {
      const links = { dealIds: linked(state, 'contacts', 'deals', id).map(recordId) };
      const fields = personFields(properties, id);
      return times.map((at) =>
        said(
          {
            source: 'hubspot',
            type: 'person.upserted',
            occurredAt: at,
            person: { ...base, ...(at === modified ? fields : {}), ...(at === times.at(-1) ? links : {}) },
          },
          id,
        ),
      );
    }
    case 'companies':
      return times.map((at) =>
        said(
          {
            source: 'hubspot',
            type: 'account.upserted',
            occurredAt: at,
            account: { ...base, ...(at === modified ? accountFields(properties, id, directory) : {}) },
          },
          id,
        ),
      );
  }
}

/** The name of the property differs by kind; `updatedAt` is the same time under HubSpot's own name for all. */
function modifiedAt({ properties, updatedAt }: HubspotObject): EpochMs {
  return timeOf(properties.hs_lastmodifieddate ?? properties.lastmodifieddate ?? updatedAt) ?? 0;
}

/** Every stage the deal has been in, with HubSpot's own times. Writing the same stage again is not a move. */
function stageSignals({ id, history }: HubspotObject): Signal[] {
  const moves = (history.dealstage ?? [])
    .flatMap(({ value, timestamp }) => {
      const at = timeOf(timestamp);
      return value === '' || at === null ? [] : [{ stage: value, at }];
    })
    .sort((a, b) => a.at - b.at);
  return moves
    .filter((move, index) => move.stage !== moves[index - 1]?.stage)
    .map(({ stage, at }) => ({
      id: `hubspot:deal:${id}:stage:${at}:${stage}`,
      source: 'hubspot',
      type: 'stage.entered',
      occurredAt: at,
      stage: { dealId: recordId(id), stage },
    }));
}

type WithoutId<Said> = Said extends Signal ? Omit<Said, 'id'> : never;

function said<Said extends WithoutId<Signal>>(body: Said, objectId: string): Said & { id: string } {
  const digest = hash('sha256', JSON.stringify(body), 'base64url').slice(0, 16);
  return { ...body, id: `hubspot:${body.type.split('.', 1)[0]}:${objectId}:${body.occurredAt}:${digest}` };
}
