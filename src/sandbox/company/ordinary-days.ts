import type { Account, Member } from './account.ts';
import { isWorkingDay, timezone } from './office-time.ts';
import type { WireSignal } from './wire-signal.ts';

/** Somebody with whom all is well: an open deal that goes on, or a customer that is looked after. */
export type Calm = { account: Account; dealId?: string };

/** Every so many working days somebody of a deal, or of a customer, writes. */
const daysBetween = { deal: 1, customer: 7 } as const;

/**
 * What happens by itself where all is well, after `from` and not after `to` (epoch milliseconds): on each working day some of them write
 * before noon, and are answered. Without it, time that is skipped would make everybody silent.
 */
export function ordinaryDays(calm: readonly Calm[], from: number, to: number): WireSignal[] {
  return daysFrom(from, to).flatMap((day) =>
    calm.flatMap((each, index) => {
      const pace = each.dealId === undefined ? daysBetween.customer : daysBetween.deal;
      const dayNumber = Math.floor(day.epochMilliseconds / 86_400_000);
      const member = each.account.people[Math.floor(dayNumber / pace) % each.account.people.length];
      if ((dayNumber + index) % pace !== 0 || member === undefined) return [];
      return exchange(each, member, day.epochMilliseconds).filter(({ occurredAt }) => isBetween(Date.parse(occurredAt), from, to));
    }),
  );
}

function exchange({ account, dealId }: Calm, member: Member, nine: number): WireSignal[] {
  const said = (direction: 'inbound' | 'outbound', minutes: number): WireSignal => ({
    id: `ordinary-${dealId ?? account.id}-${nine}-${direction}`,
    occurredAt: new Date(nine + minutes * 60_000).toISOString(),
    type: 'touchpoint.recorded',
    touchpoint: {
      accountId: account.id,
      ...(dealId === undefined ? {} : { dealId }),
      personId: member.id,
      type: 'email',
      channel: 'email',
      direction,
    },
  });
  return [said('inbound', 30), said('outbound', 90)];
}

/** Nine o'clock of each working day. */
function daysFrom(from: number, to: number): Temporal.ZonedDateTime[] {
  const days: Temporal.ZonedDateTime[] = [];
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone).withPlainTime('09:00');
  for (; day.epochMilliseconds <= to; day = day.add({ days: 1 })) if (isWorkingDay(day.toPlainDate())) days.push(day);
  return days;
}

const isBetween = (at: number, from: number, to: number): boolean => at > from && at <= to;
