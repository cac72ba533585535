import type { Comparison, Condition, SegmentDefinition } from './journey-map.ts';

/** The facts that conditions compare. */
export type SegmentFacts = { amount: number | null; segment: string | null; ownerEmail: string | null; pipeline: string | null };

/** Keys of the segments that hold, in the order of journey.yml. */
export const segmentsOf = (facts: SegmentFacts, segments: SegmentDefinition[]): string[] =>
  segments.filter(({ when }) => holds(when, facts)).map(({ key }) => key);

/** All that the condition names must hold; an amount that is not known fulfils no comparison. */
const holds = (condition: Condition, facts: SegmentFacts): boolean =>
  (condition.amount === undefined || compares(condition.amount, facts.amount)) &&
  among(condition.segment, facts.segment) &&
  among(condition.ownerEmail, facts.ownerEmail) &&
  among(condition.pipeline, facts.pipeline);

export function compares({ operator, value }: Comparison, amount: number | null): boolean {
  if (amount === null) return false;
  switch (operator) {
    case '>=':
      return amount >= value;
    case '>':
      return amount > value;
    case '<=':
      return amount <= value;
    case '<':
      return amount < value;
    case '==':
      return amount === value;
  }
}

const among = (wanted: string[] | undefined, value: string | null): boolean =>
  wanted === undefined || (value !== null && wanted.some((candidate) => candidate.toLowerCase() === value.toLowerCase()));
