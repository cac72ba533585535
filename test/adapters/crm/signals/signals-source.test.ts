import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createSignalsSource } from '../../../../src/adapters/crm/signals/signals-source.ts';
import { verifyStandardWebhook } from '../../../../src/adapters/crm/signals/standard-webhook.ts';
import { examples, now, parse, rowsOf, seconds, secret, send, sign, signed, source, stage, token } from './signed-body.ts';

describe('who may send', () => {
  it('takes a signature that fits, among several, up to five minutes off', () => {
    const body = JSON.stringify(stage);
    expect(send(body)).toMatchObject({ ok: true });
    const several = { ...signed(body), 'webhook-signature': `v1,AAAA v1a,xyz ${sign(body, 'msg_1', seconds)}` };
    expect(send(body, several)).toMatchObject({ ok: true });
    for (const at of [seconds - 300, seconds + 300]) expect(send(body, signed(body, { at }))).toMatchObject({ ok: true });
  });

  it.each<[string, (body: string) => Record<string, string | undefined>]>([
    ['nothing', () => ({})],
    ['another secret', (body) => signed(body, { by: Buffer.alloc(32, 8) })],
    ['a signature of another body', () => signed('{}')],
    ['a signature of another id', (body) => ({ ...signed(body), 'webhook-id': 'msg_2' })],
    ['an old timestamp', (body) => signed(body, { at: seconds - 301 })],
    ['a future timestamp', (body) => signed(body, { at: seconds + 301 })],
    ['a timestamp that is none', (body) => signed(body, { at: 'yesterday' })],
    ['a signature of another version', (body) => ({ ...signed(body), 'webhook-signature': sign(body, 'msg_1', seconds).replace('v1,', 'v2,') })],
    ['a wrong token', () => ({ authorization: 'Bearer no' })],
    ['a token without its word', () => ({ authorization: token })],
  ])('refuses %s', (_, headers) => {
    const body = JSON.stringify(stage);
    expect(send(body, headers(body))).toMatchObject({ ok: false, status: 401 });
  });

  it('says what is wrong with what was sent: the token, or the signature', () => {
    const body = JSON.stringify(stage);
    expect(send(body, { authorization: 'Bearer no' })).toMatchObject({ message: 'the bearer token is wrong' });
    expect(send(body, { authorization: token })).toMatchObject({ message: 'Authorization: Bearer … is needed' });
    expect(send(body, { ...signed('{}'), authorization: 'Bearer no' })).toMatchObject({ message: 'no signature fits' });
  });

  it('takes the bearer token', () => {
    expect(send(JSON.stringify(stage), { authorization: `Bearer ${token}` })).toMatchObject({ ok: true });
    expect(send(JSON.stringify(stage), { authorization: `bearer  ${token}` })).toMatchObject({ ok: true });
  });

  it('takes each of several secrets and tokens, while one replaces another', () => {
    const body = JSON.stringify(stage);
    const newer = Buffer.alloc(32, 9);
    const both = createSignalsSource({ secrets: [`whsec_${newer.toString('base64')}`, secret], tokens: ['a-newer-token-of-ours', token] });
    const says = (headers: Record<string, string>) => both.verify({ method: 'POST', path: '/', headers, body: Buffer.from(body) }, now);
    const signedByBoth = `${sign(body, 'msg_1', seconds, Buffer.alloc(32, 8))} ${sign(body, 'msg_1', seconds)}`;
    for (const headers of [
      signed(body),
      signed(body, { by: newer }),
      { ...signed(body), 'webhook-signature': signedByBoth },
      { authorization: `Bearer ${token}` },
      { authorization: 'Bearer a-newer-token-of-ours' },
    ])
      expect(says(headers)).toMatchObject({ ok: true });
    expect(says(signed(body, { by: Buffer.alloc(32, 8) }))).toMatchObject({ ok: false, status: 401, message: 'no signature fits' });
    expect(says({ authorization: `Bearer a-newer-token-of-ours,${token}` })).toMatchObject({ ok: false, status: 401 });
  });

  it('does not take a token where only a secret is set, nor start without either', () => {
    const strict = createSignalsSource({ secrets: [secret] });
    expect(strict.verify({ method: 'POST', path: '/', headers: { authorization: `Bearer ${token}` }, body: Buffer.from('{}') }, now)).toMatchObject({
      ok: false,
      status: 401,
    });
    expect(() => createSignalsSource({})).toThrow(TypeError);
    expect(() => createSignalsSource({ secrets: [secret, 'whsec_***'] })).toThrow('whsec_');
  });

  it('agrees with the library of the standard, in both directions', () => {
    const library = new Webhook(secret);
    const check = verifyStandardWebhook([secret]);
    const at = Math.floor(Date.now() / 1_000);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.stringMatching(/^[a-z0-9_]{1,20}$/),
        fc.integer({ min: -290, max: 290 }),
        fc.boolean(),
        (body, id, off, honest) => {
          const theirs = library.sign(id, new Date((at + off) * 1_000), body);
          const headers = { 'webhook-id': honest ? id : `${id}x`, 'webhook-timestamp': String(at + off), 'webhook-signature': theirs };
          expect(check(headers, Buffer.from(body), at * 1_000) === null).toBe(honest);
          const ours = { ...headers, 'webhook-id': id, 'webhook-signature': sign(body, id, at + off) };
          expect(() => library.verify(body, ours, { jsonParse: false })).not.toThrow();
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('identity', () => {
  it('keys a body by its webhook-id and its hash, and names signals without an id by them', async () => {
    const body = JSON.stringify([stage, { ...stage, id: 'own' }]);
    const first = send(body, signed(body, { id: 'msg:7' }));
    expect(send(body, signed(body, { id: 'msg:7', at: seconds + 5 }))).toEqual(first);
    expect(rowsOf(send(body, signed(body, { id: 'other' })))[0]?.key).not.toBe(rowsOf(first)[0]?.key);
    expect(await parse(first)).toMatchObject([{ signals: [{ id: 'msg:7:0' }, { id: 'own' }] }]);
  });

  it('keys a body without a webhook-id by its hash alone', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const verdict = send(JSON.stringify(stage), headers);
    expect(verdict).toEqual(send(JSON.stringify(stage), headers));
    const [row] = rowsOf(verdict);
    expect(await parse(verdict)).toMatchObject([{ signals: [{ id: `${row?.key}:0` }] }]);
  });

  it('keeps the body as it came', () => {
    const body = `  ${JSON.stringify(stage)}\n`;
    expect(rowsOf(send(body))[0]?.body).toBe(body);
  });

  it('says the same whether it remembers the body or reads it again', async () => {
    const verdict = send(`[${examples.join(',')}]`);
    const remembered = await source.parse(rowsOf(verdict), now);
    expect(await source.parse(rowsOf(verdict), now)).toEqual(remembered);
  });

  it('remembers a bounded number of bodies, and loses none of the others', async () => {
    const bodies = Array.from({ length: 20 }, (_, index) => JSON.stringify(Array.from({ length: 400 }, () => ({ ...stage, id: `s${index}` }))));
    const rows = bodies.flatMap((body) => rowsOf(send(body)));
    const outcomes = await source.parse(rows, now);
    expect(outcomes.map((outcome) => (outcome.kind === 'signals' ? outcome.signals[0]?.id : outcome.kind))).toEqual(
      bodies.map((_, index) => `s${index}`),
    );
  });

  it('makes a dead letter of a row that cannot be read any more', async () => {
    expect(await source.parse([{ id: 1, source: 'signals', key: 'k', body: '{"a":', receivedAt: now, attempts: 0 }], now)).toEqual([
      { kind: 'dead', error: expect.stringMatching(/^not JSON/) },
    ]);
  });
});
