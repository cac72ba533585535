import { alertLine } from '../core/alerts/alert-line.ts';
import type { ListName } from '../core/detectors/detector.ts';
import { detectors } from '../core/detectors/index.ts';
import { feedIsStale } from '../core/detectors/stale-feed.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { sourceTitle } from '../core/journey/signal.ts';
import type { ListSummary } from '../core/summary.ts';
import { readFilters } from './filters.ts';
import type { AlertFilter, Clock, ListOrder, Store } from './ports.ts';
import type { Answers } from './use-cases.ts';

type ListDependencies = { store: Pick<Store, 'openAlerts' | 'owners' | 'accountNames' | 'feeds'>; config(): JourneyConfig; clock: Clock };

const journeysOnAPage = 10;
const headlinesBeside = 2;
/** Read at one time. */
export const alertsRead = 500;

const titles: Record<ListName, string> = { stalled: 'What has stopped moving', gaps: 'Whom we miss', silent: 'Who has gone silent' };

/** The lists: journeys with something to do, filtered as typed, in pages. */
export function createLists({ store, config, clock }: ListDependencies): Pick<Answers, 'list'> {
  return {
    async list(which, filter, page, asker) {
      const rules = detectors.filter(({ list }) => list === which).map(({ name }) => name);
      const read = await readFilters(filter, { asker, config: config(), owners: () => store.owners(), rules });
      if (!read.ok) return read;
      const wanted: AlertFilter = { rules, match: read.match };
      const { journeys: total } = await store.openAlerts(wanted, 1, 0);
      const pages = Math.max(1, Math.ceil(total / journeysOnAPage));
      const shown = Math.min(Math.max(1, page), pages);
      const journeyIds = (await firstJourneys(wanted, read.order, shown * journeysOnAPage)).slice((shown - 1) * journeysOnAPage);
      const { rows } = await store.openAlerts({ ...wanted, journeyIds }, alertsRead, 0, read.order);
      const accounts = await store.accountNames(rows.flatMap(({ journey }) => journey.accountId ?? []));
      const lines = byJourney(rows).flatMap((group) => lineOf(group, accounts));
      const silent = total === 0 ? await silentFeeds() : [];
      const list = { title: titles[which], lines, total, page: shown, pages, filter, ...(silent.length === 0 ? {} : { silentFeeds: silent }) };
      return { ok: true, list };
    },
  };

  async function silentFeeds(): Promise<NonNullable<ListSummary['silentFeeds']>> {
    const { feed: params, calendar } = config();
    const stale = (await store.feeds()).filter((feed) => feedIsStale(feed, params, calendar, clock.now()));
    return stale.map(({ source, lastReceivedAt }) => ({ source: sourceTitle(source), lastReceivedAt }));
  }

  /** Ids of the journeys whose first alerts come first. */
  async function firstJourneys(filter: AlertFilter, order: ListOrder, atMost: number): Promise<string[]> {
    const ids = new Set<string>();
    for (let offset = 0; ; offset += alertsRead) {
      const { rows } = await store.openAlerts(filter, alertsRead, offset, order);
      for (const { journey } of rows) ids.add(journey.id);
      if (ids.size >= atMost || rows.length < alertsRead) return [...ids].slice(0, atMost);
    }
  }

  function lineOf(group: Awaited<ReturnType<Store['openAlerts']>>['rows'], accounts: ReadonlyMap<string, string>): ListSummary['lines'] {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const map = config().maps.find(({ key }) => key === first.journey.mapKey);
    return [
      {
        ...alertLine(first.alert, first.journey, accounts),
        stageLabel: map?.stages.find(({ key }) => key === first.journey.stage)?.label ?? null,
        ownerEmail: first.journey.ownerEmail,
        rules: [...new Set(group.map(({ alert }) => alert.rule))],
        alertCount: group.length,
        also: others.slice(0, headlinesBeside).map(({ alert }) => alert.finding.headline),
      },
    ];
  }
}

/** Alerts of one journey together, in the order of their first. */
export const byJourney = (rows: Awaited<ReturnType<Store['openAlerts']>>['rows']) => [...Map.groupBy(rows, ({ journey }) => journey.id).values()];
