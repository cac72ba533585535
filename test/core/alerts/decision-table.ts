import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { AuditEntry } from '../../../src/core/alerts/audit.ts';
import type { Card } from '../../../src/core/alerts/card.ts';
import { type DecideInput, decide } from '../../../src/core/alerts/decide.ts';
import { type AlertAction, transition } from '../../../src/core/alerts/transition.ts';
import type { Change } from '../../../src/core/change.ts';
import type { Delivery } from '../../../src/core/delivery.ts';
import { detectors } from '../../../src/core/detectors/index.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { ResolvedRule } from '../../../src/core/journey/journey-map.ts';
import type { JourneyRow } from '../../../src/core/journey/journey-row.ts';
import type { EpochMs } from '../../../src/core/time.ts';
import { aConfig, aJourney, at, defaultRules } from '../builders.ts';

/** These rules with their defaults, or with what is given, and no others. */
export function onlyRules(rules: Record<string, object>): Record<string, ResolvedRule> {
  return Object.fromEntries(
    Object.entries(defaultRules()).map(([name, rule]) => {
      const given = Object.hasOwn(rules, name) ? rules[name] : undefined;
      const detector = detectors.find((candidate) => candidate.name === name);
      return [
        name,
        given === undefined || detector === undefined
          ? { base: null, segments: {} }
          : { ...rule, base: { severity: detector.severity, params: detector.params.parse(given) } },
      ];
    }),
  );
}

type Table = Partial<Pick<DecideInput, 'config' | 'mute' | 'feedStale' | 'history'>> & { journey?: Journey };

/** One journey, decided about again and again, with everything that is decided written down and read again. */
export function createTable(given: Table = {}) {
  let world: Omit<DecideInput, 'row' | 'alerts' | 'cards' | 'now' | 'newId'> = {
    journey: aJourney(),
    mute: null,
    feedStale: false,
    history: false,
    config: aConfig(),
    ...given,
  };
  let row: JourneyRow | null = null;
  const alerts = new Map<string, Alert>();
  const cards = new Map<string, Card>();
  const deliveries: Delivery[] = [];
  const audit: AuditEntry[] = [];
  let ids = 0;

  /** As a store answers: not resolved, or holding, or the newest resolved episode. */
  const relevant = (): Alert[] => {
    const isOvertaken = ({ identity, episode }: Alert): boolean =>
      [...alerts.values()].some((other) => other.identity === identity && other.state === 'resolved' && other.episode > episode);
    return [...alerts.values()].filter((alert) => alert.state !== 'resolved' || alert.holds || !isOvertaken(alert));
  };

  function write(change: Change): void {
    const copy = JSON.parse(JSON.stringify(change)) as Change;
    switch (copy.kind) {
      case 'journey.put':
        row = { ...copy.row, revision: copy.row.revision + 1 };
        break;
      case 'alert.put':
        alerts.set(copy.alert.id, copy.alert);
        break;
      case 'card.put':
        cards.set(copy.card.id, { ...copy.card, posted: cards.get(copy.card.id)?.posted ?? null });
        break;
      case 'card.hold':
        cards.set(copy.cardId, { ...cardOf(copy.cardId), hold: copy.hold });
        break;
      case 'delivery.add':
        deliveries.push(copy.delivery);
        break;
      case 'audit.add':
        audit.push(copy.entry);
        break;
      default:
        throw new Error(`a decision does not say ${copy.kind}`);
    }
  }

  function cardOf(id: string): Card {
    const card = cards.get(id);
    if (card === undefined) throw new Error(`no card ${id}`);
    return card;
  }

  return {
    /** Decides, writes down what was decided, and returns the messages of this time. */
    decide(when: string | EpochMs): Delivery[] {
      const before = deliveries.length;
      for (const change of this.changes(when)) write(change);
      return deliveries.slice(before);
    },
    /** What would be decided. */
    changes: (when: string | EpochMs): Change[] =>
      decide({
        ...world,
        row,
        alerts: relevant(),
        cards: [...cards.values()],
        now: typeof when === 'number' ? when : at(when),
        newId: () => `id-${++ids}`,
      }),
    /** The world is otherwise from now on. */
    set(change: Table): void {
      world = { ...world, ...change };
    },
    /** The card stands in Slack since then, as it is now. */
    post(when: string | EpochMs, channel = '#deals'): void {
      const card = cardOf(`${world.journey.id}|${channel}`);
      const instant = typeof when === 'number' ? when : at(when);
      cards.set(card.id, { ...card, hold: null, posted: { channelId: 'C1', ts: '1.1', at: instant, fingerprint: card.fingerprint } });
    },
    hold(hold: Card['hold'], channel = '#deals'): void {
      const card = cardOf(`${world.journey.id}|${channel}`);
      cards.set(card.id, { ...card, hold });
    },
    /** On the alert of a rule, or with an id. */
    act(which: string, action: AlertAction, when: string): void {
      const alert = relevant().find(({ rule, id, state }) => [rule, id].includes(which) && state !== 'resolved');
      const result = alert === undefined ? null : transition(alert, action, 'U1', at(when));
      if (result?.kind !== 'done') throw new Error(`cannot ${action.kind} ${which}`);
      alerts.set(result.alert.id, result.alert);
    },
    alert(rule: string, episode = 1): Alert {
      const found = [...alerts.values()].find((candidate) => candidate.rule === rule && candidate.episode === episode);
      if (found === undefined) throw new Error(`no alert ${rule}`);
      return found;
    },
    alerts: (): Alert[] => [...alerts.values()],
    card: (channel = '#deals'): Card => cardOf(`${world.journey.id}|${channel}`),
    cards: (): Card[] => [...cards.values()],
    deliveries: (): Delivery[] => deliveries,
    audit: (): string[] => audit.map(({ what }) => what),
    row(): JourneyRow {
      if (row === null) throw new Error('not decided yet');
      return row;
    },
  };
}
