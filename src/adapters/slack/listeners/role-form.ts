import type { App } from '@slack/bolt';
import type { Records } from '../../../app/use-cases.ts';
import { formIds } from '../action-values.ts';
import { roleFields } from '../views/forms/role-form.ts';
import { placeMetadata } from './form-metadata.ts';
import { type FormOptions, listenToForm } from './form-submission.ts';

/** Sets a person's role, or takes it away. */
export function listenToRoleForm(app: App, { records, ...options }: FormOptions & { records: Pick<Records, 'setRole'> }): void {
  listenToForm(
    app,
    {
      id: formIds.role,
      metadata: placeMetadata,
      fields: Object.values(roleFields),
      shows: false,
      async submit({ filled, by }) {
        const personId = filled.choice(roleFields.person);
        const role = filled.choice(roleFields.role);
        if (personId === null) return { kind: 'refused', about: roleFields.person, message: 'Choose a person.' };
        if (role === null) return { kind: 'refused', about: roleFields.role, message: 'Choose a role.' };
        return records.setRole({ personId, role, held: filled.choice(roleFields.held) !== 'not-held' }, by);
      },
    },
    options,
  );
}
