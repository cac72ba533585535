import type { DealFields, DealStatus, Signal } from '../../../../core/journey/signal.ts';
import type { EpochMs, IsoDay } from '../../../../core/time.ts';
import { currencyIn } from '../numbers.ts';
import { closedStage, saysDeleted, statusNamed } from '../outcomes.ts';
import { domainOf } from './domain.ts';
import { lastTouches } from './last-touches.ts';
import { namedPerson, nameInParts, ownerOf } from './named-person.ts';
import { accountNamed, accountOf, dealKey, latestOf, linked, type Named, noId, type ReadRow, type RowContext, said } from './row.ts';

/**
 * A deal, its account and its people, as of when it was last modified; a closed deal that does not say that, as of when it was closed; any other
 * as of the file. The stage counts as seen then, and as entered where the row says since when; of a deal with a row for each visit of a stage, only as
 * entered. It was there when it was created, and closed when it was closed.
 */
export const readDealRow: ReadRow = (context) => {
  const { cells } = context;
  const { account, name, given, id } = dealOf(context);
  if (id === null) return given === undefined ? { refused: 'has neither an id nor a name' } : noId('deal', given);

  if (saysDeleted(cells.text('deal.status') ?? ''))
    return { signals: [said(id, { type: 'record.deleted', occurredAt: asOf(context, null, null), record: { kind: 'deal', id } })] };

  const stage = stageOf(context);
  const status = statusOf(context);
  const created = cells.time('deal.created') ?? null;
  const since = cells.time('deal.stage_entered') ?? null;
  const entered = cells.entered();
  const closeDate = cells.day('deal.close_date');
  const isVisit = context.visits.has(id);
  const isClosed = status === 'won' || status === 'lost' || (!isVisit && stage != null && closedStage(stage) !== null);
  const closedAt = isClosed ? closedAtOf(context, closeDate) : null;
  const at = asOf(context, closedAt, latestOf(created, since, ...entered.map((visit) => visit.at)));

  const deal: DealFields = {};
  if (name !== null) deal.name = name;
  // Close's opportunities have no names: people know them by their customer. What another CRM calls a deal is not for a file without names to change.
  else if (account?.name != null && id.startsWith('csv:') && cells.text('deal.name') === undefined) deal.name = account.name;
  if (account !== null) deal.accountId = account.id;
  const amount = cells.number('deal.amount');
  const currency = cells.text('deal.currency') ?? currencyIn(cells.text('deal.amount') ?? '');
  const [pipeline, owner, url] = [cells.text('deal.pipeline'), cells.text('deal.owner'), cells.text('deal.url')];
  if (pipeline != null) deal.pipeline = pipeline;
  if (isVisit && stage != null && cells.time('deal.stage_entered') === null)
    cells.complain('deal.stage_entered', 'is empty, where other rows of the deal say when: nobody knows when it was in this stage');
  if (stage != null && !isVisit) deal.stage = stage;
  if (amount !== undefined) deal.amount = amount;
  if (currency !== null) deal.currency = currency.toUpperCase();
  if (owner !== undefined) deal.ownerEmail = ownerOf(owner);
  if (closeDate !== undefined) deal.closeDate = closeDate;
  if (status !== undefined) deal.status = status;
  if (url != null) deal.url = url;

  const signals: Signal[] = accountSignals(context, account, at);
  if (created !== null && created < at)
    signals.push(said(id, { type: 'deal.upserted', occurredAt: created, deal: { id, ...(name === null ? {} : { name }) } }));
  for (const visit of entered) signals.push(stageEntered(id, visit.stage, visit.at));
  if (stage != null && since !== null && !entered.some((visit) => visit.stage === stage && visit.at === since))
    signals.push(stageEntered(id, stage, since));
  const isEntered = since !== null || entered.some((visit) => visit.stage === stage);
  if (closedAt !== null && closedAt < at && closedAt >= (created ?? closedAt) && !isEntered) {
    const closed = { id, ...(stage == null || isVisit ? {} : { stage }), ...(status === undefined ? {} : { status }) };
    signals.push(said(id, { type: 'deal.upserted', occurredAt: closedAt, deal: closed }));
  }
  signals.push(said(id, { type: 'deal.upserted', occurredAt: at, deal: { id, ...deal } }));
  signals.push(...people(context, { id, name }, account, at), ...nextStep(context, id, at));
  signals.push(...lastTouches(context, 'deal', { dealId: id, ...(account === null ? {} : { accountId: account.id }) }, id));
  if (given !== undefined && name !== null)
    signals.push(...linked(context, 'deal', id, dealKey(context, name, account?.name ?? null), created ?? at));
  return { signals };
};

/** Which deal a row is about; its id is null where that cannot be told. */
function dealOf(context: RowContext): { account: Named | null; name: string | null; given: string | undefined; id: string | null } {
  const { cells, ids } = context;
  const account = accountOf(context);
  const name = cells.text('deal.name') ?? null;
  const [given] = cells.list('deal.id') ?? [];
  const id = given === undefined ? (name === null ? null : dealKey(context, name, account?.name ?? null)) : ids.ofId(given);
  return { account, name, given, id };
}

