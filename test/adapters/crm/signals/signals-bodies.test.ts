import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signalSchema } from '../../../../src/adapters/crm/signals/signal-schema.ts';
import type { Verdict } from '../../../../src/app/crm-source.ts';
import { dayMs } from '../../../../src/core/time.ts';
import { examples, now, parse, send, stage } from './signed-body.ts';

const sendJson = (body: unknown): Verdict => send(JSON.stringify(body));
const refusal = (message: string) => ({ ok: false, status: 400, message });

describe('what may be sent', () => {
  it('takes every example of the interface', async () => {
    for (const example of examples) {
      const { id, type, occurredAt, ...rest } = JSON.parse(example);
      expect(await parse(send(example))).toEqual([
        { kind: 'signals', signals: [{ id, source: 'signals', type, occurredAt: Date.parse(occurredAt), ...rest }] },
      ]);
    }
    expect(send(`[${examples.join(',')}]`)).toMatchObject({ ok: true });
  });

  it('takes null for what an upsert empties, and nothing for what it does not speak of', async () => {
    const emptied = {
      type: 'deal.upserted',
      occurredAt: '2026-09-01T10:00:00+02:00',
      deal: { id: 'd-1', amount: null, closeDate: null, accountId: null },
    };
    expect(await parse(sendJson(emptied))).toEqual([
      { kind: 'signals', signals: [expect.objectContaining({ occurredAt: Date.parse('2026-09-01T08:00:00Z'), deal: emptied.deal })] },
    ]);
  });

  it('refuses unknown fields with their path, all at once', () => {
    const body = [stage, { ...stage, extra: 1 }, { type: 'deal.upserted', occurredAt: stage.occurredAt, deal: { id: 'd', foo: 1, bar: 2 } }];
    expect(sendJson(body)).toEqual(
      refusal('signals[1].extra: unknown field; signals[2].deal.foo: unknown field; signals[2].deal.bar: unknown field'),
    );
    expect(sendJson({ ...stage, stage: { ...stage.stage, foo: 1 } })).toEqual(refusal('stage.foo: unknown field'));
    expect(send('{"type":"stage.entered","occurredAt":"2026-09-20T10:00:00Z","stage":{"dealId":"d","stage":"s","__proto__":{"a":1}}}')).toEqual(
      refusal('stage.__proto__: unknown field'),
    );
  });

  it.each<[string, unknown, string]>([
    ['a time without an offset', { ...stage, occurredAt: '2026-09-20T10:00:00' }, 'occurredAt: expected an ISO 8601 time with an offset'],
    ['a day for a time', { ...stage, occurredAt: '2026-09-20' }, 'occurredAt: expected an ISO 8601'],
    ['a number for a time', { ...stage, occurredAt: now }, 'occurredAt: expected an ISO 8601'],
    ['a time before there were CRMs', { ...stage, occurredAt: '1989-12-31T23:59:59Z' }, 'occurredAt: expected a time from 1990'],
    ['a time more than a day ahead', { ...stage, occurredAt: new Date(now + dayMs + 1).toISOString() }, 'occurredAt: expected a time from 1990'],
    [
      'a day that is none',
      { type: 'deal.upserted', occurredAt: stage.occurredAt, deal: { id: 'd', closeDate: '2026-02-30' } },
      'deal.closeDate: expected a day',
    ],
    [
      'an address that is not http',
      { type: 'deal.upserted', occurredAt: stage.occurredAt, deal: { id: 'd', url: 'javascript:alert(1)' } },
      'deal.url: expected an http',
    ],
    [
      'an address with a bar in it',
      { type: 'deal.upserted', occurredAt: stage.occurredAt, deal: { id: 'd', url: 'https://a.example/|x>' } },
      'deal.url: expected an http',
    ],
    [
      'an e-mail address that is none',
      { type: 'deal.upserted', occurredAt: stage.occurredAt, deal: { id: 'd', ownerEmail: 'dana' } },
      'deal.ownerEmail: expected an e-mail',
    ],
    [
      'an amount in words',
      { type: 'deal.upserted', occurredAt: stage.occurredAt, deal: { id: 'd', amount: '48000' } },
      'deal.amount: Invalid input: expected number',
    ],
    ['a control character', { ...stage, stage: { dealId: 'd\u0000', stage: 's' } }, 'stage.dealId: must not hold control characters'],
    ['half a surrogate', { ...stage, stage: { dealId: 'd', stage: '\ud800' } }, 'stage.stage: must not hold control characters'],
    ['an empty id', { ...stage, stage: { dealId: '', stage: 's' } }, 'stage.dealId: must not be empty'],
    ['an id that is too long', { ...stage, id: 'x'.repeat(256) }, 'id: must not be longer than 255'],
    [
      'a sentiment out of range',
      { type: 'touchpoint.recorded', occurredAt: stage.occurredAt, touchpoint: { dealId: 'd', type: 't', direction: 'inbound', sentiment: 3 } },
      'touchpoint.sentiment',
    ],
    [
      'our person without an address',
      { type: 'touchpoint.recorded', occurredAt: stage.occurredAt, touchpoint: { dealId: 'd', type: 't', direction: 'outbound', by: 'Mia' } },
      'touchpoint.by: expected an e-mail address',
    ],
    [
      'a touchpoint with nobody',
      { type: 'touchpoint.recorded', occurredAt: stage.occurredAt, touchpoint: { type: 't', direction: 'inbound' } },
      'touchpoint: needs an accountId',
    ],
    [
      'a merge into itself',
      { type: 'record.merged', occurredAt: stage.occurredAt, merge: { kind: 'deal', from: ['a'], into: 'a' } },
      'merge.from: must not hold',
    ],
    ['a type nobody knows', { ...stage, type: 'deal.exploded' }, 'type: expected one of account.upserted'],
    ['an empty array', [], 'the array is empty'],
    ['501 signals', Array.from({ length: 501 }, () => stage), 'too many signals: 501'],
    ['a word', 'hello', 'body: Invalid input'],
    ['a lot of mistakes, the first ten of them', Array.from({ length: 30 }, () => ({ ...stage, foo: 1 })), 'and 20 more'],
  ])('refuses %s', (_, body, message) => {
    expect(sendJson(body)).toEqual(refusal(expect.stringContaining(message) as unknown as string));
  });

  it('refuses what is no JSON, and does not repeat it', () => {
    expect(send('{"secret": tru')).toEqual(refusal(expect.stringMatching(/^not JSON/) as unknown as string));
    expect(send('{"secret": tru')).not.toMatchObject({ message: expect.stringContaining('secret') });
    expect(send(Buffer.from([0x7b, 0xff]))).toEqual(refusal('not UTF-8'));
    expect(send(Buffer.from('{"a":"\u0001"}'))).toMatchObject({ status: 400 });
  });

  it.each([['2026-09-01T10:00+02:00'], ['2026-09-01T10:00:00+0200'], ['2026-09-01T10:00:00,000+02'], ['2026-09-01t08:00:00z']])(
    'takes %s for a time: ISO 8601 and RFC 3339 let it be written so',
    async (occurredAt) => {
      expect(sendJson({ ...stage, occurredAt })).toMatchObject({ ok: true });
      expect(signalSchema.parse({ ...stage, occurredAt }).occurredAt).toBe(Date.parse('2026-09-01T08:00:00Z'));
    },
  );

  it.each(['2026-09-01T08:00:00Z00', '2026-02-30T08:00+0000', '2026-09-01T08:60Z', '2026-09-01T08:00:00+99:00'])(
    'refuses the time %s',
    (occurredAt) => {
      expect(sendJson({ ...stage, occurredAt })).toMatchObject({ ok: false, status: 400 });
    },
  );

  it('takes 500 signals, and one a little ahead of our clock', () => {
    expect(sendJson(Array.from({ length: 500 }, () => stage))).toMatchObject({ ok: true });
    expect(sendJson({ ...stage, occurredAt: new Date(now + dayMs).toISOString() })).toMatchObject({ ok: true });
  });

  it('never throws, whatever JSON comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            type: fc.constantFrom('deal.upserted', 'stage.entered', 'record.merged'),
            occurredAt: fc.jsonValue(),
            deal: fc.jsonValue(),
            stage: fc.jsonValue(),
            merge: fc.jsonValue(),
          }),
          fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        ),
        (body) => {
          expect(sendJson(body)).toMatchObject({ ok: false, status: 400 });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('CloudEvents', () => {
  const event = {
    specversion: '1.0',
    id: '42',
    source: '/shop',
    type: 'example',
    time: '2026-09-20T10:00:00Z',
    traceparent: 'extension',
    data: stage,
  };

  it('takes a signal out of its envelope, with the identity of the event', async () => {
    const { occurredAt: _, ...untimed } = stage;
    const expected = [{ kind: 'signals', signals: [{ ...stage, id: '/shop 42', source: 'signals', occurredAt: Date.parse(stage.occurredAt) }] }];
    expect(await parse(sendJson({ ...event, data: { ...stage, id: 'inner' } }))).toEqual(expected);
    expect(await parse(sendJson({ ...event, data: untimed }))).toEqual(expected);
  });

  it.each<[string, object, string]>([
    ['an unknown field in the signal', { data: { ...stage, foo: 1 } }, 'data.foo: unknown field'],
    ['another version', { specversion: '0.3' }, 'specversion'],
    ['several signals', { data: [stage] }, 'data: expected one signal'],
    ['no source', { source: '' }, 'source'],
  ])('refuses %s', (_, change, message) => {
    expect(sendJson({ ...event, ...change })).toEqual(refusal(expect.stringContaining(message) as unknown as string));
  });
});
