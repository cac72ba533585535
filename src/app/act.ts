import type { Alert } from '../core/alerts/alert.ts';
import { type AlertAction, reasonWords, transition } from '../core/alerts/transition.ts';
import type { Change } from '../core/change.ts';
import { durationInWords, durationSchema } from '../core/duration.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import { ConflictError } from './errors.ts';
import { evaluateJourney, retireJourney, type Setting } from './evaluate.ts';
import type { Clock, Neighbourhood, Store } from './ports.ts';
import type { Search } from './search.ts';
import type { ActResult, Acts } from './use-cases.ts';
import { createWorkingSet } from './working-set.ts';

type ActDependencies = {
  store: Store;
  search: Search;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  /** Something was committed that has to be delivered. */
  onActed(): void;
};

const triesOnConflict = 5;
const gone: ActResult = { kind: 'stale', message: 'This alert does not exist any more. Nothing was changed.' };

/** What people do: every action is a transition, evaluated at once with its journey, in one commit. A click that comes too late changes nothing. */
export function createActs({ store, search, config, clock, newId, onActed }: ActDependencies): Acts {
  return {
    acknowledge: (alertId, by) =>
      onAlert(
        alertId,
        () => ({ kind: 'acknowledge' }),
        by,
        () => 'Acknowledged. It will not be repeated; the card turns green when it is no longer true.',
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
    acknowledgeCard: (journeyId, by) => acknowledgeCard(journeyId, by),
    async mute(accountId, duration, reason, by) {
      const parsed = duration === null ? null : durationSchema.safeParse(duration);
      if (parsed !== null && !parsed.success)
        return { kind: 'refused', message: `I do not understand “${duration}”. Say 5bd (working days), 3d or 4h.` };
      const until = parsed === null ? null : config().calendar.add(clock.now(), parsed.data);
      await setMute(accountId, until, reason, by);
      return {
        kind: 'done',
        message:
          until === null
            ? 'Muted until somebody unmutes it.'
            : `Muted for ${durationInWords((parsed as { data: Parameters<typeof durationInWords>[0] }).data)}.`,
      };
    },
    async unmute(accountId, by) {
      await setMute(accountId, clock.now(), 'unmuted', by);
      return { kind: 'done', message: 'Not muted any more.' };
    },
    findAccount: (query) => search.find('account', query, async (match) => match),
  };

  async function onAlert(
    alertId: string,
    actionFor: (alert: Alert, stage: string | null) => AlertAction,
    by: string,
    message: () => string,
  ): Promise<ActResult> {
    return withRetry(async () => {
      const alert = await store.alert(alertId);
      if (alert === null) return gone;
      const { row } = await store.journeyState(alert.journeyId);
      const result = transition(alert, actionFor(alert, row?.stage ?? null), by, clock.now());
      if (result.kind === 'stale') {
        await redraw(alert.journeyId);
        return { kind: 'stale', message: `Nothing was changed: ${result.why}.` };
      }
      await commitAround(alert.journeyId, [result.alert], [audit(alert, by, result.what, result.why)]);
      return { kind: 'done', message: message() };
    });
  }

  async function acknowledgeCard(journeyId: string, by: string): Promise<ActResult> {
    return withRetry(async () => {
      const { alerts } = await store.journeyState(journeyId);
      const open = alerts.flatMap((alert) => {
        const result = transition(alert, { kind: 'acknowledge' }, by, clock.now());
        return result.kind === 'done' ? [result.alert] : [];
      });
      if (open.length === 0) return { kind: 'stale', message: 'Nothing was changed: nothing here is open.' };
      await commitAround(
        journeyId,
        open,
        open.map((alert) => audit(alert, by, 'acknowledged', null)),
      );
      return { kind: 'done', message: open.length === 1 ? 'Acknowledged.' : `Acknowledged all ${open.length}.` };
    });
  }

  /** Evaluates the journey with the alerts as they are after the action: whatever follows from it is in the same commit. */
  async function commitAround(journeyId: string, acted: Alert[], more: Change[]): Promise<void> {
    const setting: Setting = { config: config(), feeds: await store.feeds(), now: clock.now(), newId };
    const { row, alerts, cards } = await store.journeyState(journeyId);
    const byId = new Map(acted.map((alert) => [alert.id, alert]));
    const puts: Change[] = acted.map((alert) => ({ kind: 'alert.put', alert }));
    if (row === null) {
      await store.commit([...puts, ...more]);
      return onActed();
    }
    const around = await store.loadNeighbourhood([
      ...(row.dealId === null ? [] : [{ kind: 'deal', id: row.dealId } as const]),
      ...(row.accountId === null ? [] : [{ kind: 'account', id: row.accountId } as const]),
    ]);
    const after: Neighbourhood = {
      ...around,
      journeys: new Map(around.journeys).set(journeyId, row),
      alerts: new Map(around.alerts).set(
        journeyId,
        alerts.map((alert) => byId.get(alert.id) ?? alert),
      ),
      cards: new Map(around.cards).set(journeyId, cards),
    };
    const journey = createWorkingSet(after).journey(journeyId, setting.config);
    const follows = journey === null ? await retireJourney(journeyId, store, setting) : evaluateJourney(journey, after, false, setting);
    await store.commit([...puts, ...follows.filter((change) => change.kind !== 'journey.put'), ...more, lock(follows, row)]);
    onActed();
  }

  /** Brings the cards of a journey up to date in Slack, whatever they show there. */
  async function redraw(journeyId: string): Promise<void> {
    const { cards } = await store.journeyState(journeyId);
    const now = clock.now();
    const stale = cards.filter((card) => card.posted !== null);
    await store.commit(
      stale.flatMap((card): Change[] => [
        { kind: 'card.posted', cardId: card.id, receipt: card.posted, fingerprint: '' },
        {
          kind: 'delivery.add',
          delivery: { id: newId(), channel: card.channel, message: { kind: 'card', cardId: card.id }, dueAt: now, createdAt: now, attempts: 0 },
        },
      ]),
    );
    onActed();
  }

  async function setMute(accountId: string, until: EpochMs | null, reason: string, by: string): Promise<void> {
    const now = clock.now();
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

/** The journey's row is always written with an action: two people's clicks at once conflict, and the second one looks again. */
function lock(follows: Change[], row: NonNullable<Awaited<ReturnType<Store['journeyState']>>['row']>): Change {
  return follows.find((change) => change.kind === 'journey.put') ?? { kind: 'journey.put', row };
}
