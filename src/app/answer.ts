import type { Alert } from '../core/alerts/alert.ts';
import type { AuditEntry } from '../core/alerts/audit.ts';
import type { Card } from '../core/alerts/card.ts';
import { cardAlert, worstFirst } from '../core/alerts/card-content.ts';
import { chainLine } from '../core/alerts/chain-line.ts';
import { assess, mapOf, mentionsIn } from '../core/alerts/decide.ts';
import { byMute } from '../core/alerts/inhibit.ts';
import { reasonWords } from '../core/alerts/transition.ts';
import { emailsOf } from '../core/alerts/whom.ts';
import { staleFeed } from '../core/detectors/stale-feed.ts';
import { alertLine } from '../core/digest.ts';
import { currentVisit, hasBegun, type Journey } from '../core/journey/journey.ts';
import type { JourneyConfig, JourneyMap, Notify } from '../core/journey/journey-map.ts';
import { ownerEmailOf } from '../core/journey/owner.ts';
import { sourceTitle } from '../core/journey/signal.ts';
import { committeeRows, lastTouchpoints, summariseHealth, summariseJourney } from '../core/summarise.ts';
import type { AccountSummary, DealSummary, Match, WhySummary } from '../core/summary.ts';
import type { PreviewDigest } from './digests.ts';
import { alertsRead, byJourney, createLists } from './lists.ts';
import { fetched } from './missed-in.ts';
import type { Clock, Neighbourhood, Store } from './ports.ts';
import { reconcileOf } from './reconcile-state.ts';
import type { Search } from './search.ts';
import { createStageMetrics } from './stage-metrics.ts';
import type { StayLogs } from './stay-logs.ts';
import type { Answers } from './use-cases.ts';
import { createWorkingSet } from './working-set.ts';

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

const auditShown = 5;
const auditRead = 50;
const homeShown = 5;

