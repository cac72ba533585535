import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Clock } from '../../../app/ports.ts';
import type { Acts, AlertSubject, Records } from '../../../app/use-cases.ts';
import type { View } from '../views/blocks.ts';
import { md } from '../views/escape.ts';
import { assignForm } from '../views/forms/assign-form.ts';
import { muteForm } from '../views/forms/mute-form.ts';
import { resolveForm } from '../views/forms/resolve-form.ts';
import { roleForm } from '../views/forms/role-form.ts';
import { snoozeForm } from '../views/forms/snooze-form.ts';
import { type TouchpointDraft, touchpointForm } from '../views/forms/touchpoint-form.ts';
import { saidView } from '../views/said.ts';
import { slackErrorCode } from '../web-client.ts';
import { writeMetadata } from './form-metadata.ts';

type OpenFormOptions = {
  acts: Pick<Acts, 'subjectOf'>;
  records: Pick<Records, 'around'>;
  client: webApi.WebClient;
  clock: Clock;
};

/** An account, or a deal, which may belong to none. */
type Place = { kind: 'account' | 'deal'; id: string };
type AlertForm = 'assign' | 'snooze' | 'resolve';

/** Opens a form for whoever clicked, within the three seconds that Slack lets a click open one. The answer says why it did not; null: it stands there. */
export type OpenForm = {
  onAlert(form: AlertForm | 'touchpoint' | 'role' | 'mute', alertId: string, triggerId: string): Promise<View | null>;
  touchpoint(place: Place, draft: Partial<TouchpointDraft>, triggerId: string): Promise<View | null>;
  role(place: Place, wanted: { role: string | null; personId: string | null }, triggerId: string): Promise<View | null>;
  mute(accountId: string, triggerId: string): Promise<View | null>;
};

const over = (): View => saidView(md`ℹ️ This alert is over already: there is nothing to do about it any more.`);
const gone = (): View => saidView(md`ℹ️ This is not known any more: it may have been merged or deleted in the CRM.`);
const noPlace = (): View => saidView(md`ℹ️ This alert is about no account.`);
const tooSlow = (): View => saidView(md`ℹ️ That took longer than Slack lets a click open a form. Please click again.`);
const nobody = (): View => saidView(md`ℹ️ Nobody is known at this account yet. Add the people in the CRM; then say here who is who.`);

const alertForms: Record<AlertForm, (subject: AlertSubject, metadata: string) => ModalView> = {
  assign: assignForm,
  snooze: snoozeForm,
  resolve: resolveForm,
};

export function createOpenForm({ acts, records, client, clock }: OpenFormOptions): OpenForm {
  const open: OpenForm = {
    async onAlert(form, alertId, triggerId) {
      const subject = await acts.subjectOf(alertId);
      if (subject === null) return over();
      const place = placeOf(subject);
      switch (form) {
        case 'touchpoint':
          return place === null ? noPlace() : open.touchpoint(place, { dealId: subject.dealId, personId: subject.personId }, triggerId);
        case 'role':
          return place === null ? noPlace() : open.role(place, subject, triggerId);
        case 'mute':
          return subject.accountId === null ? noPlace() : open.mute(subject.accountId, triggerId);
        default:
          return show(alertForms[form](subject, writeMetadata({ alertId, seen: subject.standing })), triggerId);
      }
    },
    async touchpoint(place, draft, triggerId) {
      const around = await records.around(place);
      if (around === null) return gone();
      const metadata = writeMetadata({ accountId: around.account?.id ?? null, dealId: place.kind === 'deal' ? place.id : null });
      return show(touchpointForm(around, { at: clock.now(), ...draft }, metadata), triggerId);
    },
    async role(place, wanted, triggerId) {
      const around = await records.around(place);
      if (around === null) return gone();
      const metadata = writeMetadata({ accountId: around.account?.id ?? null, dealId: place.kind === 'deal' ? place.id : null });
      const form = roleForm(around, wanted, metadata);
      return form === null ? nobody() : show(form, triggerId);
    },
    async mute(accountId, triggerId) {
      const around = await records.around({ kind: 'account', id: accountId });
      return around?.account == null ? gone() : show(muteForm(around.account, writeMetadata({ accountId: around.account.id })), triggerId);
    },
  };
  return open;

  async function show(form: ModalView, triggerId: string): Promise<View | null> {
    try {
      await client.views.open({ trigger_id: triggerId, view: form });
      return null;
    } catch (error) {
      if (slackErrorCode(error) !== 'expired_trigger_id') throw error;
      return tooSlow();
    }
  }
}

const placeOf = ({ accountId, dealId }: AlertSubject): Place | null =>
  dealId !== null ? { kind: 'deal', id: dealId } : accountId !== null ? { kind: 'account', id: accountId } : null;
