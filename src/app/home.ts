import { cardAlert } from '../core/alerts/card-content.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { JourneyRow } from '../core/journey/journey-row.ts';
import type { HomeAccount, HomeAlert, HomeHealth, HomePage } from './home-summary.ts';
import { type KeptQuiet, keptQuiet, ownJourneys } from './kept-quiet.ts';
import type { OwnedAccount } from './owned-account.ts';
import type { Store } from './ports.ts';
import type { Homes, Subscriptions } from './use-cases.ts';

type HomeDependencies = {
  store: Pick<Store, 'accountsOfOwner' | 'journeysOfAccount' | 'journeyState' | 'openAlerts'>;
  health(): Promise<HomeHealth>;
  subscriptionsOf: Subscriptions['subscriptionsOf'];
  config(): JourneyConfig;
};

const onAPage = { alerts: 5, accounts: 10 } as const;
/** Of the accounts of a page: enough for the worst of each. */
const alertsRead = 200;

type OpenAlerts = Awaited<ReturnType<Store['openAlerts']>>['rows'];

/** What is a person's own, page by page: what is not on a page is counted in the store, and not read. */
export function createHomes({ store, health, subscriptionsOf, config }: HomeDependencies): Homes {
  return {
    async summary({ userId, email, isAdmin }, pages) {
      const [alerts, accounts, subscriptions] = await Promise.all([
        alertsOf({ ownerEmail: email, userId }, pages.alerts),
        accountsOf(email, pages.accounts),
        subscriptionsOf(userId),
      ]);
      return { email, alerts, accounts, subscriptions, health: isAdmin ? await health() : null };
    },
  };

  function alertsOf(mine: { ownerEmail: string | null; userId: string }, page: number): Promise<HomePage<HomeAlert>> {
    return paged(onAPage.alerts, page, async (limit, offset) => {
      const { rows, total } = await store.openAlerts({ mine }, limit, offset);
      return { rows: rows.map(homeAlert), total };
    });
  }

  async function accountsOf(email: string | null, page: number): Promise<HomePage<HomeAccount>> {
    if (email === null) return paged(onAPage.accounts, page, async () => ({ rows: [], total: 0 }));
    const found = await paged(onAPage.accounts, page, (limit, offset) => store.accountsOfOwner(email, limit, offset));
    const journeys = await Promise.all(found.rows.map((row) => ownJourneys(store, row, email)));
    const journeyIds = journeys.flat().map(({ id }) => id);
    const { rows: alerts } = journeyIds.length === 0 ? { rows: [] } : await store.openAlerts({ journeyIds }, alertsRead, 0);
    const quiet = await Promise.all(journeys.map((own) => keptQuiet(own, store)));
    return { ...found, rows: found.rows.map((row, index) => homeAccount(row, journeys[index] ?? [], alerts, quiet[index])) };
  }

  function homeAccount(row: OwnedAccount, journeys: JourneyRow[], alerts: OpenAlerts, quiet: KeptQuiet = { muted: 0, held: 0 }): HomeAccount {
    const ids = new Set(journeys.map(({ id }) => id));
    const own = alerts.filter(({ journey }) => ids.has(journey.id)).map(({ alert }) => alert);
    const worst = own.find(({ state }) => state === 'open') ?? own[0];
    return {
      accountId: row.accountId,
      journeyId: row.journeyId,
      name: row.name,
      stages: [...new Set(journeys.flatMap((journey) => stageLabel(journey) ?? []))],
      alerts: row.alerts,
      worst: worst === undefined ? null : { severity: worst.finding.severity, headline: worst.finding.headline, since: worst.finding.since },
      isTaken: row.isTaken,
      isMuted: quiet.muted > 0,
      isHeld: quiet.held > 0,
    };
  }

  function stageLabel({ mapKey, stage }: JourneyRow): string | null {
    const map = config().maps.find(({ key }) => key === mapKey);
    return map?.stages.find(({ key }) => key === stage)?.label ?? null;
  }
}

const homeAlert = ({ alert, journey }: OpenAlerts[number]): HomeAlert => ({
  alert: cardAlert(alert, null),
  journeyId: journey.id,
  accountId: journey.accountId,
  name: journey.name,
  url: journey.url,
});

/** The page that is wanted, or the last one where there are fewer by now. */
async function paged<Row>(
  size: number,
  wanted: number,
  read: (limit: number, offset: number) => Promise<{ rows: Row[]; total: number }>,
): Promise<HomePage<Row>> {
  const asked = Math.max(1, wanted);
  const first = await read(size, (asked - 1) * size);
  const pages = Math.max(1, Math.ceil(first.total / size));
  const page = Math.min(asked, pages);
  const { rows, total } = page === asked ? first : await read(size, (page - 1) * size);
  return { rows, total, page, pages };
}
