import type { Alert } from '../core/alerts/alert.ts';
import { standingOf } from '../core/alerts/standing.ts';
import { type AlertAction, reasonWords } from '../core/alerts/transition.ts';
import { endsWhenAcknowledged, titleOf } from '../core/detectors/index.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { createActOnAlert } from './act-on-alert.ts';
import { assignedInWords, tellAssignee } from './assign.ts';
import { createFindAccount } from './find-account.ts';
import { createMutes } from './mute.ts';
import type { Clock, Store } from './ports.ts';
import type { Search } from './search.ts';
import { untilOf } from './until.ts';
import type { Acts } from './use-cases.ts';

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

/** What people do. */
export function createActs({ search, reviewDone, ...shared }: ActDependencies): Acts {
  const { store, config, clock, newId } = shared;
  const { onAlert, onCard } = createActOnAlert(shared);
  return {
    acknowledge: (alertId, by) =>
      onAlert(alertId, {
        by,
        action: acknowledging,
        message: ({ state }) =>
          state === 'resolved'
            ? 'Acknowledged. It counts as done with, until it happens again.'
            : 'Acknowledged. It will not be repeated; the card turns green when it is no longer true.',
      }),
    assign: (alertId, to, by, seen) =>
      onAlert(alertId, {
        by,
        seen,
        action: () => ({ kind: 'assign', to }),
        message: assignedInWords,
        more: (alert, state) => tellAssignee(alert, state, { config: config(), now: clock.now(), newId }),
      }),
    async snooze(alertId, until, by, seen) {
      if (until === 'stage-change')
        return onAlert(alertId, {
          by,
          seen,
          action: (_alert, stage) => ({ kind: 'snooze-stage', stage }),
          message: () => 'Snoozed until the stage changes.',
        });
      const end = untilOf(until, config().calendar, clock.now());
      if ('kind' in end) return end;
      const { message, ...when } = end.done('Snoozed');
      return onAlert(alertId, { by, seen, action: () => ({ kind: 'snooze', until: end.until }), message: () => message, ...when });
    },
    resolve: (alertId, reason, note, by, seen) =>
      onAlert(alertId, {
        by,
        seen,
        action: () => ({ kind: 'resolve', reason, note }),
        message: () => `Resolved (${reasonWords[reason]}). It stays so until its condition changes.`,
      }),
    vote: (alertId, useful, by) => onAlert(alertId, { by, action: () => ({ kind: 'vote', useful }), message: (alert) => voted(alert, useful) }),
    async acknowledgeCard(journeyId, by, place) {
      const number = await onCard(journeyId, place, { by, action: acknowledging, what: 'acknowledged' });
      if (number === 0) return { kind: 'stale', message: 'Nothing was changed: nothing here is open.' };
      return { kind: 'done', message: number === 1 ? 'Acknowledged.' : `Acknowledged all ${number}.` };
    },
    ...createMutes(shared),
    reviewDone,
    findAccount: createFindAccount({ store, search }),
    async subjectOf(alertId) {
      const alert = await store.alert(alertId);
      if (alert === null || alert.state === 'resolved') return null;
      const { journeyId, accountId, dealId, finding, subject, assigned } = alert;
      const { row } = await store.journeyState(journeyId);
      return {
        alertId,
        headline: finding.headline,
        journeyName: row?.name ?? null,
        accountId,
        dealId,
        role: subject.startsWith('role:') ? subject.slice('role:'.length) : null,
        personId: subject.startsWith('person:') ? subject.slice('person:'.length) : (finding.people[0] ?? null),
        assignedTo: assigned?.to ?? null,
        standing: standingOf(alert),
      };
    },
  };
}

function voted({ rule, state }: Alert, useful: boolean): string {
  const noted = `Noted: ${useful ? 'useful' : 'not useful'}. It counts for the rule “${titleOf(rule)}”; choose the other one to change it.`;
  if (state === 'resolved') return `${noted} The alert itself was over already.`;
  return useful ? `${noted} The alert itself stays as it is.` : `${noted} The alert itself stays as it is: resolve it to be rid of it.`;
}

const acknowledging = ({ rule }: Alert): AlertAction => ({ kind: 'acknowledge', ends: endsWhenAcknowledged(rule) });
