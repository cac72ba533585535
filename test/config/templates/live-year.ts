import { assess } from '../../../src/core/alerts/decide.ts';
import { inhibit } from '../../../src/core/alerts/inhibit.ts';
import { applySignal, type RecordsAtHand } from '../../../src/core/journey/apply-signal.ts';
import { accountJourneys, dealJourney } from '../../../src/core/journey/assemble-journey.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import type { JourneyRecord } from '../../../src/core/journey/record.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { dayMs, type EpochMs } from '../../../src/core/time.ts';

/** An alert as it would have been said. */
export type Said = { at: EpochMs; rule: string; journeyId: string; headline: string };
/** `days`: for how long each journey was open. */
export type Lived = { said: Said[]; days: Map<string, number> };

/**
 * One customer's year through the real records, rules and clock: what is looked at is what a signal touches, and what has come due. Alerts are told as
 * they open; what another one holds back is not.
 */
export function live(signals: readonly Signal[], config: JourneyConfig, until: EpochMs): Lived {
  const records = new Map<string, JourneyRecord>();
  const atHand: RecordsAtHand = { resolve: (_kind, id) => id, get: (kind, id) => records.get(`${kind}:${id}`), all: () => records.values() };
  const lived: Lived = { said: [], days: new Map() };
  const open = new Map<string, Set<string>>();
  const pending = [...signals].sort((a, b) => a.occurredAt - b.occurredAt);
  let due: EpochMs = Number.POSITIVE_INFINITY;
  for (let next = 0; ; ) {
    const now = Math.min(pending[next]?.occurredAt ?? Number.POSITIVE_INFINITY, due);
    if (now > until) break;
    for (let signal = pending[next]; signal !== undefined && signal.occurredAt === now; signal = pending[next]) {
      for (const record of applySignal(atHand, signal).records) records.set(`${record.kind}:${record.id}`, record);
      next += 1;
    }
    due = Number.POSITIVE_INFINITY;
    for (const journey of journeysOf(records, config, now)) {
      const map = config.maps.find(({ key }) => key === journey.mapKey);
      if (map === undefined) throw new Error(`no map ${journey.mapKey}`);
      const { findings, undecided, recheckAt } = assess(journey, map, config, now);
      const heldBy = inhibit(findings, { muted: false, feedStale: false });
      const before = open.get(journey.id) ?? new Set<string>();
      const after = new Set([...before].filter((identity) => isUndecided(identity, undecided)));
      for (const finding of findings) {
        const identity = `${finding.rule} ${finding.subject}`;
        if (heldBy(finding) !== null) continue;
        after.add(identity);
        if (!before.has(identity)) lived.said.push({ at: now, rule: finding.rule, journeyId: journey.id, headline: finding.headline });
      }
      open.set(journey.id, after);
      due = Math.min(due, recheckAt ?? Number.POSITIVE_INFINITY, journey.movesAt ?? Number.POSITIVE_INFINITY);
      const ended = journey.outcome.state === 'open' ? until : journey.outcome.at;
      const begun = journey.visits[0]?.enteredAt;
      if (begun !== undefined) lived.days.set(journey.id, (ended - begun) / dayMs);
    }
  }
  return lived;
}

function isUndecided(identity: string, undecided: ReturnType<typeof assess>['undecided']): boolean {
  const [rule = '', ...subject] = identity.split(' ');
  const known = undecided.get(rule);
  return known === 'all' || (known?.includes(subject.join(' ')) ?? false);
}

/** Of one account, its deals and its people. */
function journeysOf(records: Map<string, JourneyRecord>, config: JourneyConfig, now: EpochMs): Journey[] {
  const all = [...records.values()];
  const account = all.find((record) => record.kind === 'account') ?? null;
  const people = all.filter((record) => record.kind === 'person');
  const deals = all.filter((record) => record.kind === 'deal');
  return [
    ...deals.flatMap((deal) => dealJourney(deal, { account, people }, config) ?? []),
    ...accountJourneys({ account, people, deals }, config, now),
  ];
}
