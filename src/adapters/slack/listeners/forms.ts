import type { App } from '@slack/bolt';
import type { Acts, Records } from '../../../app/use-cases.ts';
import type { People } from '../people.ts';
import type { WorkspaceIdentity } from '../workspace-identity.ts';
import { listenToAssignForm } from './assign-form.ts';
import type { FormOptions } from './form-submission.ts';
import { listenToMuteForm } from './mute-form.ts';
import { listenToResolveForm } from './resolve-form.ts';
import { listenToRoleForm } from './role-form.ts';
import { listenToSnoozeForm } from './snooze-form.ts';
import { listenToTouchpointForm } from './touchpoint-form.ts';

type FormsOptions = FormOptions & { acts: Acts; records: Records; people: People; identity: () => WorkspaceIdentity | null };

/** What comes back of the forms about alerts and accounts. */
export function listenToForms(app: App, { acts, records, people, identity, ...options }: FormsOptions): void {
  listenToAssignForm(app, { acts, people, identity, ...options });
  listenToSnoozeForm(app, { acts, ...options });
  listenToResolveForm(app, { acts, ...options });
  listenToMuteForm(app, { acts, ...options });
  listenToTouchpointForm(app, { records, ...options });
  listenToRoleForm(app, { records, ...options });
}
