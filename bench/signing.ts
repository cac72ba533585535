import { createHmac, randomBytes } from 'node:crypto';

/** The secret of a benchmark: made for it. */
export const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

/** The headers of one Standard Webhooks request. */
export function signatureHeaders(secret: string, id: string, body: string, nowMs: number): Record<string, string> {
  const seconds = String(Math.floor(nowMs / 1000));
  const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${seconds}.${body}`)
    .digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
}
