import { z } from 'zod';
import type { Signal } from '../../../core/journey/signal.ts';
import { to18 } from '../salesforce-id.ts';
import { inTheirOrder } from './moments.ts';
import { recordId } from './object-names.ts';
import { type Row, timeOf } from './rows.ts';
import { said } from './said.ts';
import type { SalesforceApi } from './salesforce-api.ts';

/** Values of any type come as JSON has them; of a picklist they are text. */
const value = z
  .string()
  .nullish()
  .transform((text) => text || null);

const typeChange = z
  .object({ Id: z.string(), AccountId: z.string(), OldValue: value, NewValue: value, CreatedDate: z.string() })
  .transform(({ CreatedDate, AccountId, ...row }) => ({ ...row, AccountId: to18(AccountId), CreatedDate: timeOf(CreatedDate) ?? 0 }));

/** One change of an account's type, which is its lifecycle stage. */
export type TypeChange = z.output<typeof typeChange>;

/**
 * How accounts' types have changed, where Salesforce tracks that: none where it does not, or does not show it to us. What is 18 to 24 months old is
 * told to `queryAll` alone, which is how everything is asked for. @throws CrmAwayError
 */
export function readTypeHistory(api: SalesforceApi, accountIds: string[]): Promise<TypeChange[]> {
  const columns = ['Id', 'AccountId', 'OldValue', 'NewValue', 'CreatedDate'];
  return api.readIfThere(typeChange, { object: 'AccountHistory', columns, field: 'AccountId', where: "Field = 'Type'" }, accountIds);
}

/**
 * The types an account has had, each since Salesforce says it changed. The one before the first change counts from the account's beginning: since when it
 * really was that, nobody remembers. `last`: what it was changed to last; undefined where nothing is known of that.
 */
export function typeMoments(account: Row<'Account'>, history: readonly TypeChange[]): { signals: Signal[]; last: string | null | undefined } {
  const id = recordId(account.Id);
  const changes = inTheirOrder(history.filter(({ AccountId }) => AccountId === account.Id));
  const [first] = changes;
  if (first === undefined) return { signals: [], last: undefined };
  const moments = [{ at: account.CreatedDate, type: first.OldValue }, ...changes.map(({ at, NewValue }) => ({ at, type: NewValue }))];
  return {
    signals: moments
      .filter(({ type }, index) => type !== (moments[index - 1]?.type ?? null))
      .map(({ at, type }) => said({ type: 'account.upserted', occurredAt: at, account: { id, lifecycleStage: type } }, account.Id)),
    last: changes.at(-1)?.NewValue,
  };
}
