import type { App } from '@slack/bolt';
import type { Acts } from '../../../app/use-cases.ts';
import { formIds } from '../action-values.ts';
import { snoozeFields } from '../views/forms/snooze-form.ts';
import { alertMetadata } from './form-metadata.ts';
import { type FormOptions, listenToForm } from './form-submission.ts';

/** Puts an alert off. */
export function listenToSnoozeForm(app: App, { acts, ...options }: FormOptions & { acts: Pick<Acts, 'snooze'> }): void {
  listenToForm(
    app,
    {
      id: formIds.snooze,
      metadata: alertMetadata,
      fields: Object.values(snoozeFields),
      shows: true,
      async submit({ metadata: { alertId, seen }, filled, by }) {
        const until = filled.choice(snoozeFields.until);
        const day = filled.day(snoozeFields.day);
        if (until === null) return { kind: 'refused', about: snoozeFields.until, message: 'Choose one.' };
        if (until === 'day' && day === null) return { kind: 'refused', about: snoozeFields.day, message: 'Choose a day.' };
        const when = until === 'stage-change' ? until : until === 'day' && day !== null ? { day } : { duration: until };
        return acts.snooze(alertId, when, by, seen);
      },
    },
    options,
  );
}
