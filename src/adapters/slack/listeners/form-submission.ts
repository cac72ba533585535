import { randomUUID } from 'node:crypto';
import type { App, ViewSubmitAction, webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { z } from 'zod';
import { messageOf } from '../../../app/errors.ts';
import type { Logger } from '../../../app/ports.ts';
import type { ActResult } from '../../../app/use-cases.ts';
import { type FormId, readValue } from '../action-values.ts';
import type { HomeState } from '../views/app-home-state.ts';
import type { View } from '../views/blocks.ts';
import { saidForm } from '../views/forms/form.ts';
import { failureForm, slowForm } from '../views/forms/trouble-form.ts';
import { actView, failureView } from '../views/said.ts';
import { type FilledForm, filledForm } from './filled-form.ts';
import { isLate, later, patienceMs as patience } from './late.ts';
import type { Redraw } from './redraw.ts';

export type FormOptions = {
  client: webApi.WebClient;
  redraw: Redraw;
  logger: Logger;
  /** Slack's three seconds, and some to spare. */
  patienceMs?: number;
};

type Submitted<Metadata> = { metadata: Metadata; filled: FilledForm; by: string; viewId: string };

/** What a form may carry along of where it was opened. */
type Opened = { accountId?: string | null; home?: HomeState | undefined };

/**
 * `fields`: names of those at which something can be wrong; what is wrong elsewhere is said in the form's place. `shows`: what is done can be seen on the
 * card, so that the form just closes where one stands.
 */
type FormDefinition<Schema extends z.ZodType<Opened>> = {
  id: FormId;
  metadata: Schema;
  fields: readonly string[];
  shows: boolean;
  submit(submitted: Submitted<z.infer<Schema>>): Promise<ActResult>;
};

type Outcome = ActResult | { kind: 'failed'; reference: string };

/** Of another version: what it carries along, or what it is called, is known no more. */
export const unreadableForm: ActResult = { kind: 'refused', message: 'This form is from an older version. Please open it again.' };

/**
 * Takes a form in: does what it asks for first, then lets Slack close it, say what is wrong at a field, or say in its place what became of it. Slack waits three
 * seconds; where it takes longer, the form says so, and what became of it when that is known.
 */
export function listenToForm<Schema extends z.ZodType<Opened>>(
  app: App,
  { id, metadata: schema, fields, shows, submit }: FormDefinition<Schema>,
  { client, redraw, logger, patienceMs = patience.listener }: FormOptions,
): void {
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: id }, async ({ ack, view, body, context }) => {
    const metadata = readValue(schema, view.private_metadata);
    const by = body.user.id;
    const outcome = attempt(async () =>
      metadata === null ? unreadableForm : submit({ metadata, filled: filledForm(view.state.values), by, viewId: view.id }),
    );
    const acknowledged = isLate(context);
    const inTime = acknowledged ? null : await Promise.race([outcome, later(patienceMs)]);
    if (inTime === null) {
      if (!acknowledged) await ack({ response_action: 'update', view: slowForm() });
      const late = placeOf(await outcome);
      await client.views.update({ view_id: view.id, view: late }).catch((error: unknown) => {
        logger.warn({ what: id, error: messageOf(error) }, 'cannot say what became of a form');
      });
    } else if (inTime.kind === 'refused' && inTime.about !== undefined && fields.includes(inTime.about)) {
      // Slack shows it under the field; markup means nothing there.
      return ack({ response_action: 'errors', errors: { [inTime.about]: inTime.message.replaceAll('`', '') } });
    } else if (inTime.kind === 'done' && shows && inTime.unseen !== true) await ack();
    else await ack({ response_action: 'update', view: placeOf(inTime) });
    const { accountId: id = null, home } = metadata ?? {};
    const account = view.previous_view_id === null || id === null ? null : { viewId: view.previous_view_id, id };
    await redraw({ userId: by, account, home, said: saidOf(await outcome) });
  });

  async function attempt(act: () => Promise<ActResult>): Promise<Outcome> {
    try {
      return await act();
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      logger.error({ what: id, reference, err: error }, 'a form could not be taken in');
      return { kind: 'failed', reference };
    }
  }
}

const placeOf = (outcome: Outcome): ModalView => (outcome.kind === 'failed' ? failureForm(outcome.reference) : saidForm(outcome));
const saidOf = (outcome: Outcome): View => (outcome.kind === 'failed' ? failureView(outcome.reference) : actView(outcome));
