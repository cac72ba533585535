import type { Detector } from '../../core/detectors/detector.ts';
import { durationInWords } from '../../core/duration.ts';
import type { JourneyMap, ResolvedRule, RoleDefinition, RuleSettings, StageDefinition, StageIds } from '../../core/journey/journey-map.ts';
import { sourceNames } from '../../core/journey/signal.ts';
import { entry } from './layout.ts';

/** One map: its stages with what they expect, then the rules, first those that hold in every stage. */
export function explainMap(map: JourneyMap, roles: readonly RoleDefinition[], detectors: readonly Detector[]): string[] {
  const shared = detectors.filter(({ name }) => sameEverywhere(map, name));
  const own = detectors.filter((detector) => !shared.includes(detector));
  return [
    `Map ${map.key} (${map.label}): ${travellers(map)}`,
    ...entry('won', idsInWords(map.outcomes.won, 'as the CRM says'), 2, 14),
    ...entry('lost', idsInWords(map.outcomes.lost, 'as the CRM says'), 2, 14),
    ...(map.allowedMoves.length === 0 ? [] : entry('moves back', map.allowedMoves.map(({ from, to }) => `${from} to ${to}`).join(', '), 2, 14)),
    '',
    '  In every stage',
    ...rulesInWords(shared, map.stages[0]?.rules ?? map.rules),
    ...map.stages.flatMap((stage, index) => ['', ...explainStage(stage, index, roles, own)]),
  ];
}

function explainStage(stage: StageDefinition, index: number, roles: readonly RoleDefinition[], detectors: readonly Detector[]): string[] {
  const { expects } = stage;
  const wanted = expects.roles.map((key) => roles.find((role) => role.key === key)?.label ?? key).join(', ');
  const moments = expects.moments.map((moment) => moment.replaceAll('_', ' ')).join(', ');
  return [
    `  ${index + 1}. ${stage.label}${stage.label.toLowerCase() === stage.key ? '' : ` (${stage.key})`}${stage.required ? ', not to be skipped' : ''}`,
    ...entry('from', idsInWords(stage.from, 'no CRM stage: nothing ever comes here'), 4, 18),
    ...(wanted === '' ? [] : entry('people', `${wanted}${expects.within === null ? '' : `, within ${durationInWords(expects.within)}`}`, 4, 18)),
    ...(moments === '' ? [] : entry('moments of truth', moments, 4, 18)),
    ...rulesInWords(detectors, stage.rules),
  ];
}

function rulesInWords(detectors: readonly Detector[], rules: JourneyMap['rules']): string[] {
  const off = detectors.filter(({ name }) => isOff(rules[name]));
  const on = detectors.filter((detector) => !off.includes(detector));
  return [
    ...on.flatMap((detector) => {
      const { base = null, segments = {} } = rules[detector.name] ?? {};
      const overrides = Object.entries(segments).flatMap(([segment, settings]) =>
        entry(`  ${segment}`, settingsInWords(detector, settings), 4, 18, 10),
      );
      return [...entry(detector.name, settingsInWords(detector, base), 4, 18, 10), ...overrides];
    }),
    ...(off.length === 0 ? [] : entry('off', off.map(({ name }) => name).join(', '), 4, 18)),
  ];
}

const settingsInWords = ({ explain }: Detector, settings: RuleSettings | null): string =>
  settings === null ? 'off' : `${settings.severity.padEnd(9)} ${explain(settings.params)}`;

const isOff = (rule: ResolvedRule | undefined): boolean =>
  rule === undefined || (rule.base === null && Object.values(rule.segments).every((settings) => settings === null));

const sameEverywhere = ({ stages }: JourneyMap, rule: string): boolean => new Set(stages.map(({ rules }) => JSON.stringify(rules[rule]))).size < 2;

function travellers({ for: takes }: JourneyMap): string {
  if (takes.kind === 'accounts') return 'accounts, by their lifecycle stage';
  return takes.pipelines.length === 0
    ? 'deals of every pipeline'
    : `deals of ${takes.pipelines.length === 1 ? 'pipeline' : 'the pipelines'} ${takes.pipelines.join(', ')}`;
}

const placeNames: Record<keyof StageIds, string> = { any: 'any source', ...sourceNames };

function idsInWords(ids: StageIds, none: string): string {
  const bySource = (Object.entries(ids) as [keyof StageIds, string[]][]).map(([source, list]) => `${list.join(', ')} (${placeNames[source]})`);
  return bySource.length === 0 ? none : bySource.join('; ');
}
