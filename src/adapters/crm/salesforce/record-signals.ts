import type { AccountFields, Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { inTheirOrder } from './moments.ts';
import { type RecordName, recordId, recordKindOf, recordUrl } from './object-names.ts';
import type { Row } from './rows.ts';
import { present, said } from './said.ts';
import { type TypeChange, typeMoments } from './type-history.ts';

/**
 * What a record's present state amounts to. It counts from `SystemModstamp`, so the newer state wins in whatever order it was read; what is
 * there since `CreatedDate` is said as of then. Nothing here looks at a clock: read twice, or in another way, it is the same facts.
 */
export function dealSignals(deal: Row<'Opportunity'>, history: readonly Row<'OpportunityHistory'>[], origin: string): Signal[] {
  if (deal.IsDeleted) return [goneSignal('Opportunity', deal.Id, null, deal.SystemModstamp)];
  const id = recordId(deal.Id);
  const moves = inTheirOrder(history.filter(({ OpportunityId }) => OpportunityId === deal.Id));
  const last = moves.at(-1);
  const renamed = renamedSignals(deal, moves);
  const status = deal.IsWon ? 'won' : deal.IsClosed ? 'lost' : 'open';
  const url = recordUrl(origin, deal.Id);
  return [
    said({ type: 'deal.upserted', occurredAt: deal.CreatedDate, deal: { id, url } }, deal.Id),
    said(
      {
        type: 'deal.upserted',
        occurredAt: deal.SystemModstamp,
        deal: present({
          id,
          url,
          accountId: deal.AccountId === null ? null : recordId(deal.AccountId),
          name: deal.Name ?? `Opportunity ${deal.Id}`,
          pipeline: deal.RecordType?.DeveloperName ?? 'default',
          amount: deal.Amount,
          currency: deal.CurrencyIsoCode,
          ownerEmail: deal.Owner?.Email ?? null,
          status,
          // Its history tells both, with the time of each change; what it does not hold is said as seen.
          ...(last?.StageName === deal.StageName || renamed.length > 0 ? {} : { stage: deal.StageName }),
          ...(last?.CloseDate === deal.CloseDate ? {} : { closeDate: deal.CloseDate }),
        }),
      },
      deal.Id,
    ),
    // The core takes a move for newer than a status from before it; this one is from after it, in the same second.
    ...(last === undefined || last.at <= deal.SystemModstamp
      ? []
      : [said({ type: 'deal.upserted', occurredAt: last.at, deal: { id, status } } as const, deal.Id)]),
    ...stageSignals(deal.Id, moves),
    ...renamed,
    ...closeDateSignals(deal.Id, moves),
  ];
}

/** `history`: how the types of accounts have changed, as far as Salesforce remembers. */
export function accountSignals(account: Row<'Account'>, history: readonly TypeChange[], origin: string): Signal[] {
  const types = typeMoments(account, history);
  if (account.IsDeleted) {
    const gone = goneSignal('Account', account.Id, account.MasterRecordId, account.SystemModstamp);
    // What it was before it was merged, the one that is left has been, too.
    return account.MasterRecordId === null ? [gone] : [...types.signals, gone];
  }
  // Said again with the rest: of merged records the link of the one that is left counts, not of the one that was created last.
  const url = recordUrl(origin, account.Id);
  const fields: AccountFields = present({
    url,
    name: account.Name ?? `Account ${account.Id}`,
    domain: domainOf(account.Website),
    // Its history tells it with the time of each change; what it does not hold is said as seen.
    ...(types.last === (account.Type || null) ? {} : { lifecycleStage: account.Type }),
    ownerEmail: account.Owner?.Email ?? null,
  });
  const id = recordId(account.Id);
  return [
    said({ type: 'account.upserted', occurredAt: account.CreatedDate, account: { id, url } }, account.Id),
    said({ type: 'account.upserted', occurredAt: account.SystemModstamp, account: { id, ...fields } }, account.Id),
    ...types.signals,
  ];
}

/**
 * `roles` are all of the contact's rows, also deleted ones: which deals and roles it has counts from them, for a contact is not modified when it
 * joins a deal, leaves it or is given another role there. Of one that was merged the rows of its master, too.
 */
export function contactSignals(contact: Row<'Contact'>, roles: readonly Row<'OpportunityContactRole'>[], origin: string): Signal[] {
  const rowsOf = (id: string | null) => roles.filter(({ ContactId }) => ContactId === id);
  if (contact.IsDeleted) {
    const { MasterRecordId: master } = contact;
    const gone = goneSignal('Contact', contact.Id, master, contact.SystemModstamp);
    // The master gets the rows that are there. That it was taken off a deal before, only the deleted ones can tell; which roles it has now, only the master's.
    return master === null ? [gone] : [...roleSignals(contact.Id, rowsOf(contact.Id), rowsOf(master)), gone];
  }
  const id = recordId(contact.Id);
  const url = recordUrl(origin, contact.Id);
  return [
    said({ type: 'person.upserted', occurredAt: contact.CreatedDate, person: { id, url } }, contact.Id),
    said(
      {
        type: 'person.upserted',
        occurredAt: contact.SystemModstamp,
        person: {
          id,
          url,
          name: contact.Name ?? contact.Email ?? `Contact ${contact.Id}`,
          title: contact.Title,
          email: contact.Email,
          accountId: contact.AccountId === null ? null : recordId(contact.AccountId),
        },
      },
      contact.Id,
    ),
    ...roleSignals(contact.Id, rowsOf(contact.Id)),
  ];
}

function roleSignals(contactId: string, rows: Row<'OpportunityContactRole'>[], held = rows): Signal[] {
  if (rows.length === 0) return [];
  const id = recordId(contactId);
  const values = held.filter(({ IsDeleted }) => !IsDeleted).flatMap(({ Role }) => Role ?? []);
  const roles = [...new Set(values)].sort();
  const byDeal = Map.groupBy(rows, ({ OpportunityId }) => OpportunityId);
  return [
    said({ type: 'person.upserted', occurredAt: newest(rows), person: { id, roles } }, contactId),
    ...[...byDeal].map(([dealId, onDeal]) => {
      const linked = onDeal.some(({ IsDeleted }) => !IsDeleted);
      return said(
        { type: 'person.upserted', occurredAt: newest(onDeal), person: { id, dealLinks: [{ dealId: recordId(dealId), linked }] } },
        contactId,
      );
    }),
  ];
}

/** Merged into the record that Salesforce names as its master, or deleted. */
export function goneSignal(name: RecordName, id: string, master: string | null, at: EpochMs): Signal {
  const kind = recordKindOf[name];
  return master === null
    ? said({ type: 'record.deleted', occurredAt: at, record: { kind, id: recordId(id) } }, id)
    : said({ type: 'record.merged', occurredAt: at, merge: { kind, from: [recordId(id)], into: recordId(master) } }, id);
}

type Move = Row<'OpportunityHistory'> & { at: EpochMs };

/** Salesforce adds a row when stage, amount, probability or close date change: the same stage again is not a move. */
function stageSignals(dealId: string, moves: Move[]): Signal[] {
  return moves
    .filter(({ StageName }, index) => StageName !== null && StageName !== moves[index - 1]?.StageName)
    .map(({ StageName, at }) => enteredSignal(dealId, StageName ?? '', at));
}

/**
 * A deal does not come to another stage without a row of its history. Where it is in another one than the last row says, that stage was renamed, or replaced
 * by another one in Setup: then rows keep its old name, and the deal has been in it since it came to it under that name. The row of a move that
 * happened while the deal was being read is not older than the deal.
 */
function renamedSignals({ Id, StageName, SystemModstamp }: Row<'Opportunity'>, moves: Move[]): Signal[] {
  const last = moves.at(-1);
  if (last === undefined || StageName === null || last.StageName === StageName || last.CreatedDate >= SystemModstamp) return [];
  const entered = moves.findLast(({ StageName: stage }, index) => stage === last.StageName && moves[index - 1]?.StageName !== stage) ?? last;
  return [enteredSignal(Id, StageName, entered.at + 1)];
}

export const enteredSignal = (dealId: string, stage: string, at: EpochMs): Signal => ({
  id: `salesforce:stage:${dealId}:${at}:${stage}`,
  source: 'salesforce',
  type: 'stage.entered',
  occurredAt: at,
  stage: { dealId: recordId(dealId), stage },
});

const closeDateSignals = (dealId: string, moves: Move[]): Signal[] =>
  moves
    .filter(({ CloseDate }, index) => CloseDate !== moves[index - 1]?.CloseDate)
    .map(({ CloseDate, at }) => said({ type: 'deal.upserted', occurredAt: at, deal: { id: recordId(dealId), closeDate: CloseDate } }, dealId));

const newest = (rows: readonly { SystemModstamp: EpochMs }[]): EpochMs => Math.max(...rows.map(({ SystemModstamp }) => SystemModstamp));

/** `https://www.acme.example/de` and `acme.example` are one company's. */
export function domainOf(website: string | null): string | null {
  const host = /^(?:[a-z]+:\/\/)?(?:www\.)?([^/?#:\s]+\.[^/?#:\s]+)/i.exec(website?.trim() ?? '')?.[1];
  return host?.toLowerCase() ?? null;
}
