import { accountOf, dealsOf, type ReadRow } from './row.ts';

/** What a change's property may be called for it to be the stage. */
const isStage = /^(deal|opportunity|sales)?[\s_-]*(stage(name)?|phase)( name)?$/i;

/** One move of a deal into a stage. */
export const readStageRow: ReadRow = (context) => {
  const { cells } = context;
  const property = cells.text('change.property');
  if (property != null && !isStage.test(property)) return { refused: `is about "${property.slice(0, 60)}", not about the stage` };
  const [deal] = dealsOf(context, accountOf(context));
  if (deal === undefined) return { refused: 'names no deal' };
  const stage = cells.text('change.stage');
  if (stage == null) return { refused: 'names no stage' };
  const at = cells.time('change.at');
  if (at == null) return { refused: at === null ? 'does not say when' : 'does not say when in a way that can be read' };
  return {
    signals: [{ id: `csv:stage:${deal.id}:${at}:${stage}`, source: 'csv', type: 'stage.entered', occurredAt: at, stage: { dealId: deal.id, stage } }],
  };
};
