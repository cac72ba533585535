import { createHmac } from 'node:crypto';
import { createSignalsSource } from '../../../../src/adapters/crm/signals/signals-source.ts';
import type { Verdict } from '../../../../src/app/crm-source.ts';
import type { InboxRow } from '../../../../src/app/ports.ts';

/** The signals endpoint's door, and bodies as a sender signs them. */

export const key = Buffer.alloc(32, 7);
export const secret = `whsec_${key.toString('base64')}`;
export const token = 'a-token-of-some-length';
export const now = Date.parse('2026-10-01T12:00:00Z');
export const seconds = now / 1_000;
export const source = createSignalsSource({ secrets: [secret], tokens: [token] });

/** The examples of the interface, word for word. */
export const examples = [
  '{"id":"e1","type":"account.upserted","occurredAt":"2026-09-01T08:00:00Z","account":{"id":"a-1","name":"Acme GmbH","domain":"acme.example","segment":"enterprise","ownerEmail":"dana@us.example","lifecycleStage":"customer","renewalDate":"2027-03-01","url":"https://crm.example/a-1"}}',
  '{"id":"e2","type":"deal.upserted","occurredAt":"2026-09-01T08:00:00Z","deal":{"id":"d-1","accountId":"a-1","name":"Acme rollout","pipeline":"default","stage":"qualifiedtobuy","amount":48000,"currency":"EUR","ownerEmail":"dana@us.example","closeDate":"2026-12-15","status":"open","url":"https://crm.example/d-1"}}',
  '{"id":"e3","type":"person.upserted","occurredAt":"2026-09-02T08:00:00Z","person":{"id":"p-1","accountId":"a-1","dealIds":["d-1"],"name":"Priya Nair","title":"CFO","email":"priya@acme.example","roles":["Economic Buyer"]}}',
  '{"id":"e4","type":"touchpoint.recorded","occurredAt":"2026-09-03T10:00:00Z","touchpoint":{"accountId":"a-1","dealId":"d-1","personId":"p-1","type":"pricing_viewed","channel":"web","direction":"inbound","asset":"pricing","sentiment":1}}',
  '{"id":"e5","type":"stage.entered","occurredAt":"2026-09-20T10:00:00Z","stage":{"dealId":"d-1","stage":"contractsent"}}',
  '{"id":"e6","type":"next-step.set","occurredAt":"2026-09-21T10:00:00Z","nextStep":{"dealId":"d-1","title":"Security review","due":"2026-10-02"}}',
  '{"id":"e7","type":"metric.recorded","occurredAt":"2026-09-22T10:00:00Z","metric":{"accountId":"a-1","name":"nps","value":9}}',
  '{"id":"e8","type":"milestone.completed","occurredAt":"2026-09-25T10:00:00Z","milestone":{"accountId":"a-1","name":"sso_live"}}',
  '{"id":"e9","type":"role.assigned","occurredAt":"2026-09-26T10:00:00Z","role":{"personId":"p-1","role":"economic_buyer"}}',
  '{"id":"e10","type":"record.merged","occurredAt":"2026-09-27T10:00:00Z","merge":{"kind":"account","from":["a-9"],"into":"a-1"}}',
  '{"id":"e11","type":"record.deleted","occurredAt":"2026-09-28T10:00:00Z","record":{"kind":"deal","id":"d-7"}}',
  '{"id":"e12","type":"record.erased","occurredAt":"2026-09-29T10:00:00Z","record":{"kind":"person","id":"p-9"}}',
];
export const stage = { type: 'stage.entered', occurredAt: '2026-09-20T10:00:00Z', stage: { dealId: 'd-1', stage: 'contractsent' } };

export const sign = (body: string | Buffer, id: string, at: number | string, by = key): string =>
  `v1,${createHmac('sha256', by).update(`${id}.${at}.`).update(body).digest('base64')}`;
export const signed = (body: string | Buffer, { id = 'msg_1', at = seconds as number | string, by = key } = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': String(at),
  'webhook-signature': sign(body, id, at, by),
});
export const send = (body: string | Buffer, headers: Record<string, string | undefined> = signed(body), at = now): Verdict =>
  source.verify({ method: 'POST', path: '/webhooks/signals', headers, body: Buffer.from(body) }, at);

export const rowsOf = (verdict: Verdict): InboxRow[] =>
  verdict.ok ? verdict.entries.map((entry, index) => ({ ...entry, id: index, source: 'signals' as const, receivedAt: now, attempts: 0 })) : [];
/** What comes out, by a source that has not seen it before. */
export const parse = (verdict: Verdict) => createSignalsSource({ secrets: [secret] }).parse(rowsOf(verdict), now);
