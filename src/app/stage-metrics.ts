import { namedPeriod, recentQuarter } from '../core/insight/period.ts';
import { fewestForMetrics, type StageMetrics, stageMetrics } from '../core/insight/stage-metrics.ts';
import type { JourneyConfig, JourneyMap } from '../core/journey/journey-map.ts';
import { foldText } from '../core/journey/search-terms.ts';
import { nearest } from '../core/nearest.ts';
import type { StayLogs } from './stay-logs.ts';
import type { Answers, NotAnswered } from './use-cases.ts';

type StageMetricsDependencies = { stayLogs: Pick<StayLogs, 'current'>; config(): JourneyConfig; breathe(): Promise<void> };

/** `/journey metrics [MAP] [segment:X] [period:2026-Q3]`. */
export function createStageMetrics({ stayLogs, config, breathe }: StageMetricsDependencies): Pick<Answers, 'metrics'> {
  return {
    async metrics(filter) {
      // One map for the whole answer, although another may come into force while the past is read.
      const read = config();
      const asked = parseFilter(filter, read);
      if (!asked.ok) return asked;
      const log = await stayLogs.current();
      const { map, segment } = asked;
      const named = asked.period === null ? null : namedPeriod(asked.period, read.timezone);
      if (asked.period !== null && named === null)
        return { ok: false, message: `“${asked.period}” is no period that I know. Say a quarter, period:2026-Q3, or a year, period:2026.` };
      const periods = named ?? recentQuarter(log.at, read.timezone);
      const stages: StageMetrics[] = [];
      for (const stage of map.stages) {
        stages.push(stageMetrics(log, stage, { mapKey: map.key, segment, ...periods }));
        await breathe();
      }
      return {
        ok: true,
        metrics: {
          mapKey: map.key,
          mapLabel: map.label,
          segment,
          ...periods,
          timezone: read.timezone,
          at: log.at,
          fewest: fewestForMetrics,
          stages,
          otherMaps: read.maps.filter(({ key }) => key !== map.key).map(({ key }) => key),
          segments: read.segments.map(({ key }) => key),
        },
      };
    },
  };
}

type Asked = { ok: true; map: JourneyMap; segment: string | null; period: string | null } | NotAnswered;

/** What is not a filter is the name of a map; without one, the first map there is. */
function parseFilter(text: string, { maps, segments }: JourneyConfig): Asked {
  const words = text
    .replaceAll('"', '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const filters = words.filter((word) => /^[a-z]+:./i.test(word));
  let segment: string | null = null;
  let period: string | null = null;
  let wanted = words.filter((word) => !filters.includes(word)).join(' ');
  for (const filter of filters) {
    const colon = filter.indexOf(':');
    const value = filter.slice(colon + 1);
    switch (filter.slice(0, colon).toLowerCase()) {
      case 'segment': {
        const keys = segments.map(({ key }) => key);
        segment = keys.find((key) => foldText(key) === foldText(value)) ?? null;
        if (segment === null) return unknown('segment', value, keys);
        break;
      }
      case 'period':
        period = value;
        break;
      case 'map':
        wanted = value;
        break;
      default:
        return { ok: false, message: `I do not understand “${filter}”. Say a map, \`segment:…\` and \`period:2026-Q3\`.` };
    }
  }
  const map = wanted === '' ? maps[0] : maps.find(({ key, label }) => [key, label].some((name) => foldText(name) === foldText(wanted)));
  if (map !== undefined) return { ok: true, map, segment, period };
  return wanted === ''
    ? { ok: false, message: 'journey.yml has no map yet.' }
    : unknown(
        'map',
        wanted,
        maps.map(({ key }) => key),
      );
}

function unknown(what: 'map' | 'segment', value: string, known: string[]): Asked {
  const near = nearest(value, known);
  const meant = near === null ? '' : ` Did you mean ${near}?`;
  const there = known.length === 0 ? `journey.yml has no ${what}.` : `There ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}.`;
  return { ok: false, message: `There is no ${what} “${value}”.${meant} ${there}` };
}
