import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { routeChannels } from '../core/alerts/route.ts';
import { createCalendar } from '../core/calendar.ts';
import type { Detector } from '../core/detectors/detector.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { createHolidaySource, type HolidaySource } from './holidays.ts';
import { parseTolerantly } from './parse-tolerantly.ts';
import type { ConfigProblem } from './problem.ts';
import { readUtf8 } from './read-utf8.ts';
import { checkReached } from './resolve/check-reached.ts';
import type { Report } from './resolve/layers.ts';
import { createLibrary } from './resolve/library.ts';
import { resolveAccess } from './resolve/resolve-access.ts';
import { checkAssetStages, resolveAssets } from './resolve/resolve-assets.ts';
import { resolveHolidays } from './resolve/resolve-calendar.ts';
import { resolveDigests } from './resolve/resolve-digests.ts';
import { resolveManagers } from './resolve/resolve-managers.ts';
import { resolveMaps } from './resolve/resolve-maps.ts';
import { resolveOwners } from './resolve/resolve-owners.ts';
import { resolvePlaybook } from './resolve/resolve-playbook.ts';
import { resolveRoles } from './resolve/resolve-roles.ts';
import { checkRoots, resolveRoutes } from './resolve/resolve-routes.ts';
import { resolveSegments } from './resolve/resolve-segments.ts';
import { resolveTeams } from './resolve/resolve-teams.ts';
import { parameterNames } from './resolve/rule-layer.ts';
import { type JourneyFile, journeyFileSchema } from './schema.ts';
import { valueAt } from './schema-problems.ts';
import { builtInTemplates, type Templates } from './templates.ts';
import { readYaml } from './yaml-source.ts';

export type LoadedConfig = { ok: true; config: JourneyConfig } | { ok: false; problems: ConfigProblem[] };

/** `year`: the one around which holidays are computed; default: this one. Holidays and templates are given by tests only. */
export type LoadOptions = { detectors: readonly Detector[]; year?: number; holidaysOf?: HolidaySource; templates?: Templates };

const computedHolidays = createHolidaySource({ folder: join(import.meta.dirname, '../../node_modules/.cache/journey-bot') });

/** Reads journey.yml. All mistakes come back at once, in the order of the file; it never throws for what is in the text. */
export async function loadConfig({ file, text }: { file: string; text: string }, options: LoadOptions): Promise<LoadedConfig> {
  const source = readYaml(file, text);
  const problems = [...source.problems];
  if (!source.usable) return refused(problems);
  if (source.value === null) return refused([source.problemAt([], 'the file is empty')]);
  const parsed = parseTolerantly(journeyFileSchema, source.value);
  const report: Report = (path, message, options) => {
    const written = parsed.asWritten(path);
    problems.push(source.problemAt(written, `${message}${commaHint(valueAt(source.value, written))}`, options));
  };
  for (const { path, message, suggestion, at } of parsed.problems) report(path, message, { suggestion, at });
  if (parsed.value === null) return refused(problems);
  const declared = (section: string) => Object.keys(valueAt(source.value, [section]) ?? {});
  const config = await resolve(parsed.value, { ...options, report, problems, declared });
  return problems.length === 0 ? { ok: true, config } : refused(problems);
}

/** Reads the file at `path`; one that cannot be read is a problem like any other. `text`: what stood in it. */
export async function loadConfigFile(path: string, options: LoadOptions): Promise<LoadedConfig & { text?: string }> {
  try {
    const read = await readUtf8(path);
    if (!read.ok) return refused([{ file: path, path: '', suggestion: null, ...read.problem }]);
    return { ...(await loadConfig({ file: path, text: read.text }, options)), text: read.text };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const message = error.code === 'ENOENT' ? 'there is no such file' : `cannot be read: ${error.message}`;
    return refused([{ file: path, line: 1, column: 1, path: '', message, suggestion: null }]);
  }
}

type Context = LoadOptions & {
  report: Report;
  problems: ConfigProblem[];
  /** Keys of a section as written: a segment that is broken is not unknown as well. */
  declared(section: string): string[];
};

async function resolve(file: JourneyFile, context: Context): Promise<JourneyConfig> {
  const {
    detectors,
    report,
    problems,
    declared,
    year = new Date().getUTCFullYear(),
    holidaysOf = computedHolidays,
    templates = builtInTemplates,
  } = context;
  // Routes that were refused for their form may miss a root, or take too much, only for that reason.
  if (!problems.some(({ path }) => path.startsWith('routes'))) {
    checkRoots(file.routes, report);
    checkReached(file.routes, report);
  }
  const roles = resolveRoles(file.roles, report);
  const segments = resolveSegments(file.segments, parameterNames(detectors), report);
  const names = { detectors, roles: [...roles.map(({ key }) => key), ...declared('roles')], segments: declared('segments') };
  const assets = resolveAssets(file.assets, names.roles, report);
  const ours = { assets, teams: resolveTeams(file.teams), teamNames: declared('teams') };
  const maps = resolveMaps(createLibrary(file, names, { report, problems, templates }), { ...names, ...ours });
  checkAssetStages(assets, maps, report);
  if (maps.length === 0) report(['maps'], 'needs at least one journey map, such as: maps: { new-business: { extends: b2b-saas } }');
  const vocabulary = {
    segment: names.segments,
    map: maps.map(({ key }) => key),
    stage: [...new Set(maps.flatMap(({ stages }) => stages.map(({ key }) => key)))],
    rule: detectors.map(({ name }) => name),
  };
  const managers = resolveManagers(file.managers, report);
  const routes = resolveRoutes(file.routes, { ...vocabulary, managers: declared('managers'), teams: ours.teamNames }, report);
  const refusedForms = problems.map(({ path }) => path);
  const digests = resolveDigests(file, vocabulary, report, (index) => refusedForms.some((path) => path.startsWith(`digests[${index}]`)));
  const channels = [...routeChannels(routes), ...digests.map(({ channel }) => channel)];
  const content = {
    timezone: file.timezone,
    roles,
    owners: resolveOwners(file.owners, report),
    segments,
    teams: ours.teams,
    managers,
    maps,
    routes,
    digests,
    adminChannel: file.admin ?? null,
    alerts: file.alerts,
    access: resolveAccess(file.access, { managers, teams: ours.teams, channels }, report),
    feed: file.feed,
    playbook: resolvePlaybook(file.playbook, { ...vocabulary, role: names.roles }, report),
    reconcile: file.reconcile,
  };
  const holidays = await resolveHolidays(file.calendar, year, holidaysOf, report);
  const { workdays, hours } = file.calendar;
  // Not the holidays themselves: a file does not change its meaning at New Year.
  const version = createHash('sha256')
    .update(JSON.stringify([content, file.calendar]))
    .digest('hex')
    .slice(0, 16);
  return { version, calendar: createCalendar({ timezone: file.timezone, workdays, hours, holidays }), ...content };
}

/** To whoever writes 1,5 for one and a half, or 50,000 for fifty thousand. */
const commaHint = (given: unknown): string =>
  typeof given === 'string' && /^[\s<>=]*\d+,\d/.test(given) ? '; numbers are written without a `,`' : '';

/** In the order of the file, each once: what several maps extend is looked at several times. */
function refused(problems: readonly ConfigProblem[]): LoadedConfig {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  const inOrder = [...once.values()].toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
  return { ok: false, problems: inOrder };
}
