import type { Change } from '../change.ts';
import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import type { Reconciled } from './reconcile.ts';

type NoteStepsInput = {
  /** A journey's id, or a feed's. */
  about: string;
  before: Alert[];
  /** The same alerts and new ones: those that are another object have changed. */
  after: Alert[];
  steps: Reconciled['steps'];
  now: EpochMs;
  newId(): string;
};

/** Writes down what has become of alerts: those that changed, and each step for the audit. */
export const noteSteps = ({ about, before, after, steps, now, newId }: NoteStepsInput): Change[] => [
  ...after.filter((alert) => !before.includes(alert)).map((alert): Change => ({ kind: 'alert.put', alert })),
  ...steps.map(
    ({ alertId, what, why }): Change => ({
      kind: 'audit.add',
      entry: { id: newId(), at: now, journeyId: about, alertId, who: 'bot', what, why },
    }),
  ),
];

/** Alerts whose snooze has just ended. */
export const wokenBy = (steps: Reconciled['steps']): Set<string> =>
  new Set(steps.filter((step) => step.what === 'snooze over').map((step) => step.alertId));
