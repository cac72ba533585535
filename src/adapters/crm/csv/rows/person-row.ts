import type { PersonFields, Signal } from '../../../../core/journey/signal.ts';
import { lastTouches } from './last-touches.ts';
import { nameInParts } from './named-person.ts';
import { accountNamed, accountOf, dealsOf, latestOf, linked, noId, type ReadRow, said } from './row.ts';

/**
 * A person as of when it was last modified, else as of the file. A row that names a deal and a role (contact roles) adds the role to those that
 * other rows gave; without a deal, the roles are all there are.
 */
export const readPersonRow: ReadRow = (context) => {
  const { cells, ids } = context;
  const account = accountOf(context);
  const deals = dealsOf(context, account);
  const name = nameInParts(cells) ?? cells.list('person.name')?.[0] ?? null;
  // Several addresses in one cell: the first is the main one.
  const email =
    cells
      .text('person.email')
      ?.split(/[,;\s]+/)[0]
      ?.toLowerCase() ?? null;
  const [given] = cells.list('person.id') ?? [];
  const byName = email !== null ? ids.ofNames('person', email) : name === null ? null : ids.ofNames('person', name, account?.name);
  const id = given === undefined ? byName : ids.ofId(given);
  if (id === null) return given === undefined ? { refused: 'has neither an id, an e-mail address nor a name' } : noId('person', given);

  const created = cells.time('person.created') ?? null;
  const at = latestOf(cells.time('person.modified') ?? context.asOf, created) ?? context.asOf;
  const fields: PersonFields = {};
  if (name !== null || email !== null) fields.name = name ?? email;
  if (email !== null) fields.email = email;
  const [title, roles, url] = [cells.text('person.title'), cells.list('person.role'), cells.text('person.url')];
  if (title !== undefined) fields.title = title;
  if (url != null) fields.url = url;
  if (account !== null) fields.accountId = account.id;
  const isRoleInDeal = deals.length === 1 && roles != null;
  if (roles != null && !isRoleInDeal) fields.roles = roles;
  // One row a deal would each time forget the deals of the other rows; the account holds them together.
  if (deals.length > 0 && (account === null || deals.length > 1)) fields.dealIds = deals.map((deal) => deal.id);

  const signals: Signal[] = accountNamed(account, at);
  if (created !== null && created < at)
    signals.push(said(id, { type: 'person.upserted', occurredAt: created, person: { id, ...(name === null ? {} : { name }) } }));
  signals.push(said(id, { type: 'person.upserted', occurredAt: at, person: { id, ...fields } }));
  if (isRoleInDeal) for (const role of roles) signals.push(said(id, { type: 'role.assigned', occurredAt: at, role: { personId: id, role } }));
  signals.push(...lastTouches(context, 'person', { personId: id, ...(account === null ? {} : { accountId: account.id }) }, id));
  if (given !== undefined && byName !== null) signals.push(...linked(context, 'person', id, byName, created ?? at));
  return { signals };
};
