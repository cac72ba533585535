import type { Alert } from '../core/alerts/alert.ts';
import type { AuditEntry } from '../core/alerts/audit.ts';
import type { Card } from '../core/alerts/card.ts';
import { cardAlert, worstFirst } from '../core/alerts/card-content.ts';
import { chainLine } from '../core/alerts/chain-line.ts';
import { mapOf, mentionsIn } from '../core/alerts/decide.ts';
import { byMute } from '../core/alerts/inhibit.ts';
import { reasonWords } from '../core/alerts/transition.ts';
import { emailsOf } from '../core/alerts/whom.ts';
import { titleOf } from '../core/detectors/index.ts';
import { staleFeed } from '../core/detectors/stale-feed.ts';
import { currentVisit, type Journey } from '../core/journey/journey.ts';
import type { JourneyConfig, JourneyMap, Notify } from '../core/journey/journey-map.ts';
import { sourceTitle } from '../core/journey/signal.ts';
import { offMap } from '../core/summarise.ts';
import type { Match, WhySummary } from '../core/summary.ts';
import { withAlertsElsewhere } from './alerts-elsewhere.ts';
import { alertsOf, isLive, type JourneysAround } from './journeys-around.ts';
import { fetched } from './missed-in.ts';
import type { Clock, Neighbourhood, Store } from './ports.ts';
import { reconcileOf } from './reconcile-state.ts';
import type { Answers } from './use-cases.ts';
import { whyLines } from './why-lines.ts';

type WhyDependencies = { store: Store; journeys: JourneysAround; config(): JourneyConfig; clock: Clock };

const auditShown = 5;
const auditRead = 50;

/** `/journey why`: what the rules see, what is held back, and what was done. */
export function createWhy({ store, journeys, config, clock }: WhyDependencies): Pick<Answers, 'whyById'> {
  const { load, journeysOf, activeMute } = journeys;
  return { whyById };

  /** Assessed anew on what is known now, so that the answer is true now; what is held back comes from the alerts. */
  async function whyById(match: Pick<Match, 'kind' | 'id'>): Promise<WhySummary | null> {
    const found = await load(match);
    if (found === null) return null;
    const { around } = found;
    const journey = withAlertsElsewhere(found.journey, around);
    const map = mapOf(journey, config());
    const row = around.journeys.get(journey.id) ?? null;
    const alerts = alertsOf(around, journey.id);
    const cards = around.cards.get(journey.id) ?? [];
    const visit = currentVisit(journey);
    const audit = await store.audit(journey.id, auditRead);
    return {
      journeyId: journey.id,
      name: journey.name,
      stageLabel: visit === null ? null : (map.stages.find(({ key }) => key === visit.stage)?.label ?? `${visit.crmStage} (not on the journey map)`),
      ...offMap(journey, map),
      ...othersOf(match, journey, map, around),
      lines: whyLines(journey, { map, config: config(), feeds: await store.feeds(), now: clock.now() }),
      held: [...heldAlerts(alerts, around, journey), ...heldCards(cards), ...settling(row)],
      alerts: alerts
        .filter((alert) => isLive(alert) && (alert.inhibitedBy === null || alert.inhibitedBy === byMute))
        .sort(worstFirst)
        .map((alert) => cardAlert(alert, journey)),
      recheckAt: row?.recheckAt ?? null,
      evaluatedAt: row?.evaluatedAt ?? null,
      channels: [
        ...new Set([...cards.map((card) => card.channel), ...alerts.filter(isLive).flatMap((alert) => alert.routes.map((route) => route.channel))]),
      ],
      audit: audit.slice(0, auditShown).map(({ at, who, what, why }) => ({ at, who, what, why: causeInWords(what, why) })),
      ...chainsOf(journey, map, alerts, cards),
      ...(await comparisonOf(journey, audit)),
    };
  }

  /** An account has several cards of the same name: which one this is about must be said. */
  function othersOf({ kind }: Pick<Match, 'kind'>, journey: Journey, map: JourneyMap, around: Neighbourhood): Pick<WhySummary, 'others'> {
    const ofAccount = kind === 'deal' ? [] : journeysOf(around).filter(({ account }) => account !== null && account.id === journey.account?.id);
    const open = ofAccount.filter(({ id, outcome }) => id !== journey.id && outcome.state === 'open').length;
    return open === 0 ? {} : { others: { journeys: open, mapLabel: map.label } };
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
      if (inhibitedBy !== null) return [{ headline: finding.headline, reason: `“${titleOf(inhibitedBy)}” says it already`, until: null }];
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

/** The audit keeps what holds an alert back by its key. */
function causeInWords(what: string, why: string | null): string | null {
  if (why === null || (what !== 'held back' && what !== 'released')) return why;
  const isHeld = what === 'held back';
  if (why === byMute) return isHeld ? 'the account is muted' : 'the mute is over';
  if (why === staleFeed.name) return isHeld ? staleFeed.holdsBack : 'its CRM was heard from again';
  return `“${titleOf(why)}” ${isHeld ? 'says it already' : 'does not say it any more'}`;
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
