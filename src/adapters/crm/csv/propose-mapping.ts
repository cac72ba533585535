import Fuse from 'fuse.js';
import { withContactColumns } from './contact-columns.ts';
import { type Field, fields, type IdOwner, needed, type RowKind, rowKinds } from './fields.ts';
import { knownHeaders, ownerOf, plainHeader, stageEnteredIn } from './known-headers.ts';
import { areStatuses } from './outcomes.ts';
import { isOthersId } from './record-ids.ts';

/** What a column probably is. `confidence` 0…1: 1 is a header that is known, less is a likeness. `rank`: of several columns for one field, the smaller says more. */
export type ProposedColumn = { header: string; field: Field | null; entered: string | null; confidence: number; rank: number };

export type Proposal = {
  rows: RowKind;
  crm: IdOwner | null;
  columns: ProposedColumn[];
  /** What rows of this kind need and no column is known to hold: one of each group. */
  missing: Field[][];
};

/** From here on, nobody needs to be asked. */
export const certain = 0.9;

/**
 * What a file holds as far as the names of its columns say it without doubt. `rows`: what somebody has said that they are about; else the kind that
 * explains most. `samples`: some of its rows, which may show that its ids are another CRM's than its headers are like.
 */
export function recogniseHeaders(headers: readonly string[], rows?: RowKind, samples: readonly string[][] = []): Proposal {
  const crm = ownerOf(headers);
  const proposals = (rows === undefined ? rowKinds : [rows]).map((kind) => recognise(kind, crm, headers, samples));
  const best = proposals.reduce((a, b) => (score(b) > score(a) ? b : a));
  const deals = proposals.find((proposal) => proposal.rows === 'deals');
  const found = deals !== undefined && isHalfOf(best, deals) ? deals : best;
  return crm !== null && hasOthersIds(found, crm, samples) ? { ...found, crm: null } : found;
}

/**
 * A list of deals whose names have a header of the team's own still has its stages, amounts and customers: read as accounts or people, it would lose the
 * deals without a word. Better to ask which column is the name.
 */
function isHalfOf({ rows, columns }: Proposal, deals: Proposal): boolean {
  const knownDeals = deals.columns.filter(isCertain);
  return (
    ((rows === 'accounts' && knownDeals.some(({ field }) => field === 'deal.stage')) ||
      (rows === 'people' && knownDeals.some(({ field }) => field === 'deal.stage' || field === 'deal.amount'))) &&
    knownDeals.length > columns.filter(isCertain).length
  );
}

/** *Record ID* is what many call it: Zoho's, Attio's and a team's own are told from HubSpot's by what they look like. */
function hasOthersIds({ rows, columns }: Proposal, crm: IdOwner, samples: readonly string[][]): boolean {
  const own = columns
    .map(({ field, rank }, index) => ({ field, rank, index }))
    .filter(({ field }) => field === ownId[rows])
    .reduce<{ rank: number; index: number } | null>((best, one) => (best === null || one.rank < best.rank ? one : best), null);
  const filled = own === null ? [] : filledIn(samples, own.index).flatMap((text) => text.split(/\s*;\s*/));
  return filled.filter((text) => isOthersId(crm, text)).length > filled.length / 2;
}

const ownId: Record<RowKind, Field> = { deals: 'deal.id', accounts: 'account.id', people: 'person.id', stages: 'deal.id', activities: 'deal.id' };
const filledIn = (samples: readonly string[][], index: number): string[] =>
  samples.map((row) => (row[index] ?? '').trim()).filter((text) => text !== '');

/** The best guess: what is recognised, and for all other columns what their names are like and their values look like. */
export function proposeMapping(headers: readonly string[], samples: readonly string[][], rows?: RowKind): Proposal {
  const recognised = recogniseHeaders(headers, rows, samples);
  const guess = createGuess(recognised.rows, new Set(recognised.columns.filter(isCertain).map(({ field }) => field)));
  const columns = recognised.columns.map((column, index) =>
    column.confidence > 0
      ? column
      : {
          ...column,
          ...guess(
            column.header,
            samples.map((row) => row[index] ?? ''),
          ),
        },
  );
  return { ...recognised, columns };
}

const isCertain = ({ confidence, field, entered }: ProposedColumn): boolean => confidence >= certain && (field !== null || entered !== null);

