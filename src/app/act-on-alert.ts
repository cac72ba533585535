import type { Alert } from '../core/alerts/alert.ts';
import { belongsOnCard } from '../core/alerts/card.ts';
import { lastHand, standingOf } from '../core/alerts/standing.ts';
import { type AlertAction, transition } from '../core/alerts/transition.ts';
import { type Change, newDelivery } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { cardOf } from './assign.ts';
import { createCommitAction } from './commit-action.ts';
import { ConflictError } from './errors.ts';
import type { Clock, JourneyState, Store } from './ports.ts';
import type { ActResult, Acts } from './use-cases.ts';

type ActOnAlertDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  /** Something was committed that has to be delivered. */
  onActed(): void;
};

type DoneResult = Extract<ActResult, { kind: 'done' }>;

/** What is done to one alert. `more`: what is to be said of it beside the cards. */
type Deed = {
  by: string;
  action(alert: Alert, stage: string | null): AlertAction;
  message(alert: Alert, state: JourneyState): string;
  when?: DoneResult['when'];
  more?(alert: Alert, state: JourneyState): Change[];
  /** What people had made of the alert when a form about it was opened: where somebody did something meanwhile, nothing is changed. */
  seen?: string | undefined;
};

type CardDeed = { by: string; action(alert: Alert): AlertAction; what: string };

const triesOnConflict = 5;
const gone: ActResult = { kind: 'stale', message: 'This alert does not exist any more. Nothing was changed.' };

/** Every action is a transition, evaluated at once with its journey, in one commit. One that comes too late changes nothing, and says who was first. */
export function createActOnAlert({ store, config, clock, newId, onActed }: ActOnAlertDependencies) {
  const commitAction = createCommitAction({ store, config, clock, newId });
  return { onAlert, onCard };

  async function onAlert(alertId: string, deed: Deed): Promise<ActResult> {
    return withRetry(async () => {
      const known = await store.alert(alertId);
      if (known === null) return gone;
      // The alert as it is at the revision that the commit checks.
      const state = await store.journeyState(known.journeyId);
      const alert = state.alerts.find(({ id }) => id === alertId) ?? known;
      const result = transition(alert, deed.action(alert, state.row?.stage ?? null), deed.by, clock.now());
      if (result.kind === 'stale') return tooLate(state, result.why, result.by);
      const hand = deed.seen === undefined || deed.seen === standingOf(alert) ? null : lastHand(alert);
      if (hand !== null) return tooLate(state, `somebody ${hand.what} while you filled this in`, hand.by);
      const more = deed.more?.(result.alert, state) ?? [];
      await commitAction(state, { acted: [result.alert], more: [audit(alert, deed.by, result.what, result.why), ...more] });
      onActed();
      const isSeen = cardOf(result.alert, state.cards) !== null;
      const when = deed.when === undefined ? {} : { when: deed.when };
      return { kind: 'done', message: deed.message(result.alert, state), ...when, ...(isSeen ? {} : { unseen: true }) };
    });
  }

  /** All that a card shows as open: what another channel was told of stays with those who read it there. */
  async function onCard(journeyId: string, place: Parameters<Acts['acknowledgeCard']>[2], { by, action, what }: CardDeed): Promise<number> {
    return withRetry(async () => {
      const state = await store.journeyState(journeyId);
      const card = state.cards.find(({ posted }) => posted !== null && posted.channelId === place?.channelId && posted.ts === place.ts);
      const isShown = (alert: Alert): boolean => (card === undefined ? alert.saidAt !== null : belongsOnCard(alert, card.channel));
      const acted = state.alerts.filter(isShown).flatMap((alert) => {
        const result = transition(alert, action(alert), by, clock.now());
        return result.kind === 'done' ? [result.alert] : [];
      });
      if (acted.length === 0) await redraw(state);
      else {
        await commitAction(state, { acted, more: acted.map((alert) => audit(alert, by, what, null)) });
        onActed();
      }
      return acted.length;
    });
  }

  async function tooLate(state: JourneyState, why: string, by: string | null): Promise<ActResult> {
    await redraw(state);
    return { kind: 'stale', message: `Nothing was changed: ${why}.`, by };
  }

  /** Brings the cards of a journey up to date in Slack, whatever they show there. */
  async function redraw({ cards }: JourneyState): Promise<void> {
    const now = clock.now();
    const stale = cards.filter((card) => card.posted !== null);
    await store.commit(
      stale.flatMap((card): Change[] => [
        { kind: 'card.posted', cardId: card.id, receipt: card.posted, fingerprint: '' },
        newDelivery({ id: newId(), channel: card.channel, message: { kind: 'card', cardId: card.id }, now }),
      ]),
    );
    onActed();
  }

  async function withRetry<Result>(act: () => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof ConflictError) || tries >= triesOnConflict) throw error;
      }
    }
  }

  function audit(alert: Alert, by: string, what: string, why: string | null): Change {
    return { kind: 'audit.add', entry: { id: newId(), at: clock.now(), journeyId: alert.journeyId, alertId: alert.id, who: by, what, why } };
  }
}
