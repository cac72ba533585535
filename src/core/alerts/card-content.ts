import { type Access, openAccess } from '../access.ts';
import { compareText } from '../compare-text.ts';
import { isGoodNews } from '../detectors/index.ts';
import { currentVisit, type Journey } from '../journey/journey.ts';
import { type JourneyMap, type Notify, severities } from '../journey/journey-map.ts';
import { shortHash } from '../short-hash.ts';
import type { Alert } from './alert.ts';
import { belongsOnCard, type CardAlert, type CardContent } from './card.ts';
import type { Mention } from './whom.ts';

/** How many resolved alerts a card still lists. */
const resolvedShown = 3;

/** `mentionsOf`: who those are whom a card mentions beside the owner. */
export type CardSetting = { channel: string; mutedUntil: CardContent['mutedUntil']; mentionsOf(notify: readonly Notify[]): Mention[] };

/** What one channel's card about a journey shows. */
export function cardContent(journey: Journey, map: JourneyMap, alerts: Alert[], { channel, mutedUntil, mentionsOf }: CardSetting): CardContent {
  const shown = newestEpisodes(alerts).filter((alert) => belongsOnCard(alert, channel));
  const live = shown.filter((alert) => alert.state !== 'resolved');
  const elsewhere = live.length > 0 ? 0 : alerts.filter(({ state, rule }) => state !== 'resolved' && !isGoodNews(rule)).length;
  const over = shown
    .filter((alert) => alert.state === 'resolved')
    .sort((a, b) => (b.resolution?.at ?? 0) - (a.resolution?.at ?? 0) || compareText(a.id, b.id));
  const notify = new Set(live.flatMap((alert) => notifiedIn(alert, channel)));
  const mentions = mentionsOf([...notify]);
  const visit = currentVisit(journey);
  const stage = visit === null ? null : (map.stages.find(({ key }) => key === visit.stage)?.label ?? visit.crmStage);
  return {
    journeyId: journey.id,
    kind: journey.kind,
    state: live.length > 0 ? 'active' : 'clear',
    name: journey.name,
    url: journey.url,
    account: journey.account === null ? null : { id: journey.account.id, name: journey.account.name, url: journey.account.url },
    amount: journey.deal?.amount == null ? null : { value: journey.deal.amount, currency: journey.deal.currency },
    ownerEmail: journey.ownerEmail,
    notifyOwner: notify.has('owner'),
    ...(mentions.length === 0 ? {} : { mentions }),
    mapLabel: map.label,
    stage: visit === null || stage === null ? null : { label: stage, enteredAt: visit.enteredAt },
    nextStep: journey.nextStep === null ? null : { title: journey.nextStep.title, due: journey.nextStep.due },
    closeDate: journey.deal?.closeDate?.day ?? null,
    outcome: journey.outcome.state,
    ...(journey.outcome.state === 'deleted' ? { deletedIn: journey.source } : {}),
    mutedUntil,
    ...(elsewhere === 0 ? {} : { elsewhere }),
    ...(live.length === 0 && visit?.stage === null && journey.outcome.state === 'open' ? { offMap: true as const } : {}),
    alerts: [...live.sort(worstFirst), ...over.slice(0, resolvedShown)].map((alert) => cardAlert(alert, journey)),
  };
}

/** Whom a channel's card mentions for an alert: in the thread of a card that stands there, steps mention people themselves. */
function notifiedIn({ routes, escalation }: Alert, channel: string): Notify[] {
  const route = routes.find((candidate) => candidate.channel === channel);
  if (route !== undefined) return [...(route.notifyOwner ? ['owner' as const] : []), ...(route.others ?? [])];
  return (escalation?.told ?? []).flatMap((told) => (told.channel === channel ? told.notify : []));
}

/** What has come back stands there once. */
const newestEpisodes = (alerts: Alert[]): Alert[] =>
  alerts.filter(({ identity, episode }) => !alerts.some((other) => other.identity === identity && other.episode > episode));

/** One alert as cards and answers show it. */
export function cardAlert(alert: Alert, journey: Journey | null): CardAlert {
  const { finding } = alert;
  const told = alert.escalation?.told ?? [];
  const named = new Map((journey?.committee ?? []).map((person) => [person.id, person]));
  return {
    id: alert.id,
    rule: alert.rule,
    severity: finding.severity,
    state: alert.state,
    ...(isGoodNews(alert.rule) ? { goodNews: true } : {}),
    headline: finding.headline,
    since: finding.since,
    dueAt: finding.dueAt,
    ...(finding.limitAt === undefined ? {} : { limitAt: finding.limitAt }),
    expected: finding.expected,
    people: finding.people.flatMap((id) => {
      const person = named.get(id);
      return person === undefined ? [] : [{ name: person.name, title: person.title }];
    }),
    evidence: finding.evidence,
    nextStep: finding.nextStep,
    acknowledged: alert.acknowledged,
    ...(alert.assigned === undefined ? {} : { assigned: alert.assigned }),
    snoozedUntil: alert.snooze?.until ?? null,
    resolution: alert.resolution,
    episode: alert.episode,
    ...(alert.state === 'open' && alert.snooze === null && told.length > 0 ? { told } : {}),
  };
}

/** The worst first; of equals the one that is overdue longest. */
export const worstFirst = (a: Alert, b: Alert): number =>
  severities.indexOf(b.finding.severity) - severities.indexOf(a.finding.severity) || a.finding.dueAt - b.finding.dueAt || compareText(a.id, b.id);

/** A short text that differs when the content does, or who may see the amount in it: the next evaluation tells that, whoever does not know. */
export const fingerprintOf = (content: CardContent, { amounts }: Pick<Access, 'amounts'> = openAccess): string =>
  shortHash(JSON.stringify(content.amount === null || amounts === null ? content : [content, amounts]));
