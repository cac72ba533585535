import { createHmac } from 'node:crypto';
import { Signature } from '@hubspot/api-client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHubspotSource } from '../../../../src/adapters/crm/hubspot/hubspot-source.ts';
import { verifySignatureV3 } from '../../../../src/adapters/crm/hubspot/signature-v3.ts';
import { createQuietLogger } from '../../http/quiet-logger.ts';

const clientSecret = 'app-secret';
const publicUrl = 'https://bot.example/hooks/';
const now = Date.parse('2026-06-01T12:00:00Z');
const source = createHubspotSource({ clientSecret, publicUrl, api: null, clock: { now: () => now }, logger: createQuietLogger() });

const event = {
  eventId: 1,
  subscriptionId: 7,
  portalId: 42,
  appId: 5,
  occurredAt: now,
  subscriptionType: 'deal.propertyChange',
  attemptNumber: 0,
  objectId: 123,
  propertyName: 'amount',
  propertyValue: '1',
  changeSource: 'CRM_UI',
};

type Sent = { body?: unknown; raw?: Buffer; path?: string; signedUri?: string; at?: number; secret?: string; signature?: string };
function verify({
  body = [event],
  raw = Buffer.from(JSON.stringify(body)),
  path = '/webhooks/hubspot',
  signedUri = `https://bot.example/hooks${path}`,
  at = now,
  secret = clientSecret,
  signature,
}: Sent = {}) {
  const signed = signature ?? createHmac('sha256', secret).update(`POST${signedUri}`).update(raw).update(String(at)).digest('base64');
  return source.verify(
    { method: 'POST', path, headers: { 'x-hubspot-signature-v3': signed, 'x-hubspot-request-timestamp': String(at) }, body: raw },
    now,
  );
}

