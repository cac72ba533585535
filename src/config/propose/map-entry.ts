import type { Source } from '../../core/journey/signal.ts';
import { labelOf } from '../resolve/layers.ts';
import type { PlannedMap } from './group-maps.ts';
import { labelFrom, oneLine, quoted } from './plain-text.ts';
import { type ProposedStage, sureFrom } from './proposal.ts';
import { type Entry, entry, inQuotes, list, mapping } from './yaml-parts.ts';

/** A map of the file: which pipelines, which CRM stages are which of its stages, what stays outside. */
export function mapEntry(map: PlannedMap, source: Source): Entry {
  const label = labelFrom(map.label);
  const names = map.pipelines?.map(({ name }) => oneLine(name)).join(', ') ?? '';
  const entries = [
    ...(map.basis === 'own' ? [] : [entry('extends', map.basis)]),
    ...(label === null || label === labelOf(map.key) || map.pipelines === null ? [] : [entry('label', inQuotes(label))]),
    entry(
      'for',
      map.pipelines === null
        ? 'deals'
        : mapping([entry('pipelines', list(map.pipelines.map(({ id }) => ({ value: inQuotes(id) }))))], { flow: true }),
    ),
    entry('stages', mapping(stageEntries(map, source)), { above: outside(map.stages) }),
    ...outcomes(map.stages, source),
  ];
  const whence = map.basis === 'own' ? "The CRM's own stages, as they are." : `The stages, roles and numbers of the template ${map.basis}.`;
  return entry(map.key, mapping(entries), { above: [...(names === '' ? [] : [`Pipeline: ${oneLine(names, 140)}`]), whence] });
}

function stageEntries({ basis, choices, stages }: PlannedMap, source: Source): Entry[] {
  return choices.flatMap(({ key, label }): Entry[] => {
    const ids = stages.filter(({ meaning }) => meaning.kind === 'stage' && meaning.key === key);
    // A file shows the stages that its deals are in, not all that there are.
    if (ids.length === 0 && (basis === 'own' || source === 'csv')) return [];
    if (ids.length === 0) return [entry(key, 'off', { above: ['No stage of the pipeline means it.'] })];
    const named = basis === 'own' ? labelFrom(label) : null;
    const own = named === null || named === labelOf(key) ? [] : [entry('label', inQuotes(named))];
    return [entry(key, mapping([...own, entry('from', mapping([entry(source, idList(ids))]))]))];
  });
}

function outcomes(stages: readonly ProposedStage[], source: Source): Entry[] {
  const entries = (['won', 'lost'] as const).flatMap((outcome) => {
    const ids = stages.filter(({ meaning }) => meaning.kind === 'outcome' && meaning.outcome === outcome);
    return ids.length === 0 ? [] : [entry(outcome, mapping([entry(source, idList(ids))]))];
  });
  return entries.length === 0 ? [] : [entry('outcomes', mapping(entries))];
}

const idList = (stages: readonly ProposedStage[]) =>
  list(stages.map(({ id, name, confidence, reason }) => ({ value: inQuotes(id), remark: remarkOn(id, name, confidence, reason) })));

function remarkOn(id: string, name: string, confidence: number, reason: string): string {
  const shown = oneLine(name);
  const doubt = confidence < sureFrom ? `A GUESS, ${reason}` : '';
  return [shown === id ? '' : shown, doubt].filter((part) => part !== '').join(': ');
}

/** Open stages that the map leaves out are never lost without a word. */
function outside(stages: readonly ProposedStage[]): string[] {
  const left = stages.filter(({ meaning }) => meaning.kind === 'none');
  if (left.length === 0) return [];
  return [
    'Not on the map; deals there keep their journey, and rules about stages say nothing. To change that, put the id under a stage:',
    ...left.map(({ id, name, reason }) => `  ${quoted(id)} ${oneLine(name)}: ${reason}`),
  ];
}
