import type { AccountRecord, JourneyRecord } from '../core/journey/record.ts';

/** Whether of an account nothing was said but what happened. A field that nobody has spoken of is the very same. */
export function sameFields(before: AccountRecord | undefined, now: AccountRecord): boolean {
  if (before === undefined) return false;
  const [was, is] = [fieldsOf(before), fieldsOf(now)];
  return Object.keys(is).every((name) => was[name] === is[name]);
}

const fieldsOf = ({ touchpoints, lastOf, metrics, milestones, stages, ...fields }: AccountRecord): Record<string, unknown> => fields;

/** Nothing was said of the account or the deals it belongs to. A register that nobody has spoken to is the very same. */
export const belongsAsBefore = (before: JourneyRecord, now: JourneyRecord): boolean =>
  before.erasedAt === now.erasedAt &&
  (before.kind === 'account' || (now.kind !== 'account' && before.accountId === now.accountId)) &&
  (before.kind !== 'person' || (now.kind === 'person' && before.dealIds === now.dealIds));