describe('signature v3', () => {
  it('takes what HubSpot signs, over the public address with its path and query', () => {
    expect(verify()).toMatchObject({ ok: true });
    expect(verify({ path: '/webhooks/hubspot?team=a&b=c' })).toMatchObject({ ok: true });
  });

  it.each<[string, Sent]>([
    ['another secret', { secret: 'other' }],
    ['another address', { signedUri: 'https://elsewhere.example/webhooks/hubspot' }],
    ['a query that was not signed', { path: '/webhooks/hubspot?x=1', signedUri: 'https://bot.example/hooks/webhooks/hubspot' }],
    [
      'a body that was changed',
      { signature: createHmac('sha256', clientSecret).update(`POSThttps://bot.example/hooks/webhooks/hubspot[]${now}`).digest('base64') },
    ],
    ['a timestamp over five minutes old', { at: now - 300_001 }],
    ['a timestamp over five minutes ahead', { at: now + 300_001 }],
    ['a timestamp that is none', { at: Number.NaN }],
    ['no signature', { signature: '' }],
    ['a signature that is too long', { signature: `${createHmac('sha256', clientSecret).update('x').digest('base64')}=` }],
  ])('refuses %s', (_, sent) => {
    expect(verify(sent)).toMatchObject({ ok: false, status: 401 });
  });

  it('takes a timestamp up to five minutes off', () => {
    expect([verify({ at: now - 300_000 }).ok, verify({ at: now + 300_000 }).ok]).toEqual([true, true]);
  });

  it('undoes the escapes HubSpot undoes, and no others', () => {
    expect(verify({ path: '/webhooks/hubspot?q=a%3Ab%2fc%2C', signedUri: 'https://bot.example/hooks/webhooks/hubspot?q=a:b/c,' })).toMatchObject({
      ok: true,
    });
    expect(verify({ path: '/webhooks/hubspot?q=a%20b%26', signedUri: 'https://bot.example/hooks/webhooks/hubspot?q=a%20b%26' })).toMatchObject({
      ok: true,
    });
    expect(verify({ path: '/webhooks/hubspot?q=a%20b', signedUri: 'https://bot.example/hooks/webhooks/hubspot?q=a b' })).toMatchObject({ ok: false });
  });

  it('agrees with HubSpot’s own library', () => {
    const check = verifySignatureV3(clientSecret, 'https://bot.example');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.webPath(),
        fc.integer({ min: now - 300_000, max: now + 300_000 }),
        fc.boolean(),
        (body, path, at, honest) => {
          // The library takes an address whose escapes are undone already: paths without any.
          const plain = path.replaceAll('%', '-');
          const signature = Signature.getSignature('POST', 'v3', {
            clientSecret: honest ? clientSecret : 'other',
            requestBody: body,
            signature: '',
            url: `https://bot.example${plain}`,
            timestamp: at,
          });
          const complaint = check(
            {
              method: 'POST',
              path: plain,
              headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(at) },
              body: Buffer.from(body),
            },
            now,
          );
          expect(complaint === null).toBe(honest);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('bodies', () => {
  it('makes one entry an event, keyed by what makes the event itself', () => {
    const other = { ...event, eventId: 2, objectId: 124 };
    const verdict = verify({ body: [event, other, { ...event, attemptNumber: 1 }] });
    expect(verdict).toEqual({
      ok: true,
      entries: [
        { key: `42:deal.propertyChange:123:1:${now}:amount`, body: JSON.stringify({ ...event, attemptNumber: 1 }) },
        { key: `42:deal.propertyChange:124:2:${now}:amount`, body: JSON.stringify(other) },
      ],
    });
  });

  it('takes events without an objectId, with eventType for subscriptionType, and with fields it does not know', () => {
    const { objectId: _, subscriptionType: __, ...rest } = event;
    const merge = { ...rest, subscriptionType: 'contact.merge', primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 3 };
    const link = { ...rest, eventType: 'deal.associationChange', associationType: 'DEAL_TO_CONTACT', fromObjectId: 1, toObjectId: 2, news: { a: 1 } };
    expect(verify({ body: [merge, link] })).toMatchObject({
      ok: true,
      entries: [{ key: expect.stringContaining(':contact.merge:1:') }, { key: expect.stringContaining(':deal.associationChange:1>2:') }],
    });
  });

  it('takes what is empty for what is left out, and numbers as text', () => {
    const empty = { ...event, newObjectId: null, associationRemoved: null, eventType: null };
    expect(verify({ body: [empty] })).toMatchObject({ ok: true, entries: [{ key: `42:deal.propertyChange:123:1:${now}:amount` }] });
    const texts = { ...event, eventId: '1', portalId: '42', objectId: '123', occurredAt: String(now) };
    expect(verify({ body: [texts] })).toMatchObject({ ok: true, entries: [{ key: `42:deal.propertyChange:123:1:${now}:amount` }] });
  });

  it('takes the good events of a body, and keeps one that cannot be read for the dead letters', () => {
    const bad = { ...event, subscriptionType: undefined };
    expect(verify({ body: [event, bad] })).toMatchObject({
      ok: true,
      entries: [
        { key: `42:deal.propertyChange:123:1:${now}:amount` },
        { key: expect.stringMatching(/^unreadable [0-9a-f]{64}$/), body: JSON.stringify(bad) },
      ],
    });
  });

  it.each<[string, Sent, string]>([
    ['no JSON', { raw: Buffer.from('[{') }, 'JSON array'],
    ['an object', { body: event }, 'JSON array'],
    ['an empty array', { body: [] }, 'JSON array'],
    ['an event without its type', { body: [{ ...event, subscriptionType: undefined }] }, '[0].subscriptionType: is missing'],
    ['an event without its object', { body: [{ ...event, objectId: undefined }] }, '[0].objectId: is missing'],
    ['an event without its time', { body: [{ ...event, occurredAt: undefined }] }, '[0].occurredAt'],
    ['bytes that are no UTF-8', { raw: Buffer.from([0x5b, 0xff, 0x5d]) }, 'UTF-8'],
  ])('refuses %s', (_, sent, message) => {
    expect(verify(sent)).toEqual({ ok: false, status: 400, message: expect.stringContaining(message) });
  });
});
