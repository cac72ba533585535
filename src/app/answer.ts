import { alertLine } from '../core/alerts/alert-line.ts';
import { mapOf } from '../core/alerts/decide.ts';
import type { Journey } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { ownerEmailOf } from '../core/journey/owner.ts';
import { contactsOf } from '../core/stage-contacts.ts';
import { committeeRows, lastTouchpoints, summariseHealth, summariseJourney } from '../core/summarise.ts';
import type { AccountSummary, DealSummary, Found, JourneySummary, Match } from '../core/summary.ts';
import type { PreviewDigest } from './digests.ts';
import { alertsOf, createJourneysAround, isLive } from './journeys-around.ts';
import { keptQuietOf } from './kept-quiet.ts';
import { alertsRead, byJourney, createLists } from './lists.ts';
import { createPath } from './path.ts';
import type { Clock, Neighbourhood, Store } from './ports.ts';
import type { Search } from './search.ts';
import { createStageMetrics } from './stage-metrics.ts';
import type { StayLogs } from './stay-logs.ts';
import type { Answers } from './use-cases.ts';
import { createWhy } from './why.ts';

type AnswerDependencies = {
  store: Store;
  search: Search;
  stayLogs: StayLogs;
  previewDigest: PreviewDigest;
  review: Answers['review'];
  config(): JourneyConfig;
  clock: Clock;
  breathe(): Promise<void>;
};

const homeShown = 5;

/** What people ask, answered from the store alone. */
export function createAnswers({ store, search, stayLogs, previewDigest, review, config, clock, breathe }: AnswerDependencies): Answers {
  const journeys = createJourneysAround({ store, config, clock });
  const { whyById } = createWhy({ store, journeys, config, clock });
  const { pathById } = createPath({ journeys, config, clock });
  return {
    async home({ email }) {
      const open = await store.openAlerts({}, 1, 0);
      if (open.total === 0 && !(await store.knowsJourneys())) return { mine: [], mineTotal: 0, openTotal: 0, nothingKnown: true };
      if (email === null) return { mine: [], mineTotal: 0, openTotal: open.total };
      const mine = await store.openAlerts({ ownerEmail: email }, alertsRead, 0);
      const worst = byJourney(mine.rows)
        .slice(0, homeShown)
        .flatMap(([first]) => first ?? []);
      const accounts = await store.accountNames(worst.flatMap(({ journey }) => journey.accountId ?? []));
      const lines = worst.map(({ alert, journey }) => alertLine(alert, journey, accounts));
      const isSettling = mine.journeys === 0 && (await store.settling()) > 0;
      const quiet = mine.journeys === 0 ? await keptQuietOf(email, { store, breathe }) : null;
      return {
        mine: lines,
        mineTotal: mine.journeys,
        openTotal: open.total,
        ...(isSettling ? { settling: true } : {}),
        ...(quiet === null ? {} : { quiet }),
      };
    },
    account: (query) => search.find('account', query, ({ id }) => accountById(id)),
    accountById,
    deal: (query) => search.find('deal', query, ({ id }) => dealById(id)),
    dealById,
    list: createLists({ store, config, clock }).list,
    metrics: createStageMetrics({ stayLogs, config, breathe }).metrics,
    why: (query) => dealOrAccount(query, whyById),
    whyById,
    path: (query) => dealOrAccount(query, pathById),
    pathById,
    subscriptionsOf: (userId) => store.subscriptions(userId),
    review,
    digestNow: previewDigest,
  };

  async function accountById(id: string): Promise<AccountSummary | null> {
    const around = await store.loadNeighbourhood([{ kind: 'account', id }]);
    const accountId = around.aliases.get(`account:${id}`) ?? id;
    const account = around.accounts.get(accountId)?.record;
    if (account === undefined || account.erasedAt !== null) return null;
    const travelled = journeys.journeysOf(around);
    const shown = travelled.filter((journey) => journey.outcome.state === 'open' || alertsOf(around, journey.id).some(isLive));
    const recent = shown.length > 0 ? shown : travelled.slice(0, 3);
    return {
      account: {
        id: accountId,
        name: account.name?.value ?? account.domain?.value ?? accountId,
        domain: account.domain?.value ?? null,
        url: account.url?.value ?? null,
        ownerEmail: ownerEmailOf(account.ownerEmail?.value, config().owners) ?? travelled[0]?.ownerEmail ?? null,
      },
      mute: journeys.activeMute(around, accountId),
      journeys: recent.map((journey) => summaryOf(journey, around)),
      ...summariseHealth(recent, config(), clock.now()),
      committee: committeeRows(
        { committee: [...new Map(travelled.flatMap(({ committee }) => committee.map((person) => [person.id, person]))).values()] },
        config(),
        travelled,
      ),
      touchpoints: lastTouchpoints(travelled),
      contacts: contactsOf(travelled),
    };
  }

  async function dealById(id: string): Promise<DealSummary | null> {
    const found = await journeys.load({ kind: 'deal', id });
    if (found === null) return null;
    const { journey, around } = found;
    return {
      accountName: journey.account?.name ?? null,
      accountId: journey.account?.id ?? null,
      journey: summaryOf(journey, around),
      committee: committeeRows(journey, config(), [journey]),
      touchpoints: lastTouchpoints([journey]),
    };
  }

  function summaryOf(journey: Journey, around: Neighbourhood): JourneySummary {
    const isSettling = around.journeys.get(journey.id)?.settlingSince != null;
    const summary = summariseJourney(journey, mapOf(journey, config()), alertsOf(around, journey.id), config(), clock.now());
    return isSettling ? { ...summary, settling: true } : summary;
  }

  /** What a name means: a deal first, and where none is called so, an account. */
  async function dealOrAccount<Summary>(query: string, summarise: (match: Match) => Promise<Summary | null>): Promise<Found<Summary>> {
    const deal = await search.find('deal', query, summarise);
    return deal.kind === 'none' ? search.find('account', query, summarise) : deal;
  }
}
