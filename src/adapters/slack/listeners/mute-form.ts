import type { App } from '@slack/bolt';
import type { Acts } from '../../../app/use-cases.ts';
import { formIds } from '../action-values.ts';
import { muteFields } from '../views/forms/mute-form.ts';
import { accountMetadata } from './form-metadata.ts';
import { type FormOptions, listenToForm } from './form-submission.ts';

/** Mutes an account. */
export function listenToMuteForm(app: App, { acts, ...options }: FormOptions & { acts: Pick<Acts, 'mute'> }): void {
  listenToForm(
    app,
    {
      id: formIds.mute,
      metadata: accountMetadata,
      fields: Object.values(muteFields),
      shows: false,
      async submit({ metadata: { accountId }, filled, by }) {
        const until = filled.choice(muteFields.until);
        const day = filled.day(muteFields.day);
        const reason = filled.text(muteFields.reason);
        if (until === null) return { kind: 'refused', about: muteFields.until, message: 'Choose one.' };
        if (until === 'day' && day === null) return { kind: 'refused', about: muteFields.day, message: 'Choose a day.' };
        if (reason === null) return { kind: 'refused', about: muteFields.reason, message: 'Say why: others will ask.' };
        const end = until === 'unmuted' ? null : until === 'day' && day !== null ? { day } : until;
        return acts.mute(accountId, end, reason, by);
      },
    },
    options,
  );
}
