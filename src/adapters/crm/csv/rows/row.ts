import { hash } from 'node:crypto';
import type { RecordKind, Signal } from '../../../../core/journey/signal.ts';
import type { EpochMs, IsoDay } from '../../../../core/time.ts';
import type { Cells } from '../cells.ts';
import type { CsvMapping } from '../csv-mapping.ts';
import type { RecordIds } from '../record-ids.ts';

/**
 * What a row is read with. `asOf`: as of when a row speaks that does not say when it was modified. `visits`: the deals that have a row for each visit of a
 * stage: what such a row says of the stage was true when it was entered.
 */
export type RowContext = {
  cells: Cells;
  ids: RecordIds;
  mapping: CsvMapping;
  asOf: EpochMs;
  now: EpochMs;
  visits: DealsByVisit;
  startOfDay(day: IsoDay): EpochMs;
};

export type DealsByVisit = { has(dealId: string): boolean };

/** What a row says; or why it says nothing. */
export type RowReading = { signals: Signal[] } | { refused: string };
export type ReadRow = (context: RowContext) => RowReading;

type WithoutId<Said> = Said extends Signal ? Omit<Said, 'id' | 'source'> : never;

/** The id is a digest of what is said: the same row says the same once, however often it is imported. */
export function said(about: string, body: WithoutId<Signal>): Signal {
  const digest = hash('sha256', JSON.stringify(body), 'base64url').slice(0, 16);
  return { ...body, source: 'csv', id: `csv:${body.type.split('.', 1)[0]}:${about}:${body.occurredAt}:${digest}` } as Signal;
}

/** What is known of the deal, the account or the person that a row names. */
export type Named = { id: string; name: string | null };

/** Why a row's record cannot be told: an id that is none. */
export const noId = (what: string, text: string): { refused: string } => ({
  refused: `"${text.slice(0, 60)}" is no id of a ${what} (${/^[\d.,]+E/i.test(text) ? 'a spreadsheet has rounded it' : 'whose ids are these? `crm:` in a mapping says it'})`,
});

/** The account that a row names; null where it names none. */
export function accountOf({ cells, ids }: RowContext): Named | null {
  const [id] = cells.list('account.id') ?? [];
  const name = cells.text('account.name') ?? null;
  if (id !== undefined) {
    const known = ids.ofId(id);
    if (known !== null) return { id: known, name };
    cells.complain('account.id', `"${id.slice(0, 60)}" is no id of an account`);
  }
  return name === null ? null : { id: ids.ofNames('account', name), name };
}

export const dealKey = ({ ids, mapping }: RowContext, name: string, account: string | null): string =>
  ids.ofNames('deal', name, mapping.deal_key === 'name' ? null : account);

/** The deals that a row names, by ids or else by name. A name alone may mean several (`;`). */
export function dealsOf(context: RowContext, account: Named | null): Named[] {
  const { cells, ids } = context;
  const name = cells.text('deal.name') ?? null;
  const given = cells.list('deal.id') ?? [];
  const known = given.flatMap((text) => {
    const id = ids.ofId(text);
    if (id === null) cells.complain('deal.id', `"${text.slice(0, 60)}" is no id of a deal`);
    return id === null ? [] : [{ id, name: given.length === 1 ? name : null }];
  });
  if (known.length > 0 || name === null) return known;
  return [{ id: dealKey(context, name, account?.name ?? null), name }];
}

/** Where both an id and a name tell a record, the name alone means it as well. */
export function linked({ mapping }: RowContext, kind: RecordKind, id: string, byName: string, at: EpochMs): Signal[] {
  if (!mapping.link_names || id === byName) return [];
  return [said(id, { type: 'record.merged', occurredAt: at, merge: { kind, from: [byName], into: id } })];
}

/** A name that the account has as of then: nothing where it is not said. */
export const accountNamed = (account: Named | null, at: EpochMs): Signal[] =>
  account?.name == null ? [] : [said(account.id, { type: 'account.upserted', occurredAt: at, account: { id: account.id, name: account.name } })];

export const latestOf = (...times: (EpochMs | null | undefined)[]): EpochMs | null =>
  times.reduce<EpochMs | null>((latest, at) => (at == null ? latest : latest === null ? at : Math.max(latest, at)), null);
