import type { AccountFields, Signal } from '../../../../core/journey/signal.ts';
import { domainOf } from './domain.ts';
import { lastTouches } from './last-touches.ts';
import { ownerOf } from './named-person.ts';
import { accountOf, latestOf, linked, type ReadRow, said } from './row.ts';

/** An account as of when it was last modified, else as of the file. */
export const readAccountRow: ReadRow = (context) => {
  const { cells, ids } = context;
  const account = accountOf(context);
  if (account === null) return { refused: 'has neither an id nor a name' };
  const { id, name } = account;
  const created = cells.time('account.created') ?? null;
  const at = latestOf(cells.time('account.modified') ?? context.asOf, created) ?? context.asOf;
  const fields: AccountFields = {};
  if (name !== null) fields.name = name;
  const [domain, segment, owner] = [cells.text('account.domain'), cells.text('account.segment'), cells.text('account.owner')];
  const [lifecycle, renewal, url] = [cells.text('account.lifecycle'), cells.day('account.renewal_date'), cells.text('account.url')];
  if (domain != null) fields.domain = domainOf(domain);
  if (segment !== undefined) fields.segment = segment;
  if (owner !== undefined) fields.ownerEmail = ownerOf(owner);
  if (lifecycle != null) fields.lifecycleStage = lifecycle;
  if (renewal !== undefined) fields.renewalDate = renewal;
  if (url != null) fields.url = url;
  const signals: Signal[] = [];
  if (created !== null && created < at)
    signals.push(said(id, { type: 'account.upserted', occurredAt: created, account: { id, ...(name === null ? {} : { name }) } }));
  signals.push(said(id, { type: 'account.upserted', occurredAt: at, account: { id, ...fields } }));
  signals.push(...lastTouches(context, 'account', { accountId: id }, id));
  if (name !== null) signals.push(...linked(context, 'account', id, ids.ofNames('account', name), created ?? at));
  return { signals };
};
