import type { Signal } from '../core/journey/signal.ts';
import type { HistoryPage, Mention } from './crm.ts';
import type { Neighbourhood } from './ports.ts';

/** Moves and touchpoints of deals that nobody has told of. They are kept, and show nowhere until somebody does. `first`: a few of them. */
export type Strays = { moves: number; touchpoints: number; first: Mention[] };

export const noStrays: Strays = { moves: 0, touchpoints: 0, first: [] };

const shown = 5;

/** With those of these signals that only mention their deal, and whose deal is not there. */
export function withStrays(strays: Strays, signals: readonly Signal[], { mentions }: HistoryPage, isThere: (dealId: string) => boolean): Strays {
  if (mentions === undefined) return strays;
  const found = signals.flatMap((signal) => {
    const mention = mentions.get(signal.id);
    const dealId = dealOf(signal);
    return mention === undefined || dealId === null || isThere(dealId) ? [] : [{ type: signal.type, mention }];
  });
  if (found.length === 0) return strays;
  const moves = found.filter(({ type }) => type === 'stage.entered').length;
  return {
    moves: strays.moves + moves,
    touchpoints: strays.touchpoints + found.length - moves,
    first: [...strays.first, ...found.map(({ mention }) => mention)].slice(0, shown),
  };
}

/** The deals that these signals only mention. */
export const mentionedDeals = (signals: readonly Signal[], { mentions }: HistoryPage): Set<string> =>
  new Set(signals.flatMap((signal) => (mentions?.has(signal.id) ? (dealOf(signal) ?? []) : [])));

/** Somebody has told of the deal itself, be it that it is gone. */
export function hasDeal({ deals, aliases }: Pick<Neighbourhood, 'deals' | 'aliases'>, id: string): boolean {
  const record = deals.get(aliases.get(`deal:${id}`) ?? id)?.record;
  return record !== undefined && (record.source !== undefined || record.deletedAt !== null || record.erasedAt !== null);
}

function dealOf(signal: Signal): string | null {
  if (signal.type === 'stage.entered') return signal.stage.dealId;
  return signal.type === 'touchpoint.recorded' ? (signal.touchpoint.dealId ?? null) : null;
}
