import type { Alert } from '../alerts/alert.ts';
import { judge } from '../alerts/decide.ts';
import { inhibit } from '../alerts/inhibit.ts';
import { warns } from '../alerts/warns.ts';
import type { Answer, DetectContext, Finding } from '../detectors/detector.ts';
import { settingsFor } from '../detectors/run-detectors.ts';
import { currentVisit, hasBegun, type Journey, type Outcome } from '../journey/journey.ts';
import type { JourneyConfig } from '../journey/journey-map.ts';
import { type EpochMs, earliest } from '../time.ts';
import type { JourneyStory, RaisedAlert, VariantStory } from './story.ts';
import type { Variant } from './variants.ts';

/** Alerts that stood at some time between these count. */
export type Span = { from: EpochMs; to: EpochMs };

/** One journey going through its past: what the rules say at each moment, and what becomes of its alerts. Nobody acts on any of them. */
export type Life = {
  readonly journey: Journey;
  /** How many of its alerts are a reason not to bring good news of the account. */
  warnings(): number;
  /** When time alone can change anything next. */
  recheckAt(): EpochMs | null;
  /** Something new is known, or what is expected has changed. */
  look(journey: Journey, config: JourneyConfig, now: EpochMs): void;
  /** `recheckAt` has come. */
  due(journey: Journey, config: JourneyConfig, now: EpochMs): void;
  /** It can no longer be assembled. */
  gone(now: EpochMs): void;
  story(outcome: Outcome | null): JourneyStory;
};

const noMore: Answer = { findings: [], recheckAt: null };
const nobodyMuted = { mute: null, feedStale: false };

export function createLife(first: Journey, variants: readonly Variant[], span: Span): Life {
  let journey = first;
  let alerts: Alert[] = [];
  let findings: Finding[] = [];
  let recheckAt: EpochMs | null = null;
  /** The soonest of all: asked for at every instant of its group. */
  let next: EpochMs | null = null;
  /** Rules that are on since the last look, and since when. */
  let on: { rules: string[]; since: EpochMs } | null = null;
  const standing = new Map<string, RaisedAlert | null>();
  const story = { rules: new Set<string>(), alerts: [] as RaisedAlert[], heldBack: new Map<string, number>() };
  const others = variants.map((variant) => ({ variant, ...createVariantLife(span) }));

  return {
    get journey() {
      return journey;
    },
    warnings: () => alerts.filter(warns).length,
    recheckAt: () => next,
    look,
    due(now, config, at) {
      if (recheckAt !== null && recheckAt <= at) look(now, config, at);
      else for (const other of others) if ((other.recheckAt() ?? Number.POSITIVE_INFINITY) <= at) ask(other, config, at);
      next = soonest();
    },
    gone(now) {
      noteRules(now);
      on = null;
      for (const alert of alerts) end(alert, now);
      [alerts, findings, recheckAt] = [[], [], null];
      for (const other of others) other.hear(noMore, () => null, now);
      next = null;
    },
    story(outcome) {
      noteRules(span.to);
      for (const alert of alerts) if (standing.get(alert.id) === null) noteHeldBack(alert);
      const { id, kind, mapKey } = journey;
      return { id, kind, mapKey, outcome, ...story, variants: others.map((other) => other.story()) };
    },
  };

  function look(now: Journey, config: JourneyConfig, at: EpochMs): void {
    journey = now;
    noteRules(at);
    const { assessment, reconciled } = judge({ journey, alerts, config, now: at, ...nobodyMuted });
    findings = assessment.findings;
    recheckAt = later(earliest(assessment.recheckAt, journey.movesAt ?? null), at);
    on = assessment.rules.length === 0 ? null : { rules: assessment.rules.filter(({ state }) => state !== 'off').map(({ rule }) => rule), since: at };
    for (const alert of reconciled.alerts) {
      if (alert.state === 'resolved') end(alert, at);
      else if (standing.get(alert.id) == null) standing.set(alert.id, alert.inhibitedBy === null ? raise(alert, at) : null);
    }
    alerts = newest(reconciled.alerts);
    for (const other of others) ask(other, config, at);
    next = soonest();
  }

  function soonest(): EpochMs | null {
    return others.reduce((found, other) => earliest(found, other.recheckAt()), recheckAt);
  }

  function raise({ rule, subject, routes }: Alert, at: EpochMs): RaisedAlert {
    const raised: RaisedAlert = { rule, subject, at, endedAt: null, channels: routes.map(({ channel }) => channel) };
    story.alerts.push(raised);
    return raised;
  }

  function end(alert: Alert, at: EpochMs): void {
    const raised = standing.get(alert.id);
    if (raised === null) noteHeldBack(alert);
    if (raised != null) raised.endedAt = at;
    standing.delete(alert.id);
  }

  function noteHeldBack({ rule, openedAt }: Alert): void {
    if (openedAt >= span.from && openedAt < span.to) story.heldBack.set(rule, (story.heldBack.get(rule) ?? 0) + 1);
  }

  function noteRules(until: EpochMs): void {
    if (on !== null && until >= span.from && on.since < span.to) for (const rule of on.rules) story.rules.add(rule);
  }

  /** The same as `judge`, of one rule: what the other rules find stays as it was found. */
  function ask({ variant, hear }: (typeof others)[number], config: JourneyConfig, now: EpochMs): void {
    const map = config.maps.find(({ key }) => key === journey.mapKey);
    const isOpen = journey.outcome.state === 'open' && hasBegun(journey);
    const settings = map === undefined || !isOpen ? null : settingsFor(journey, map)(variant.rule);
    if (map === undefined || settings === null) {
      hear(noMore, () => null, now);
      return;
    }
    const { severity, params } = variant.scaled(settings);
    const key = currentVisit(journey)?.stage ?? null;
    const stage = map.stages.find((candidate) => candidate.key === key) ?? null;
    const context: DetectContext = { map, stage, roles: config.roles, calendar: config.calendar, now };
    const answer = variant.detector.detect(journey, params, context);
    const found = answer.findings.map((finding) => ({ rule: variant.rule, severity, ...finding }));
    const rest = findings.filter(({ rule }) => rule !== variant.rule);
    let held: ((finding: Finding) => string | null) | null = null;
    hear(
      answer,
      (subject) => {
        const finding = found.find((candidate) => candidate.subject === subject);
        held ??= inhibit([...rest, ...found], { muted: false, feedStale: false });
        return finding === undefined ? null : held(finding);
      },
      now,
    );
  }
}

