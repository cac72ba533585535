import type { Detector } from '../../core/detectors/detector.ts';
import { type Severity, severities } from '../../core/journey/journey-map.ts';
import { isMapping } from '../is-mapping.ts';
import { keysAt, parseTolerantly } from '../parse-tolerantly.ts';
import type { ConfigPath } from '../problem.ts';
import { oneOf } from '../schema-problems.ts';
import { suggest } from '../suggest.ts';
import type { Report } from './layers.ts';

/** Names that rules may use. */
export type RuleVocabulary = { detectors: readonly Detector[]; segments: readonly string[]; roles: readonly string[] };

/** What one `rules:` mapping changes, by rule. */
export type RuleLayer = ReadonlyMap<string, RuleChange & { segments: ReadonlyMap<string, RuleChange> }>;

/** `same`: nothing is said of the rule itself. Parameters are as written; the rule's schema has seen them. */
export type RuleChange = { state: 'off' | 'on' | 'parameters' | 'same'; severity: Severity | null; params: Record<string, unknown> };

/** Reads a `rules:` mapping; each mistake is reported where it stands. */
export function readRules(section: Record<string, unknown> | undefined, path: ConfigPath, vocabulary: RuleVocabulary, report: Report): RuleLayer {
  const layer = new Map<string, RuleChange & { segments: ReadonlyMap<string, RuleChange> }>();
  for (const [rule, value] of Object.entries(section ?? {})) {
    const detector = vocabulary.detectors.find(({ name }) => name === rule);
    if (detector === undefined) {
      const names = vocabulary.detectors.map(({ name }) => name);
      report([...path, rule], `unknown rule \`${rule}\``, { suggestion: suggest(rule, names), at: 'key' });
      continue;
    }
    const { segments, own } = splitSegments(value, detector, vocabulary);
    const change = readChange(own, [...path, rule], detector, vocabulary, report);
    const overrides = segments.map(
      ([segment, override]) => [segment, readChange(override, [...path, rule, segment], detector, vocabulary, report)] as const,
    );
    layer.set(rule, { ...change, segments: new Map(overrides) });
  }
  return layer;
}

/** Names that a segment must not have, by the first rule whose parameter they are. */
export const parameterNames = (detectors: readonly Detector[]): Map<string, string> =>
  new Map(detectors.toReversed().flatMap(({ name, params }) => [...keysAt(params, []), 'severity'].map((parameter) => [parameter, name])));

/** `stalled: { after: 15bd, enterprise: { after: 25bd } }`: segments stand beside the parameters. */
function splitSegments(value: unknown, detector: Detector, { segments }: RuleVocabulary): { own: unknown; segments: [string, unknown][] } {
  if (!isMapping(value)) return { own: value, segments: [] };
  const own = new Set([...keysAt(detector.params, []), 'severity']);
  const isSegment = (key: string) => segments.includes(key) && !own.has(key);
  const entries = Object.entries(value);
  return {
    // Nothing but segments: the rule itself stays as it was.
    own: entries.length > 0 && entries.every(([key]) => isSegment(key)) ? undefined : Object.fromEntries(entries.filter(([key]) => !isSegment(key))),
    segments: entries.filter(([key]) => isSegment(key)),
  };
}

function readChange(value: unknown, path: ConfigPath, detector: Detector, vocabulary: RuleVocabulary, report: Report): RuleChange {
  if (value === undefined) return { state: 'same', severity: null, params: {} };
  if (value === 'off' || value === false) return { state: 'off', severity: null, params: {} };
  if (value === 'on' || value === true) return { state: 'on', severity: null, params: {} };
  if (!isMapping(value)) {
    report(path, `expected off, on or parameters, such as ${detector.name}: { ${exampleOf(detector, value)} }`);
    return { state: 'same', severity: null, params: {} };
  }
  const { severity, ...params } = value;
  const known = severities.find((candidate) => candidate === severity) ?? null;
  if (severity !== undefined && known === null) {
    report([...path, 'severity'], `expected ${oneOf(severities)}, got ${JSON.stringify(severity)}`, {
      suggestion: suggest(String(severity), severities),
    });
  }
  return { state: 'parameters', severity: known, params: soundParameters(params, path, detector, vocabulary, report) };
}

/** What was probably meant by a bare value: the rule's first parameter, if that may be so; else, what every rule takes. */
function exampleOf({ params }: Detector, value: unknown): string {
  const [first = ''] = keysAt(params, []);
  return params.safeParse({ [first]: value }).success ? `${first}: ${String(value)}` : 'severity: info';
}

/** The parameters without what the rule's schema refuses, which is reported. */
function soundParameters(
  params: Record<string, unknown>,
  path: ConfigPath,
  detector: Detector,
  { segments, roles }: RuleVocabulary,
  report: Report,
): Record<string, unknown> {
  const own = keysAt(detector.params, []);
  const { value, remaining, problems } = parseTolerantly(detector.params, params);
  for (const problem of problems) {
    const at: ConfigPath = [...path, ...problem.path];
    const [first] = problem.path;
    if (problem.path.length === 1 && !own.includes(String(first))) {
      const known = [...own, 'severity', ...segments];
      report(at, `${detector.name} has no parameter, and the file no segment, \`${first}\``, {
        suggestion: suggest(String(first), known),
        at: 'key',
      });
    } else report(at, problem.message, { suggestion: problem.suggestion, at: problem.at });
  }
  // By the words of the product, a parameter called `roles` holds keys of roles.
  const named: unknown = params.roles;
  for (const [index, role] of (Array.isArray(named) ? (named as unknown[]) : []).entries()) {
    if (typeof role === 'string' && !roles.includes(role))
      report([...path, 'roles', index], `unknown role \`${role}\``, { suggestion: suggest(role, roles) });
  }
  if (!isMapping(remaining)) return {};
  const contradiction = detector.contradiction?.(value) ?? null;
  if (contradiction?.between.every((parameter) => Object.hasOwn(remaining, parameter)))
    report([...path, contradiction.between[0]], contradiction.message);
  return remaining;
}
