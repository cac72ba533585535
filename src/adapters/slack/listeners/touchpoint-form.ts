import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Records } from '../../../app/use-cases.ts';
import { directions } from '../../../core/journey/signal.ts';
import { formIds } from '../action-values.ts';
import { touchpointFields as fields } from '../views/forms/touchpoint-form.ts';
import { placeMetadata } from './form-metadata.ts';
import { type FormOptions, listenToForm } from './form-submission.ts';

const directionSchema = z.enum(directions);

/** Logs a touchpoint. The same form, submitted twice, is one. */
export function listenToTouchpointForm(app: App, { records, ...options }: FormOptions & { records: Pick<Records, 'logTouchpoint'> }): void {
  listenToForm(
    app,
    {
      id: formIds.touchpoint,
      metadata: placeMetadata,
      fields: Object.values(fields),
      shows: false,
      async submit({ metadata, filled, by, viewId }) {
        const direction = directionSchema.safeParse(filled.choice(fields.direction)).data;
        const at = filled.moment(fields.at);
        const mood = filled.choice(fields.mood);
        if (direction === undefined) return { kind: 'refused', about: fields.direction, message: 'Choose one.' };
        if (at === null) return { kind: 'refused', about: fields.at, message: 'Say when it was.' };
        return records.logTouchpoint(
          {
            accountId: metadata.accountId,
            // A deal without an account is all there is to log it on.
            dealId: filled.choice(fields.deal) ?? (metadata.accountId === null ? metadata.dealId : null),
            personId: filled.choice(fields.person),
            type: filled.choice(fields.type) ?? '',
            channel: filled.choice(fields.channel),
            direction,
            sentiment: mood === null ? null : Number(mood),
            at,
            note: filled.text(fields.note),
            id: metadata.entryId ?? viewId,
          },
          by,
        );
      },
    },
    options,
  );
}
