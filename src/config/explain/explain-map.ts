import { counted } from '../../core/counted.ts';
import { type Detector, speaksOf } from '../../core/detectors/detector.ts';
import { durationInWords } from '../../core/duration.ts';
import type {
  Beginnings,
  HealthDefinition,
  JourneyMap,
  ResolvedRule,
  RoleDefinition,
  RuleSettings,
  StageDefinition,
  StageIds,
  TeamDefinition,
} from '../../core/journey/journey-map.ts';
import { sourceNames } from '../../core/journey/signal.ts';
import { entry } from './layout.ts';

/** One map: its stages with what they expect, then the rules, first those that hold in every stage. */
export function explainMap(map: JourneyMap, roles: readonly RoleDefinition[], all: readonly Detector[]): string[] {
  const detectors = all.filter((detector) => speaksOf(detector, { kind: map.for.kind === 'deals' ? 'deal' : 'account' }));
  const shared = detectors.filter(({ name }) => sameEverywhere(map, name));
  const own = detectors.filter((detector) => !shared.includes(detector));
  return [
    `Map ${map.key} (${map.label}): ${travellers(map)}`,
    ...entry('won', idsInWords(map.outcomes.won, 'as the CRM says'), 2, 14),
    ...entry('lost', idsInWords(map.outcomes.lost, 'as the CRM says'), 2, 14),
    ...(map.endsAt === undefined ? [] : entry('complete', `when ${orList(map.endsAt.map(milestone))} is reached`, 2, 14)),
    ...(map.health === undefined ? [] : entry('health', healthInWords(map.health), 2, 14)),
    ...(map.allowedMoves.length === 0 ? [] : entry('moves back', map.allowedMoves.map(({ from, to }) => `${from} to ${to}`).join(', '), 2, 14)),
    '',
    '  In every stage',
    ...rulesInWords(shared, map.stages[0]?.rules ?? map.rules),
    ...map.stages.flatMap((stage, index) => ['', ...explainStage(stage, index, roles, own)]),
  ];
}

function explainStage(stage: StageDefinition, index: number, roles: readonly RoleDefinition[], detectors: readonly Detector[]): string[] {
  const { expects, signs, team } = stage;
  const labelOf = (role: string) => roles.find(({ key }) => key === role)?.label ?? role;
  const wanted = expects.roles.map(labelOf).join(', ');
  const moments = expects.moments.map((moment) => moment.replaceAll('_', ' ')).join(', ');
  const catalogue = catalogueInWords(stage, labelOf);
  return [
    `  ${index + 1}. ${stage.label}${stage.label.toLowerCase() === stage.key ? '' : ` (${stage.key})`}${stage.required ? ', not to be skipped' : ''}`,
    ...entry('from', idsInWords(stage.from, 'no CRM stage: nothing ever comes here'), 4, 20),
    ...(stage.begins === undefined ? [] : entry('or begins', beginsInWords(stage.begins), 4, 20)),
    ...(wanted === '' ? [] : entry('people', `${wanted}${expects.within === null ? '' : `, within ${durationInWords(expects.within)}`}`, 4, 20)),
    ...(moments === '' ? [] : entry('moments of truth', moments, 4, 20)),
    ...(signs.length === 0 ? [] : entry('signs', signs.map((sign) => sign.replaceAll('_', ' ')).join(', '), 4, 20)),
    ...(catalogue === '' ? [] : entry('assets', catalogue, 4, 20)),
    ...(team === null ? [] : entry('team', teamInWords(team), 4, 20)),
    ...rulesInWords(detectors, stage.rules),
  ];
}

/** With the expected roles for which there is nothing, where there is anything: a hole in the catalogue is nobody's journey. */
function catalogueInWords({ assets, expects }: StageDefinition, labelOf: (role: string) => string): string {
  if (assets.length === 0) return '';
  const holes = expects.roles.filter((role) => !assets.some(({ roles }) => roles.includes(role))).map(labelOf);
  const listed = assets.map(({ label, roles }) => `${label} (${roles.map(labelOf).join(', ')})`);
  return [...listed, ...(holes.length === 0 ? [] : [`nothing for ${holes.join(', ')}`])].join('; ');
}

const teamInWords = ({ label, members, channels }: TeamDefinition): string =>
  `${label}: ${[...members, ...channels.map((channel) => `channel ${channel}`)].join(', ')}`;

function beginsInWords({ milestones, won, renewalDays }: Beginnings): string {
  const ways = [
    ...(milestones.length === 0 ? [] : [`when ${orList(milestones.map(milestone))} is reached`]),
    ...(won ? ['when a deal is won'] : []),
    ...(renewalDays === null ? [] : [`${counted(renewalDays, 'day')} before the renewal date`]),
  ];
  return ways.length === 0 ? 'never' : orList(ways);
}

function healthInWords({ metrics, committee, freshDays, enough }: HealthDefinition): string {
  const parts = metrics.map(({ label, weight, scale, less }) => {
    const compared = scale === null ? `against its usual${less ? ', the less the better' : ''}` : `${scale.bad} is bad, ${scale.good} is good`;
    return `${label} × ${weight} (${compared})`;
  });
  if (committee !== null) parts.push(`people heard from × ${committee.weight} (${committee.people} within ${counted(committee.withinDays, 'day')})`);
  return `${parts.join('; ')}. What is older than ${counted(freshDays, 'day')} counts as missing; ${Math.round(enough * 100)}% of the weight must be known`;
}

const milestone = (name: string): string => name.replaceAll('_', ' ');
const orList = (words: readonly string[]): string => words.join(' or ');

function rulesInWords(detectors: readonly Detector[], rules: JourneyMap['rules']): string[] {
  const off = detectors.filter(({ name }) => isOff(rules[name]));
  const on = detectors.filter((detector) => !off.includes(detector));
  return [
    ...on.flatMap((detector) => {
      const { base = null, segments = {} } = rules[detector.name] ?? {};
      const overrides = Object.entries(segments).flatMap(([segment, settings]) =>
        entry(`  ${segment}`, settingsInWords(detector, settings), 4, 20, 10),
      );
      return [...entry(detector.name, settingsInWords(detector, base), 4, 20, 10), ...overrides];
    }),
    ...(off.length === 0 ? [] : entry('off', off.map(({ name }) => name).join(', '), 4, 20)),
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
