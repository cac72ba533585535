import { detectors } from '../core/detectors/index.ts';
import { alertLine } from '../core/digest.ts';
import { type JourneyConfig, severities } from '../core/journey/journey-map.ts';
import { ownerEmailOf } from '../core/journey/owner.ts';
import { foldText } from '../core/journey/search-terms.ts';
import type { ListSummary } from '../core/summary.ts';
import type { AlertFilter, Store } from './ports.ts';
import type { Answers } from './use-cases.ts';

type ListDependencies = { store: Pick<Store, 'openAlerts'>; config(): JourneyConfig };

const journeysOnAPage = 10;
/** Read at one time. */
export const alertsRead = 500;

/** The lists: journeys with something to do, filtered as typed, in pages. */
export function createLists({ store, config }: ListDependencies): Pick<Answers, 'list'> {
  return {
    async list(which, filter, page, user) {
      const parsed = parseFilter(filter, user.email, config());
      if (!parsed.ok) return parsed;
      const rules = detectors.filter(({ list }) => list === which).map(({ name }) => name);
      const wanted = { ...parsed.filter, rules };
      const { journeys: total } = await store.openAlerts(wanted, 1, 0);
      const pages = Math.max(1, Math.ceil(total / journeysOnAPage));
      const shown = Math.min(Math.max(1, page), pages);
      const journeyIds = (await firstJourneys(wanted, shown * journeysOnAPage)).slice((shown - 1) * journeysOnAPage);
      const { rows } = await store.openAlerts({ ...wanted, journeyIds }, alertsRead, 0);
      const lines = byJourney(rows).flatMap((group): ListSummary['lines'] => {
        const [first] = group;
        if (first === undefined) return [];
        const map = config().maps.find(({ key }) => key === first.journey.mapKey);
        return [
          {
            ...alertLine(first.alert, first.journey),
            stageLabel: map?.stages.find(({ key }) => key === first.journey.stage)?.label ?? null,
            ownerEmail: first.journey.ownerEmail,
            rules: [...new Set(group.map(({ alert }) => alert.rule))],
            alertCount: group.length,
          },
        ];
      });
      const title = which === 'stalled' ? 'What has stopped moving' : 'Whom we miss';
      return { ok: true, list: { title, lines, total, page: shown, pages, filter } };
    },
  };

  /** Ids of the journeys whose worst alerts come first. */
  async function firstJourneys(filter: AlertFilter, atMost: number): Promise<string[]> {
    const ids = new Set<string>();
    for (let offset = 0; ; offset += alertsRead) {
      const { rows } = await store.openAlerts(filter, alertsRead, offset);
      for (const { journey } of rows) ids.add(journey.id);
      if (ids.size >= atMost || rows.length < alertsRead) return [...ids].slice(0, atMost);
    }
  }
}

/** Alerts of one journey together, in the order of their first. */
export const byJourney = (rows: Awaited<ReturnType<Store['openAlerts']>>['rows']) => [...Map.groupBy(rows, ({ journey }) => journey.id).values()];

type ParsedFilter = { ok: true; filter: AlertFilter } | { ok: false; message: string };

/** `owner:@me segment:enterprise stage:decision map:new-business severity:critical`; an unknown word is refused with what there is. */
function parseFilter(text: string, email: string | null, config: JourneyConfig): ParsedFilter {
  const filter: AlertFilter = {};
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const colon = word.indexOf(':');
    const name = word.slice(0, colon).toLowerCase();
    const value = word.slice(colon + 1);
    switch (colon < 1 || value === '' ? '' : name) {
      case 'owner': {
        const owner = value.toLowerCase() === '@me' || value.toLowerCase() === 'me' ? email : value;
        if (owner === null)
          return { ok: false, message: 'I do not know your e-mail address, so I cannot tell which are yours. Say `owner:name@company.com`.' };
        filter.ownerEmail = ownerEmailOf(owner, config.owners) ?? owner;
        break;
      }
      case 'segment': {
        const keys = config.segments.map(({ key }) => key);
        const segment = oneOf(value, keys);
        if (segment === null) return unknown('segment', value, keys);
        filter.segment = segment;
        break;
      }
      case 'stage': {
        const stages = config.maps.flatMap((map) => map.stages);
        const stage = stages.find(({ key, label }) => oneOf(value, [key, label]) !== null);
        const keys = stages.map(({ key }) => key);
        if (stage === undefined) return unknown('stage', value, keys);
        filter.stage = stage.key;
        break;
      }
      case 'map': {
        const keys = config.maps.map(({ key }) => key);
        const map = oneOf(value, keys);
        if (map === null) return unknown('map', value, keys);
        filter.mapKey = map;
        break;
      }
      case 'severity': {
        const severity = oneOf(value, severities);
        if (severity === null)
          return { ok: false, message: `There is no severity “${value}”. It is ${severities.map((each) => `\`${each}\``).join(', ')}.` };
        filter.severity = severity;
        break;
      }
      default:
        return {
          ok: false,
          message: `I do not understand “${word}”. Filters are \`owner:@me\`, \`segment:…\`, \`stage:…\`, \`map:…\` and \`severity:…\`.`,
        };
    }
  }
  return { ok: true, filter };
}

const oneOf = <Key extends string>(value: string, known: readonly Key[]): Key | null =>
  known.find((key) => foldText(key) === foldText(value)) ?? null;

const unknown = (what: string, value: string, known: string[]): ParsedFilter => ({
  ok: false,
  message: `There is no ${what} “${value}” on the journey map. ${known.length === 0 ? 'It has none.' : `It has ${[...new Set(known)].map((key) => `\`${key}\``).join(', ')}.`}`,
});
