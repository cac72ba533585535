import type { CrmCatalogue, CrmStage } from '../../../app/crm.ts';
import { type CsvInspection, recordsOf } from './inspect-csv.ts';
import { isEmptyRow } from './noise.ts';
import { closedStage } from './outcomes.ts';
import { readDealRow } from './rows/deal-row.ts';
import { ownerOf } from './rows/named-person.ts';
import type { RowContext } from './rows/row.ts';
import { readStageRow } from './rows/stage-row.ts';
import { createStageOrder, type StageOrder } from './stage-order.ts';
import { refusalOf } from './usable-row.ts';

/** A column with more different values than these is no list of stages, owners or roles. */
const most = { pipelines: 200, stages: 500, owners: 5_000, roles: 500 } as const;

type SeenStage = { probability: number | null; status: CrmStage['outcome'] | null };
type Seen = { pipelines: Map<string, { stages: Map<string, SeenStage>; order: StageOrder }>; owners: Set<string>; roles: Set<string> };

/** The stages, owners and roles that a file speaks of. Reads all of it, and keeps only what differs. A deal without a pipeline is in `default`. */
export async function catalogueOf(csv: CsvInspection, context: RowContext): Promise<CrmCatalogue> {
  const { head, plan, file } = csv;
  const seen: Seen = { pipelines: new Map(), owners: new Set(), roles: new Set() };
  for await (const record of recordsOf(file, head).records) {
    if (isEmptyRow(record.fields) || refusalOf(record, csv) !== null) continue;
    context.cells.load(record.fields);
    if (plan.rows === 'deals') seeDeal(seen, context);
    if (plan.rows === 'stages') seeMove(seen, context);
    const { cells } = context;
    if (plan.rows === 'deals') note(seen.owners, [ownerOf(cells.text('deal.owner'))], most.owners);
    if (plan.rows === 'accounts') note(seen.owners, [ownerOf(cells.text('account.owner'))], most.owners);
    if (plan.rows === 'people' || plan.rows === 'deals') note(seen.roles, cells.list('person.role') ?? [], most.roles);
  }
  return {
    pipelines: [...seen.pipelines]
      .filter(([, { stages }]) => stages.size > 0)
      .map(([id, { stages, order }]) => ({ id, name: id, stages: inOrder(stages, order) })),
    owners: [...seen.owners]
      .sort()
      .map((owner) => ({ id: owner, name: owner.includes('@') ? null : owner, email: owner.includes('@') ? owner : null })),
    roles: [...seen.roles].sort().map((value) => ({ value, label: value })),
  };
}

function note(set: Set<string>, values: (string | null | undefined)[], limit: number): void {
  for (const value of values) if (value != null && set.size < limit) set.add(value);
}

function pipelineOf(seen: Seen, name: string) {
  const known = seen.pipelines.get(name);
  if (known !== undefined || seen.pipelines.size >= most.pipelines) return known;
  const pipeline = { stages: new Map<string, SeenStage>(), order: createStageOrder() };
  seen.pipelines.set(name, pipeline);
  return pipeline;
}

function seeDeal(seen: Seen, context: RowContext): void {
  const read = readDealRow(context);
  if ('refused' in read) return;
  const upsert = read.signals.findLast((signal) => signal.type === 'deal.upserted')?.deal;
  const pipeline = pipelineOf(seen, upsert?.pipeline ?? 'default');
  if (pipeline === undefined) return;
  const visits = read.signals.flatMap((signal) => (signal.type === 'stage.entered' ? [{ stage: signal.stage.stage, at: signal.occurredAt }] : []));
  for (const { stage } of visits) remember(pipeline.stages, stage, null, null);
  for (const visit of visits.sort((a, b) => a.at - b.at)) pipeline.order.moved(upsert?.id ?? '', visit.stage, visit.at);
  if (upsert?.stage != null) remember(pipeline.stages, upsert.stage, context.cells.number('deal.probability') ?? null, upsert.status ?? null);
}

function seeMove(seen: Seen, context: RowContext): void {
  const read = readStageRow(context);
  if ('refused' in read) return;
  const pipeline = pipelineOf(seen, context.cells.text('deal.pipeline') ?? 'default');
  for (const signal of read.signals) {
    if (signal.type !== 'stage.entered' || pipeline === undefined) continue;
    remember(pipeline.stages, signal.stage.stage, null, null);
    pipeline.order.moved(signal.stage.dealId, signal.stage.stage, signal.occurredAt);
  }
}

function remember(stages: Map<string, SeenStage>, stage: string, perCent: number | null, status: CrmStage['outcome'] | null): void {
  const known = stages.get(stage);
  const probability = perCent === null ? null : Math.min(1, Math.max(0, perCent > 1 ? perCent / 100 : perCent));
  if (known === undefined) {
    if (stages.size < most.stages) stages.set(stage, { probability, status });
    return;
  }
  known.probability = known.probability === null ? probability : probability === null ? known.probability : Math.max(known.probability, probability);
  // A stage in which some deals are open and some lost (Pipedrive keeps the last stage) is open.
  if (status !== null) known.status = known.status === null || known.status === status ? status : 'open';
}

function inOrder(stages: Map<string, SeenStage>, order: StageOrder): CrmStage[] {
  const list = [...stages].map(([name, { probability, status }]): CrmStage => {
    const outcome = closedStage(name) ?? (probability === 1 && status === 'won' ? 'won' : 'open');
    return { id: name, name, outcome, probability };
  });
  const rank = { open: 0, won: 1, lost: 2 } as const;
  const position = order.positions(list.map(({ name }) => name));
  const known = list.every(({ probability, outcome }) => outcome !== 'open' || probability !== null);
  return list.sort(
    (a, b) =>
      rank[a.outcome] - rank[b.outcome] ||
      (known ? (a.probability ?? 0) - (b.probability ?? 0) : 0) ||
      (position.get(a.name) ?? 0) - (position.get(b.name) ?? 0),
  );
}
