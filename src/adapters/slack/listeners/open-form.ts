import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Clock } from '../../../app/ports.ts';
import type { Acts, AlertSubject, Records } from '../../../app/use-cases.ts';
import type { AccountPeople } from '../../../core/account-people.ts';
import type { HomeState } from '../views/app-home-state.ts';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { assignForm } from '../views/forms/assign-form.ts';
import { muteForm } from '../views/forms/mute-form.ts';
import { resolveForm } from '../views/forms/resolve-form.ts';
import { roleForm } from '../views/forms/role-form.ts';
import { snoozeForm } from '../views/forms/snooze-form.ts';
import { type TouchpointDraft, touchpointForm } from '../views/forms/touchpoint-form.ts';
import { saidView } from '../views/said.ts';
import type { Click } from './click.ts';
import { writeMetadata } from './form-metadata.ts';
import { showForm } from './show-form.ts';

type OpenFormOptions = {
  acts: Pick<Acts, 'subjectOf'>;
  records: Pick<Records, 'around'>;
  client: webApi.WebClient;
  clock: Clock;
};

/** An account, or a deal, which may belong to none. */
type Place = { kind: 'account' | 'deal'; id: string };
type AlertForm = 'assign' | 'snooze' | 'resolve';

/** Opens a form for whoever clicked. The answer says why it did not; null: it stands there. */
export type OpenForm = {
  onAlert(form: AlertForm | 'touchpoint' | 'role' | 'mute', alertId: string, click: Click): Promise<View | null>;
  touchpoint(place: Place, draft: Partial<TouchpointDraft>, click: Click): Promise<View | null>;
  role(place: Place, wanted: { role: string | null; personId: string | null }, click: Click): Promise<View | null>;
  mute(accountId: string, click: Click): Promise<View | null>;
};

const over = (): View => saidView(md`ℹ️ This alert is over already: there is nothing to do about it any more.`);
const gone = (): View => saidView(md`ℹ️ This is not known any more: it may have been merged or deleted in the CRM.`);
const noPlace = (): View => saidView(md`ℹ️ This alert is about no account.`);
const nobody = (): View => saidView(md`ℹ️ Nobody is known at this account yet. Add the people in the CRM; then say here who is who.`);

const alertForms: Record<AlertForm, (subject: AlertSubject, metadata: string) => ModalView> = {
  assign: assignForm,
  snooze: snoozeForm,
  resolve: resolveForm,
};

export function createOpenForm({ acts, records, client, clock }: OpenFormOptions): OpenForm {
  const open: OpenForm = {
    async onAlert(form, alertId, click) {
      const subject = await acts.subjectOf(alertId);
      if (subject === null) return over();
      const place = placeOf(subject);
      switch (form) {
        case 'touchpoint':
          return place === null ? noPlace() : open.touchpoint(place, { dealId: subject.dealId, personId: subject.personId }, click);
        case 'role':
          return place === null ? noPlace() : open.role(place, subject, click);
        case 'mute':
          return subject.accountId === null ? noPlace() : open.mute(subject.accountId, click);
        default:
          return showForm(client, click, alertForms[form](subject, writeMetadata({ alertId, seen: subject.standing, ...behind(click) })));
      }
    },
    async touchpoint(place, draft, click) {
      const around = await records.around(place);
      if (around === null) return gone();
      const metadata = placeOn(place, around, click);
      return showForm(client, click, touchpointForm(around, { at: clock.now(), ...draft }, metadata));
    },
    async role(place, wanted, click) {
      const around = await records.around(place);
      if (around === null) return gone();
      const metadata = placeOn(place, around, click);
      const form = roleForm(around, wanted, metadata);
      return form === null ? nobody() : showForm(client, click, form);
    },
    async mute(accountId, click) {
      const around = await records.around({ kind: 'account', id: accountId });
      if (around?.account == null) return gone();
      return showForm(client, click, muteForm(around.account, writeMetadata({ accountId: around.account.id, ...behind(click) })));
    },
  };
  return open;
}

const placeOn = (place: Place, { account }: AccountPeople, click: Click): string =>
  writeMetadata({ accountId: account?.id ?? null, dealId: place.kind === 'deal' ? place.id : null, ...behind(click) });

/** What a form has to know of the Home tab that it comes from. */
const behind = ({ home }: Click): { home?: HomeState } => (home === null ? {} : { home: home.state });

const placeOf = ({ accountId, dealId }: AlertSubject): Place | null =>
  dealId !== null ? { kind: 'deal', id: dealId } : accountId !== null ? { kind: 'account', id: accountId } : null;
