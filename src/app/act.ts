import type { Alert } from '../core/alerts/alert.ts';
import { type AlertAction, reasonWords, transition } from '../core/alerts/transition.ts';
import { type Change, newDelivery } from '../core/change.ts';
import { endsWhenAcknowledged, titleOf } from '../core/detectors/index.ts';
import { durationInWords, durationSchema } from '../core/duration.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import { createCommitAction } from './commit-action.ts';
import { ConflictError } from './errors.ts';
import type { Clock, JourneyState, Store } from './ports.ts';
import type { Search } from './search.ts';
import type { ActResult, Acts } from './use-cases.ts';

type ActDependencies = {
  store: Store;
  search: Search;
  reviewDone: Acts['reviewDone'];
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  /** Something was committed that has to be delivered. */
  onActed(): void;
};

const triesOnConflict = 5;
const gone: ActResult = { kind: 'stale', message: 'This alert does not exist any more. Nothing was changed.' };

/** What people do: every action is a transition, evaluated at once with its journey, in one commit. A click that comes too late changes nothing. */
export function createActs({ store, search, reviewDone, config, clock, newId, onActed }: ActDependencies): Acts {
  const commitAction = createCommitAction({ store, config, clock, newId });
  return {
    acknowledge: (alertId, by) =>
      onAlert(alertId, acknowledging, by, ({ state }) =>
        state === 'resolved'
          ? 'Acknowledged. It counts as done with, until it happens again.'
          : 'Acknowledged. It will not be repeated; the card turns green when it is no longer true.',
      ),
    async snooze(alertId, until, by) {
      if (until === 'stage-change')
        return onAlert(
          alertId,
          (_alert, stage) => ({ kind: 'snooze-stage', stage }),
          by,
          () => 'Snoozed until the stage changes.',
        );
      const duration = durationSchema.safeParse(until.duration);
      if (!duration.success) return { kind: 'refused', message: `I do not understand “${until.duration}”. Say 2bd (working days), 3d or 4h.` };
      const end = config().calendar.add(clock.now(), duration.data);
      return onAlert(
        alertId,
        () => ({ kind: 'snooze', until: end }),
        by,
        () => `Snoozed for ${durationInWords(duration.data)}.`,
      );
    },
    resolve: (alertId, reason, note, by) =>
      onAlert(
        alertId,
        () => ({ kind: 'resolve', reason, note }),
        by,
        () => `Resolved (${reasonWords[reason]}). It stays so until its condition changes.`,
      ),
    vote: (alertId, useful, by) =>
      onAlert(
        alertId,
        () => ({ kind: 'vote', useful }),
        by,
        (alert) => voted(alert, useful),
      ),
    acknowledgeCard: (journeyId, by) => acknowledgeCard(journeyId, by),
    async mute(accountId, duration, reason, by) {
      const parsed = duration === null ? null : durationSchema.safeParse(duration);
      if (parsed !== null && !parsed.success)
        return { kind: 'refused', message: `I do not understand “${duration}”. Say 5bd (working days), 3d or 4h.` };
      const until = parsed === null ? null : config().calendar.add(clock.now(), parsed.data);
      return setMute(accountId, until, reason, by, parsed === null ? 'muted until somebody unmutes it' : `muted for ${durationInWords(parsed.data)}`);
    },
    unmute: (accountId, by) => setMute(accountId, clock.now(), 'unmuted', by, 'not muted any more'),
    reviewDone,
    findAccount: (query) => search.find('account', query, async (match) => match),
  };

  async function onAlert(
    alertId: string,
    actionFor: (alert: Alert, stage: string | null) => AlertAction,
    by: string,
    message: (alert: Alert) => string,
  ): Promise<ActResult> {
    return withRetry(async () => {
      const known = await store.alert(alertId);
      if (known === null) return gone;
      // The alert as it is at the revision that the commit checks.
      const state = await store.journeyState(known.journeyId);
      const alert = state.alerts.find(({ id }) => id === alertId) ?? known;
      const result = transition(alert, actionFor(alert, state.row?.stage ?? null), by, clock.now());
      if (result.kind === 'stale') {
        await redraw(state);
        return { kind: 'stale', message: `Nothing was changed: ${result.why}.`, by: result.by };
      }
      await commitAction(state, { acted: [result.alert], more: [audit(alert, by, result.what, result.why)] });
      onActed();
      return { kind: 'done', message: message(result.alert) };
    });
  }

  /** All that the card shows as open. */
  async function acknowledgeCard(journeyId: string, by: string): Promise<ActResult> {
    return withRetry(async () => {
      const state = await store.journeyState(journeyId);
      const acted = state.alerts.flatMap((alert) => {
        const result = alert.saidAt === null ? null : transition(alert, acknowledging(alert), by, clock.now());
        return result?.kind === 'done' ? [result.alert] : [];
      });
      if (acted.length === 0) {
        await redraw(state);
        return { kind: 'stale', message: 'Nothing was changed: nothing here is open.' };
      }
      await commitAction(state, { acted, more: acted.map((alert) => audit(alert, by, 'acknowledged', null)) });
      onActed();
      return { kind: 'done', message: acted.length === 1 ? 'Acknowledged.' : `Acknowledged all ${acted.length}.` };
    });
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

  /** Names the account in its answer: a name with a typing mistake may have found another one than was meant. */
  async function setMute(askedFor: string, until: EpochMs | null, reason: string, by: string, done: string): Promise<ActResult> {
    const now = clock.now();
    const { accounts, aliases } = await store.loadNeighbourhood([{ kind: 'account', id: askedFor }]);
    const accountId = aliases.get(`account:${askedFor}`) ?? askedFor;
    const account = accounts.get(accountId)?.record;
    if (account === undefined || account.erasedAt !== null)
      return { kind: 'stale', message: 'This account is not known any more. Nothing was changed.' };
    const rows = await store.journeysOfAccount(accountId);
    await store.commit([
      { kind: 'mute.put', mute: { accountId, until, reason, by, at: now } },
      {
        kind: 'audit.add',
        entry: {
          id: newId(),
          at: now,
          journeyId: rows[0]?.id ?? null,
          alertId: null,
          who: by,
          what: until !== null && until <= now ? 'unmuted' : 'muted',
          why: reason,
        },
      },
      ...rows.map((row): Change => ({ kind: 'journey.recheck', journeyId: row.id, at: now })),
    ]);
    onActed();
    return { kind: 'done', message: `${account.name?.value ?? account.domain?.value ?? account.id}: ${done}.` };
  }

  async function withRetry(act: () => Promise<ActResult>): Promise<ActResult> {
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

function voted({ rule, state }: Alert, useful: boolean): string {
  const noted = `Noted: ${useful ? 'useful' : 'not useful'}. It counts for the rule “${titleOf(rule)}”; choose the other one to change it.`;
  if (state === 'resolved') return `${noted} The alert itself was over already.`;
  return useful ? `${noted} The alert itself stays as it is.` : `${noted} The alert itself stays as it is: resolve it to be rid of it.`;
}

const acknowledging = ({ rule }: Alert): AlertAction => ({ kind: 'acknowledge', ends: endsWhenAcknowledged(rule) });
