import type { CardLine } from '../delivery.ts';
import type { Suggestion } from '../suggestion.ts';
import type { MetricsSummary } from '../summary.ts';
import type { EpochMs } from '../time.ts';
import type { RuleFates } from './fates.ts';

/** What a digest says in its thread, one reply each. Lists are cut; `total` counts all. */
export type DigestDetail =
  | { kind: 'moves'; moved: Listed<Move>; won: Listed<Closed>; lost: Listed<Closed> }
  /** Open alerts by rule, the most first; `title` is the rule's. */
  | { kind: 'attention'; rules: { rule: string; title: string; count: number; worst: CardLine[] }[]; more: number }
  /** Roles that nobody has, people and customers who were heard from and are not any more, and questions answered after their time. */
  | { kind: 'people'; missing: Listed<CardLine>; silent: Listed<CardLine>; late: Listed<LateAnswer> }
  /** What became of what was told in the period, and which rule nobody acts on. */
  | { kind: 'alerts'; rules: RuleFates[]; noisiest?: Suggestion }
  | { kind: 'metrics'; metrics: MetricsSummary };

type Listed<Item> = { total: number; shown: Item[] };
export type Move = { journeyId: string; name: string; url: string | null; from: string; to: string; at: EpochMs };
export type Closed = { journeyId: string; name: string; url: string | null; amount: CardLine['amount'] };
export type LateAnswer = CardLine & { dueAt: EpochMs; answeredAt: EpochMs };

/** So much of a list has room in a reply. */
const shown = 12;

export const listed = <Item>(all: readonly Item[]): Listed<Item> => ({ total: all.length, shown: all.slice(0, shown) });

/** Whether it shows what a person may be named in. */
export function namesPeople(detail: DigestDetail): boolean {
  switch (detail.kind) {
    case 'attention':
      return detail.rules.some(({ worst }) => worst.length > 0);
    case 'people':
      return detail.missing.total + detail.silent.total + detail.late.total > 0;
    case 'moves':
      return detail.moved.total + detail.won.total + detail.lost.total > 0;
    case 'alerts':
    case 'metrics':
      return false;
  }
}
