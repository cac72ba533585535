import { toldElsewhere } from '../core/alerts/told-elsewhere.ts';
import type { Delivery } from '../core/delivery.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { createCommitAction } from './commit-action.ts';
import { ConflictError } from './errors.ts';
import type { Clock, Store } from './ports.ts';

type NoteElsewhereDependencies = { store: Store; config(): JourneyConfig; clock: Clock; newId(): string };

const triesOnConflict = 5;

/** Corrects what cards and answers say of a step whose channel takes no messages: it is said elsewhere. Doing it again changes nothing. */
export function createNoteElsewhere(dependencies: NoteElsewhereDependencies): (delivery: Delivery) => Promise<void> {
  const { store } = dependencies;
  const commitAction = createCommitAction(dependencies);
  return async ({ channel, message }) => {
    if (message.kind !== 'card' || message.otherwise === undefined) return;
    const { otherwise, cardId } = message;
    const ids = new Set(otherwise.reply.alerts.map(({ id }) => id));
    for (let tries = 1; ; tries++) {
      const state = await store.journeyState(cardId.slice(0, cardId.lastIndexOf('|')));
      const noted = state.alerts.flatMap((alert) => {
        const after = ids.has(alert.id) ? toldElsewhere(alert, channel, otherwise.channel) : alert;
        return after === alert ? [] : [after];
      });
      if (noted.length === 0) return;
      try {
        return await commitAction(state, { acted: noted, more: [] });
      } catch (error) {
        if (!(error instanceof ConflictError) || tries >= triesOnConflict) throw error;
      }
    }
  };
}
