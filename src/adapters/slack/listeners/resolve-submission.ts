import { randomUUID } from 'node:crypto';
import type { App, webApi } from '@slack/bolt';
import { z } from 'zod';
import { messageOf } from '../../../app/errors.ts';
import type { Logger } from '../../../app/ports.ts';
import type { Acts } from '../../../app/use-cases.ts';
import { resolveReasons } from '../../../core/alerts/alert.ts';
import { readValue, resolveModalId } from '../action-values.ts';
import type { View } from '../views/blocks.ts';
import { resolveFields } from '../views/resolve-modal.ts';
import { actView, failureView } from '../views/said.ts';

const metadataSchema = z.strictObject({ alertId: z.string(), channelId: z.string().nullable() });
const reasonSchema = z.enum(resolveReasons);

export const writeResolveMetadata = (metadata: z.infer<typeof metadataSchema>): string => JSON.stringify(metadata);

type SubmissionOptions = { acts: Acts; client: webApi.WebClient; logger: Logger };

/** The modal's answer. It closes at once; trouble is said where the card stands. */
export function listenToResolveSubmission(app: App, { acts, client, logger }: SubmissionOptions): void {
  app.view({ type: 'view_submission', callback_id: resolveModalId }, async ({ view, body }) => {
    const metadata = readValue(metadataSchema, view.private_metadata);
    const reason = reasonSchema.safeParse(view.state.values[resolveFields.reason]?.[resolveFields.reason]?.selected_option?.value).data;
    if (metadata === null || reason === undefined) return;
    const note = view.state.values[resolveFields.note]?.[resolveFields.note]?.value?.trim() ?? '';
    const trouble = await resolve(metadata.alertId, reason, note === '' ? null : note, body.user.id);
    if (trouble === null || metadata.channelId === null) return;
    await client.chat.postEphemeral({ channel: metadata.channelId, user: body.user.id, ...trouble }).catch((error: unknown) => {
      logger.warn({ error: messageOf(error) }, 'cannot answer in Slack');
    });
  });

  async function resolve(alertId: string, reason: z.infer<typeof reasonSchema>, note: string | null, by: string): Promise<View | null> {
    try {
      const result = await acts.resolve(alertId, reason, note, by);
      return result.kind === 'done' ? null : actView(result);
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      logger.error({ what: resolveModalId, reference, err: error }, 'a Slack request failed');
      return failureView(reference);
    }
  }
}