/** The stage that a row says a deal came into, and when; null where it does not say all of it. */
export function stageEntryOf(context: RowContext): { dealId: string; stage: string; at: EpochMs } | null {
  const { id } = dealOf(context);
  const stage = stageOf(context);
  const at = context.cells.time('deal.stage_entered');
  return id === null || stage == null || at == null ? null : { dealId: id, stage, at };
}

/** The stage alone where the file adds the pipeline to it: `Contract Sent (Sales Pipeline)`. */
function stageOf({ cells }: RowContext): string | null | undefined {
  const stage = cells.text('deal.stage');
  const pipeline = cells.text('deal.pipeline');
  if (stage === null) cells.complain('deal.stage', 'is empty');
  if (stage == null || pipeline == null || !stage.toLowerCase().endsWith(` (${pipeline.toLowerCase()})`)) return stage;
  return stage.slice(0, -pipeline.length - 3);
}

function statusOf({ cells }: RowContext): DealStatus | undefined {
  const text = cells.text('deal.status');
  if (text != null) {
    const status = statusNamed(text);
    if (status !== null) return status;
    cells.complain('deal.status', `"${text.slice(0, 60)}" is neither open, won nor lost: say what it stands for under \`values:\` in the mapping`);
  }
  const [won, lost, closed] = [cells.flag('deal.won'), cells.flag('deal.lost'), cells.flag('deal.closed')];
  if (won === true) return 'won';
  if (lost === true || (closed === true && won === false)) return 'lost';
  return closed === false || (won === false && lost === false) ? 'open' : undefined;
}

/** When it was won or lost; where nothing says so, its close date, if that is over. */
function closedAtOf(context: RowContext, closeDate: IsoDay | null | undefined): EpochMs | null {
  const said = context.cells.time('deal.closed_at') ?? null;
  if (said !== null || closeDate == null) return said;
  const closed = context.startOfDay(closeDate);
  return closed >= 0 && closed <= context.now ? closed : null;
}

/** Never before what the row itself tells of. */
const asOf = ({ cells, asOf: fileTime }: RowContext, closedAt: EpochMs | null, known: EpochMs | null): EpochMs =>
  latestOf(cells.time('deal.modified') ?? closedAt ?? fileTime, known) ?? fileTime;

function accountSignals({ cells }: RowContext, account: Named | null, at: EpochMs): Signal[] {
  const domain = cells.text('account.domain');
  if (account === null || domain == null) return accountNamed(account, at);
  const named = account.name === null ? {} : { name: account.name };
  return [said(account.id, { type: 'account.upserted', occurredAt: at, account: { id: account.id, ...named, domain: domainOf(domain) } })];
}

const stageEntered = (dealId: string, stage: string, at: EpochMs): Signal => ({
  id: `csv:stage:${dealId}:${at}:${stage}`,
  source: 'csv',
  type: 'stage.entered',
  occurredAt: at,
  stage: { dealId, stage },
});

/**
 * Those whom the row names; by ids where there is one for each. They belong to the account; to the deal alone where there is no account. The role of the one who
 * is alone in a row adds to those of other rows: Salesforce's report of contact roles has a row for each, with the whole deal.
 */
function people({ cells, ids }: RowContext, deal: Named, account: Named | null, at: EpochMs): Signal[] {
  const given = cells.list('person.id') ?? [];
  const inParts = nameInParts(cells);
  const names = (cells.list('person.name') ?? (inParts === null ? [] : [inParts])).map(namedPerson);
  const email = cells.text('person.email') ?? null;
  const title = cells.text('person.title') ?? null;
  const count =
    given.length > 0 && (names.length === 0 || names.length === given.length) ? given.length : Math.max(names.length, email === null ? 0 : 1);
  const links = account === null ? { dealIds: [deal.id] } : { accountId: account.id };
  return Array.from({ length: count }, (_, index): Signal[] => {
    const { name = null, email: own = null } = names[index] ?? {};
    const address = own ?? (count === 1 ? email : null);
    const known = given.length === count ? ids.ofId(given[index] ?? '') : null;
    const id = known ?? (address !== null ? ids.ofNames('person', address) : name === null ? null : ids.ofNames('person', name, account?.name));
    if (id === null) return [];
    const person = { id, ...links, ...(name === null ? {} : { name }), ...(address === null ? {} : { email: address }) };
    const roles = count === 1 ? (cells.list('person.role') ?? []) : [];
    return [
      said(id, { type: 'person.upserted', occurredAt: at, person: count === 1 && title !== null ? { ...person, title } : person }),
      ...roles.map((role) => said(id, { type: 'role.assigned', occurredAt: at, role: { personId: id, role } })),
    ];
  }).flat();
}

function nextStep({ cells }: RowContext, dealId: string, at: EpochMs): Signal[] {
  const title = cells.text('deal.next_step');
  const due = cells.day('deal.next_step_due');
  if (title === undefined && due === undefined) return [];
  const step = { dealId, title: title ?? (due == null ? null : 'Next activity'), ...(due === undefined ? {} : { due }) };
  return [said(dealId, { type: 'next-step.set', occurredAt: at, nextStep: step })];
}