/** What reconciling would make of one rule's findings, as far as it is counted. */
function createVariantLife({ from, to }: Span) {
  /** By subject: since when it would have been said; null: held back so far. */
  const standing = new Map<string, EpochMs | null>();
  const story: VariantStory = { alerts: 0, firstAt: null };
  let recheckAt: EpochMs | null = null;
  const note = (raisedAt: EpochMs | null, until: EpochMs): void => {
    if (raisedAt !== null && raisedAt < to && until > from) story.firstAt = earliest(story.firstAt, raisedAt);
  };
  return {
    recheckAt: () => recheckAt,
    hear(answer: Answer, heldBy: (subject: string) => string | null, now: EpochMs): void {
      recheckAt = later(answer.recheckAt, now);
      const found = new Set(answer.findings.map(({ subject }) => subject));
      for (const [subject, raisedAt] of standing) {
        if (found.has(subject) || answer.undecided === 'all' || answer.undecided?.includes(subject) === true) continue;
        standing.delete(subject);
        note(raisedAt, now);
      }
      for (const subject of found) {
        if (standing.get(subject) != null) continue;
        const raised = heldBy(subject) === null;
        standing.set(subject, raised ? now : null);
        if (raised && now >= from && now < to) story.alerts += 1;
      }
    },
    story(): VariantStory {
      for (const raisedAt of standing.values()) note(raisedAt, Number.POSITIVE_INFINITY);
      return story;
    },
  };
}

/** A clock that stands still would never get to the end. */
const later = (recheckAt: EpochMs | null, now: EpochMs): EpochMs | null => (recheckAt === null ? null : Math.max(recheckAt, now + 1));

/** As many episodes of an alert as a store loads: what stands, and the newest one. */
function newest(alerts: readonly Alert[]): Alert[] {
  const last = new Map<string, number>();
  for (const { identity, episode } of alerts) last.set(identity, Math.max(last.get(identity) ?? 0, episode));
  return alerts.filter(({ state, identity, episode }) => state !== 'resolved' || last.get(identity) === episode);
}