/** What people ask, answered from the store alone. */
export function createAnswers({ store, search, stayLogs, previewDigest, review, config, clock, breathe }: AnswerDependencies): Answers {
  const lists = createLists({ store, config });
  return {
    async home({ email }) {
      const open = await store.openAlerts({}, 1, 0);
      if (email === null) return { mine: [], mineTotal: 0, openTotal: open.total };
      const mine = await store.openAlerts({ ownerEmail: email }, alertsRead, 0);
      const lines = byJourney(mine.rows)
        .slice(0, homeShown)
        .flatMap(([worst]) => (worst === undefined ? [] : [alertLine(worst.alert, worst.journey)]));
      return { mine: lines, mineTotal: mine.journeys, openTotal: open.total };
    },
    account: (query) => search.find('account', query, ({ id }) => accountById(id)),
    accountById,
    deal: (query) => search.find('deal', query, ({ id }) => dealById(id)),
    dealById,
    list: lists.list,
    metrics: createStageMetrics({ stayLogs, config, breathe }).metrics,
    async why(query) {
      const deal = await search.find('deal', query, (match) => whyById(match));
      return deal.kind === 'none' ? search.find('account', query, (match) => whyById(match)) : deal;
    },
    whyById,
    review,
    digestNow: previewDigest,
  };

  async function accountById(id: string): Promise<AccountSummary | null> {
    const around = await store.loadNeighbourhood([{ kind: 'account', id }]);
    const accountId = around.aliases.get(`account:${id}`) ?? id;
    const account = around.accounts.get(accountId)?.record;
    if (account === undefined || account.erasedAt !== null) return null;
    const journeys = journeysOf(around);
    const shown = journeys.filter((journey) => journey.outcome.state === 'open' || alertsOf(around, journey.id).some(isLive));
    const recent = shown.length > 0 ? shown : journeys.slice(0, 3);
    return {
      account: {
        id: accountId,
        name: account.name?.value ?? account.domain?.value ?? accountId,
        domain: account.domain?.value ?? null,
        url: account.url?.value ?? null,
        ownerEmail: ownerEmailOf(account.ownerEmail?.value, config().owners) ?? journeys[0]?.ownerEmail ?? null,
      },
      mute: activeMute(around, accountId),
      journeys: recent.map((journey) => summariseJourney(journey, mapOf(journey, config()), alertsOf(around, journey.id), config(), clock.now())),
      ...summariseHealth(recent, config(), clock.now()),
      committee: committeeRows(
        { committee: [...new Map(journeys.flatMap(({ committee }) => committee.map((person) => [person.id, person]))).values()] },
        config(),
        journeys,
      ),
      touchpoints: lastTouchpoints(journeys),
    };
  }

  async function dealById(id: string): Promise<DealSummary | null> {
    const found = await load({ kind: 'deal', id });
    if (found === null) return null;
    const { journey, around } = found;
    return {
      accountName: journey.account?.name ?? null,
      accountId: journey.account?.id ?? null,
      journey: summariseJourney(journey, mapOf(journey, config()), alertsOf(around, journey.id), config(), clock.now()),
      committee: committeeRows(journey, config(), [journey]),
      touchpoints: lastTouchpoints([journey]),
    };
  }

  /** Assessed anew on what is known now, so that the answer is true now; what is held back comes from the alerts. */
  async function whyById(match: Pick<Match, 'kind' | 'id'>): Promise<WhySummary | null> {
    const found = await load(match);
    if (found === null) return null;
    const { journey, around } = found;
    const map = mapOf(journey, config());
    const assessment = assess(journey, map, config(), clock.now());
    const row = around.journeys.get(journey.id) ?? null;
    const alerts = alertsOf(around, journey.id);
    const cards = around.cards.get(journey.id) ?? [];
    const visit = currentVisit(journey);
    const audit = await store.audit(journey.id, auditRead);
    return {
      journeyId: journey.id,
      name: journey.name,
      stageLabel: visit === null ? null : (map.stages.find(({ key }) => key === visit.stage)?.label ?? `${visit.crmStage} (not on the journey map)`),
      lines: assessment.rules,
      held: [...heldAlerts(alerts, around, journey), ...heldCards(cards), ...settling(row)],
      alerts: alerts
        .filter((alert) => isLive(alert) && alert.inhibitedBy === null)
        .sort(worstFirst)
        .map((alert) => cardAlert(alert, journey)),
      recheckAt: row?.recheckAt ?? null,
      evaluatedAt: row?.evaluatedAt ?? null,
      channels: [
        ...new Set([...cards.map((card) => card.channel), ...alerts.filter(isLive).flatMap((alert) => alert.routes.map((route) => route.channel))]),
      ],
      audit: audit.slice(0, auditShown).map(({ at, who, what, why }) => ({ at, who, what, why })),
      ...chainsOf(journey, map, alerts, cards),
      ...(await comparisonOf(journey, audit)),
    };
  }

  function chainsOf(journey: Journey, map: JourneyMap, alerts: Alert[], cards: Card[]): Pick<WhySummary, 'chains'> {
    const mentions = mentionsIn(journey, map, config());
    const muted = journey.account !== null && alerts.some(({ inhibitedBy }) => inhibitedBy === byMute);
    const setting = {
      cards,
      muted,
      config: config(),
      now: clock.now(),
      emailsOf: (notify: readonly Notify[]) => emailsOf(notify, journey.ownerEmail, mentions(notify)),
    };
    const chains = alerts.flatMap((alert) => chainLine(alert, setting) ?? []);
    return chains.length === 0 ? {} : { chains };
  }

  /** When its CRM was last compared with what is known here, and what that did for the journey. */
  async function comparisonOf({ source }: Journey, audit: AuditEntry[]): Promise<Pick<WhySummary, 'compared'>> {
    const at = (await reconcileOf(store, source))?.comparedAt ?? null;
    if (at === null) return {};
    return { compared: { crm: sourceTitle(source), at, fetchedAt: audit.find(({ what }) => what === fetched)?.at ?? null } };
  }

  /** The journey that a match means: a deal's own; an account's the one with most to say. */
  async function load({ kind, id }: Pick<Match, 'kind' | 'id'>): Promise<{ journey: Journey; around: Neighbourhood } | null> {
    const around = await store.loadNeighbourhood([{ kind, id }]);
    const journeys = journeysOf(around);
    const wanted = around.aliases.get(`${kind}:${id}`) ?? id;
    const journey =
      kind === 'deal' ? journeys.find((candidate) => candidate.deal?.id === wanted) : journeys.find((candidate) => candidate.account?.id === wanted);
    return journey === undefined ? null : { journey, around };
  }

  function journeysOf(around: Neighbourhood): Journey[] {
    return createWorkingSet(around, clock.now()).journeys(config()).filter(hasBegun).sort(byImportance(around));
  }

  function activeMute(around: Neighbourhood, accountId: string) {
    const mute = around.mutes.get(accountId);
    return mute === undefined || (mute.until !== null && mute.until <= clock.now()) ? null : mute;
  }

  function heldAlerts(alerts: Alert[], around: Neighbourhood, journey: Journey): WhySummary['held'] {
    const mute = journey.account === null ? null : activeMute(around, journey.account.id);
    return alerts.flatMap(({ finding, inhibitedBy, snooze, resolution, holds, state }) => {
      if (holds && resolution?.how === 'by-hand') {
        return [
          { headline: finding.headline, reason: `resolved by hand (${reasonWords[resolution.reason]}) until its condition changes`, until: null },
        ];
      }
      if (state === 'resolved') return [];
      if (inhibitedBy === byMute)
        return [
          {
            headline: finding.headline,
            reason: mute === null ? 'the account is muted' : `the account is muted (${mute.reason})`,
            until: mute?.until ?? null,
          },
        ];
      if (inhibitedBy === staleFeed.name) return [{ headline: finding.headline, reason: staleFeed.holdsBack, until: null }];
      if (inhibitedBy !== null) return [{ headline: finding.headline, reason: `${inhibitedBy} says it already`, until: null }];
      if (snooze !== null)
        return [
          {
            headline: finding.headline,
            reason: snooze.until === 'stage-change' ? 'snoozed until the stage changes' : 'snoozed',
            until: snooze.until === 'stage-change' ? null : snooze.until,
          },
        ];
      return [];
    });
  }
}

