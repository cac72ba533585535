import type { EpochMs } from '../../../core/time.ts';

export type StageOrder = {
  moved(dealId: string, stage: string, at: EpochMs): void;
  /** Where each of these stages comes, from 0. */
  positions(stages: readonly string[]): Map<string, number>;
};

/** Pipelines as the CRMs deliver them. */
const delivered = [
  ['appointment scheduled', 'qualified to buy', 'presentation scheduled', 'decision maker bought-in', 'contract sent'],
  [
    'prospecting',
    'qualification',
    'needs analysis',
    'value proposition',
    'id. decision makers',
    'perception analysis',
    'proposal/price quote',
    'negotiation/review',
  ],
  ['qualified', 'contact made', 'demo scheduled', 'proposal made', 'negotiations started'],
];

/**
 * Which stage comes before which, from moves of one deal that stand beside each other in the file: a stage that others mostly come after comes first.
 * Stages of which no move is known keep the order that the CRM delivers them in, else that in which they were seen.
 */
export function createStageOrder(): StageOrder {
  const before = new Map<string, Map<string, number>>();
  let last: { dealId: string; stage: string; at: EpochMs } | null = null;
  return {
    moved(dealId, stage, at) {
      if (last !== null && last.dealId === dealId && last.stage !== stage && last.at !== at) {
        const [from, to] = last.at < at ? [last.stage, stage] : [stage, last.stage];
        const after = before.get(from) ?? new Map<string, number>();
        before.set(from, after.set(to, (after.get(to) ?? 0) + 1));
      }
      last = { dealId, stage, at };
    },
    positions(stages) {
      const template = delivered.find((names) => stages.some((stage) => names.includes(stage.toLowerCase())));
      const usual = (stage: string): number => template?.indexOf(stage.toLowerCase()) ?? -1;
      const first = (a: string, b: string): number => (before.get(a)?.get(b) ?? 0) - (before.get(b)?.get(a) ?? 0);
      const sorted: string[] = [];
      // Each goes before the first one that it is known to precede: a few hundred stages at most.
      for (const stage of [...stages].sort((a, b) => usual(a) - usual(b) || stages.indexOf(a) - stages.indexOf(b))) {
        const at = sorted.findIndex((other) => first(stage, other) > 0);
        sorted.splice(at < 0 ? sorted.length : at, 0, stage);
      }
      return new Map(sorted.map((stage, index) => [stage, index]));
    },
  };
}