function recognise(rows: RowKind, crm: IdOwner | null, headers: readonly string[], samples: readonly string[][]): Proposal {
  const lookup = knownHeaders(rows);
  const found = headers.map((header, index): ProposedColumn => {
    const known = lookup.get(plainHeader(header));
    if (known !== undefined) return { header, field: known.field, entered: null, confidence: 1, rank: known.rank };
    // What many call *Status* is the stage with some, the outcome with others.
    if (rows === 'deals' && anyStatus.test(plainHeader(header)) && areStatuses(filledIn(samples, index)))
      return { header, field: 'deal.status', entered: null, confidence: 1, rank: 1000 };
    const entered = rows === 'deals' ? stageEnteredIn(header) : null;
    return { header, field: null, entered, confidence: entered === null ? 0 : 1, rank: 1000 };
  });
  const columns = rows === 'deals' ? withContactColumns(found) : found;
  const held = new Set(columns.filter(isCertain).map(({ field }) => field));
  return { rows, crm, columns, missing: needed[rows].filter((group) => !group.some((field) => held.has(field)) && !isFromParts(rows, group, held)) };
}

const anyStatus = /^(status|state|statut|estado)$/;

/** Names and e-mails of people come in several columns; any of them will do. */
const isFromParts = (rows: RowKind, group: Field[], held: Set<Field | null>): boolean =>
  rows === 'people' && group.includes('person.name') && held.has('person.first_name');

/** What is recognised whole goes before what is not; then the one that explains more columns, and its own words (a deal's stage history is no list of deals). */
function score({ rows, columns, missing }: Proposal): number {
  const known = columns.filter(isCertain);
  const own = known.filter(({ field }) => field !== null && ownPrefix[rows].test(field)).length;
  const isHistory = rows === 'stages' && missing.length === 0 && columns.some(({ header }) => historyOnly.test(plainHeader(header)));
  const foreign = rows === 'stages' ? columns.filter(({ header }) => dealOnly.test(plainHeader(header))).length : 0;
  return (
    (missing.length === 0 ? 1000 : 0) +
    (isHistory ? 500 : 0) -
    (missing.length / needed[rows].length) * 100 +
    known.length * 10 +
    own * (rows === 'stages' ? 6 : 4) -
    foreign * 11 +
    order[rows]
  );
}

const ownPrefix: Record<RowKind, RegExp> = {
  deals: /^deal\./,
  accounts: /^account\./,
  people: /^person\./,
  stages: /^change\./,
  activities: /^activity\./,
};
/** A list of deals has no column for these: its own id is `Id`. */
const historyOnly = /^(opportunityid|(to|from|new|old|von|zu|in) (stage|phase)|field event|feld ereignis|property value|old value|new value)$/;
/** Where a history is told from a list of deals: a list has these, and a history of Salesforce's says them as of each change. */
const dealOnly =
  /^(deal (owner|value|status|pipeline)|amount|betrag|montant|importe|create date|opportunity owner|owner|status|pipeline|expected close date)$/;
const order: Record<RowKind, number> = { deals: 3, accounts: 2, people: 1, stages: 0, activities: 0 };

/** A header that is nearly known, else what the values look like. What is `held` by another column already is no guess: one is enough. */
function createGuess(
  rows: RowKind,
  held: ReadonlySet<Field | null>,
): (header: string, values: string[]) => { field: Field | null; confidence: number } {
  const names = [...knownHeaders(rows)].map(([name, { field }]) => ({ name, field })).filter(({ field }) => !held.has(field));
  const fuse = new Fuse(names, { keys: ['name'], threshold: 0.3, ignoreLocation: true, includeScore: true });
  return (header, values) => {
    const plain = plainHeader(header);
    const found = plain.length < 3 ? undefined : fuse.search(plain)[0];
    if (found !== undefined && fits(found.item.field, values)) return { field: found.item.field, confidence: 0.8 * (1 - (found.score ?? 1)) };
    const filled = values.filter((value) => value.trim() !== '');
    const isEmail = rows === 'people' && filled.length > 0 && filled.every((value) => /^\S+@\S+\.\S+$/.test(value.trim()));
    return isEmail ? { field: 'person.email', confidence: 0.6 } : { field: null, confidence: 0 };
  };
}

/** A column of words is no amount, one of words alone no date, and one of amounts or sentences no id. */
function fits(field: Field, values: string[]): boolean {
  const filled = values.filter((value) => value.trim() !== '');
  const { type } = fields[field];
  if (field.endsWith('.id')) return filled.length === 0 || filled.some((value) => /^[\w:;-]+$/.test(value.trim()));
  return filled.length === 0 || !['number', 'day', 'time'].includes(type) || filled.some((value) => /\d/.test(value));
}
