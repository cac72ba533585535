import type { App } from '@slack/bolt';
import type { Acts } from '../../../app/use-cases.ts';
import { formIds } from '../action-values.ts';
import type { People } from '../people.ts';
import { assignFields } from '../views/forms/assign-form.ts';
import type { WorkspaceIdentity } from '../workspace-identity.ts';
import { alertMetadata } from './form-metadata.ts';
import { type FormOptions, listenToForm } from './form-submission.ts';
import { type NoMember, refusalReason } from './membership.ts';

type AssignOptions = FormOptions & { acts: Pick<Acts, 'assign'>; people: People; identity: () => WorkspaceIdentity | null };

const whyNot: Record<NoMember, string> = {
  guest: 'This is a guest: only full members of the workspace see to alerts.',
  'other-organisation': 'This is somebody of another organisation.',
  deactivated: 'This account is deactivated.',
  bot: 'This is an app: only people see to alerts.',
  unknown: 'Slack does not tell who this is.',
};

/** Gives an alert to somebody who may see to it. */
export function listenToAssignForm(app: App, { acts, people, identity, ...options }: AssignOptions): void {
  const { person: field } = assignFields;
  listenToForm(
    app,
    {
      id: formIds.assign,
      metadata: alertMetadata,
      fields: [field],
      shows: true,
      async submit({ metadata: { alertId, seen }, filled, by }) {
        const to = filled.user(field);
        const here = identity();
        if (to === null || here === null) return { kind: 'refused', about: field, message: 'Choose somebody.' };
        const reason = refusalReason(await people.byId(to), here);
        if (reason !== null) return { kind: 'refused', about: field, message: whyNot[reason] };
        return acts.assign(alertId, to, by, seen);
      },
    },
    options,
  );
}
