import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Acts } from '../../../app/use-cases.ts';
import { resolveReasons } from '../../../core/alerts/alert.ts';
import { formIds } from '../action-values.ts';
import { resolveFields } from '../views/forms/resolve-form.ts';
import { alertMetadata } from './form-metadata.ts';
import { type FormOptions, listenToForm } from './form-submission.ts';

const reasonSchema = z.enum(resolveReasons);

/** Resolves an alert, with a reason and a note. */
export function listenToResolveForm(app: App, { acts, ...options }: FormOptions & { acts: Pick<Acts, 'resolve'> }): void {
  listenToForm(
    app,
    {
      id: formIds.resolve,
      metadata: alertMetadata,
      fields: Object.values(resolveFields),
      shows: true,
      async submit({ metadata: { alertId, seen }, filled, by }) {
        const reason = reasonSchema.safeParse(filled.choice(resolveFields.reason)).data;
        if (reason === undefined) return { kind: 'refused', about: resolveFields.reason, message: 'Choose a reason.' };
        return acts.resolve(alertId, reason, filled.text(resolveFields.note), by, seen);
      },
    },
    options,
  );
}