const holdWords = {
  'quiet-hours': 'quiet hours',
  budget: "the channel's budget for today is used up",
  history: 'history is still coming in',
  'import-summary': 'told in an import summary; posted when something new happens',
} as const;

const heldCards = (cards: Card[]): WhySummary['held'] =>
  cards.flatMap(({ hold, posted, channel, content }) =>
    hold === null || posted !== null || content.state === 'clear'
      ? []
      : [{ headline: `Card in ${channel}`, reason: holdWords[hold.by], until: hold.until }],
  );

const settling = (row: { settlingSince: number | null; recheckAt: number | null } | null): WhySummary['held'] =>
  row?.settlingSince == null ? [] : [{ headline: 'Everything', reason: 'old signals are still coming in', until: row.recheckAt }];

const isLive = (alert: Alert): boolean => alert.state !== 'resolved';

const alertsOf = (around: Neighbourhood, journeyId: string): Alert[] => around.alerts.get(journeyId) ?? [];

/** Open ones first, then those with the most alerts, then the newest. */
const byImportance =
  (around: Neighbourhood) =>
  (a: Journey, b: Journey): number =>
    Number(b.outcome.state === 'open') - Number(a.outcome.state === 'open') ||
    alertsOf(around, b.id).filter(isLive).length - alertsOf(around, a.id).filter(isLive).length ||
    (currentVisit(b)?.enteredAt ?? 0) - (currentVisit(a)?.enteredAt ?? 0);
