import { describe, expect, it } from 'vitest';
import { authorized, counted, type Door, noTrace, open, post, signal, source } from './signals-door.ts';

describe('a webhook', () => {
  it('is answered 200 once it is stored, and says so to whoever processes it', async () => {
    const door = await open();
    const answer = await post(door);
    expect([answer.status, await answer.json()]).toEqual([200, { accepted: 1, new: 1 }]);
    expect(door.rows.map(({ body }) => body)).toEqual([signal()]);
    expect(door.accepted).toEqual(['signals']);
    expect(await counted(door, 200)).toBe(true);
  });

  it('is answered 200 twice when it comes twice, and is stored once', async () => {
    const door = await open();
    const answers = [await post(door), await post(door)];
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { accepted: 1, new: 1 },
      { accepted: 1, new: 0 },
    ]);
    expect(door.rows).toHaveLength(1);
  });

  it('is told of as many signals as it brought, whether they are new or not', async () => {
    const door = await open();
    const both = `[${signal('e1')},${signal('e2')}]`;
    const answers = [await post(door, both), await post(door, both)];
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['{"accepted":2,"new":2}', '{"accepted":2,"new":0}']);
  });

  it('is not answered before it is stored', async () => {
    const door = await open();
    const stored = Promise.withResolvers<{ fresh: number }>();
    const asked = Promise.withResolvers<void>();
    door.inbox.accept = () => {
      asked.resolve();
      return stored.promise;
    };
    let answered = false;
    const answer = post(door).then((response) => {
      answered = true;
      return response;
    });
    await asked.promise;
    expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
    expect([answered, door.accepted]).toEqual([false, []]);
    stored.resolve({ fresh: 1 });
    expect((await answer).status).toBe(200);
  });

  it('may say its charset, and may be a CloudEvent', async () => {
    const door = await open();
    expect((await post(door, signal('a'), { ...authorized, 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
    expect((await post(door, signal('b'), { ...authorized, 'content-type': 'Application/CloudEvents+JSON' })).status).toBe(200);
  });

  it.each<[string, number, RegExp, Parameters<typeof post> extends [Door, ...infer Rest] ? Rest : never]>([
    ['no signature', 401, /bearer/i, [signal(), { 'content-type': 'application/json' }]],
    ['broken JSON', 400, /not JSON/, ['{"id":']],
    ['an unknown field', 400, /foo: unknown field/, [signal().replace('{', '{"foo":1,')]],
    ['no body', 400, /empty/, [null]],
    ['an empty body', 400, /empty/, ['']],
    ['a form', 415, /application\/json/, ['a=1', { ...authorized, 'content-type': 'application/x-www-form-urlencoded' }]],
    ['text', 415, /application\/json/, [signal(), { ...authorized, 'content-type': 'text/plain' }]],
    ['a content type that is none', 415, /application\/json/, [signal(), { ...authorized, 'content-type': 'json' }]],
    ['a compressed body', 415, /identity/, [signal(), { ...authorized, 'content-encoding': 'gzip' }]],
    ['2 MB', 413, /1048576/, ['x'.repeat(2_000_000)]],
  ])('with %s is refused, and leaves a count, a line without its body and no other trace', async (_, code, reason, args) => {
    const door = await open();
    const answer = await post(door, ...args);
    const body = (await answer.json()) as { error: { message: string } };
    expect([answer.status, body]).toEqual([code, { error: { code: expect.any(String), message: expect.stringMatching(reason) } }]);
    expect(answer.headers.get('content-type')).toContain('application/json');
    noTrace(door);
    expect(await counted(door, code)).toBe(true);
    expect(door.lines).toEqual([{ level: 'warn', fields: { source: 'signals', code, reason: body.error.message }, message: 'webhook refused' }]);
  });

  it('is told of once a minute, however many are refused, with how many were left out', async () => {
    let now = Date.now();
    const door = await open({ now: () => now });
    const refused = async () => (await post(door, signal(), { 'content-type': 'application/json' })).status;
    expect([await refused(), await refused(), await refused()]).toEqual([401, 401, 401]);
    expect(door.lines).toHaveLength(1);
    now += 60_000;
    expect(await refused()).toBe(401);
    expect(door.lines).toMatchObject([{ fields: { code: 401 } }, { fields: { code: 401, leftOut: 2 } }]);
    expect(await counted(door, 401, 4)).toBe(true);
  });

  it('of 2 MB without a length is refused, too, and the connection stays in order', async () => {
    const door = await open();
    const chunk = new TextEncoder().encode('x'.repeat(100_000));
    let left = 20;
    const stream = new ReadableStream({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    expect((await post(door, stream)).status).toBe(413);
    expect((await post(door)).status).toBe(200);
  });

  it('of exactly 1 MiB is let in', async () => {
    const door = await open();
    const padded = signal().padEnd(1_048_576, ' ');
    expect((await post(door, padded)).status).toBe(200);
    expect((await post(door, `${padded} `)).status).toBe(413);
  });

  it('that cannot be stored now is answered 503 with Retry-After, and nothing of the inside', async () => {
    const door = await open();
    door.inbox.accept = () => Promise.reject(new Error('SQLITE_FULL: /secret/place'));
    const answer = await post(door);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.text()).not.toContain('SQLITE');
    noTrace(door);
  });

  it('is answered 500 without a stack when the fault is ours', async () => {
    const broken = {
      ...source,
      verify: () => {
        throw new Error('a secret of ours');
      },
    };
    const door = await open({}, [broken]);
    const answer = await post(door);
    expect([answer.status, await answer.json()]).toEqual([500, { error: { code: 'internal', message: 'internal error' } }]);
  });
});

describe('too much', () => {
  it('is answered 429 with the time to wait, for those whose signature holds', async () => {
    const time = Date.now();
    let ahead = 0;
    const door = await open({ now: () => time + ahead, limits: { requestsPerSecond: 0.5, burst: 2 } });
    for (let count = 0; count < 5; count += 1) expect((await post(door, signal(), { 'content-type': 'application/json' })).status).toBe(401);
    expect([(await post(door)).status, (await post(door)).status]).toEqual([200, 200]);
    const refused = await post(door);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    ahead = 2_000;
    expect((await post(door)).status).toBe(200);
  });

  it('waiting to be stored is answered 503', async () => {
    const door = await open({ limits: { underWay: 1 } });
    const stored = Promise.withResolvers<{ fresh: number }>();
    const asked = Promise.withResolvers<void>();
    door.inbox.accept = () => {
      asked.resolve();
      return stored.promise;
    };
    const first = post(door);
    await asked.promise;
    const second = await post(door);
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '2']);
    stored.resolve({ fresh: 1 });
    expect((await first).status).toBe(200);
  });

  it('waiting to be processed is answered 503', async () => {
    const door = await open({ backlog: () => 10, limits: { backlog: 10 } });
    const answer = await post(door);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    noTrace(door);
  });
});

describe('addresses', () => {
  it('of sources that are off, and any other, are answered 404', async () => {
    const door = await open();
    for (const path of ['/webhooks/hubspot', '/slack/events', '/', '/webhooks/signals/x', '/webhooks'])
      expect([(await post(door, signal(), authorized, path)).status, path]).toEqual([404, path]);
    expect((await fetch(`${door.url}/%zz`)).status).toBe(400);
  });

  it.each([
    ['nothing', ''],
    ['half a body', '{"a":'],
    ['two megabytes', JSON.stringify('x'.repeat(2_097_152))],
  ])('where there is nothing are answered 404, and 405 with another method, whatever is sent: %s', async (_what, body) => {
    const door = await open();
    const asked = async (method: string, path: string) =>
      (await fetch(`${door.url}${path}`, { method, body, headers: { 'content-type': 'application/json' } })).status;
    expect(await asked('POST', '/nothing')).toBe(404);
    expect(await asked('PUT', '/webhooks/signals')).toBe(405);
    expect(await asked('POST', '/healthz')).toBe(405);
    expect((await post(door, signal(), authorized)).status).toBe(200);
  });

  it('asked with another method are answered 405 with those there are', async () => {
    const door = await open();
    const asked = async (method: string, path: string) => {
      const answer = await fetch(`${door.url}${path}`, { method });
      return [answer.status, answer.headers.get('allow')];
    };
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) expect(await asked(method, '/webhooks/signals?x=1')).toEqual([405, 'POST']);
    expect(await asked('POST', '/healthz')).toEqual([405, 'GET, HEAD']);
  });

  it('with a word of their own in them are, too, whatever the word', async () => {
    const door = await open({}, [{ ...source, path: '/webhooks/salesforce/:secret' }]);
    const asked = async (path: string) => {
      const answer = await fetch(`${door.url}${path}`);
      return [answer.status, answer.headers.get('allow')];
    };
    for (const path of ['/webhooks/salesforce/right', '/webhooks/salesforce/wrong?wsdl']) expect(await asked(path)).toEqual([405, 'POST']);
    for (const path of ['/webhooks/salesforce', '/webhooks/salesforce/right/x']) expect((await asked(path))[0]).toBe(404);
  });

  it('with a long word of their own in them reach the source, which knows whether it is the right one', async () => {
    const word = 'x'.repeat(200);
    const path = `/webhooks/salesforce/${word}`;
    const door = await open({}, [{ ...source, path: '/webhooks/salesforce/:secret' }]);
    expect((await post(door, signal(), authorized, path)).status).toBe(200);
    expect((await post(door, signal(), { 'content-type': 'application/json' }, `${path}x`)).status).toBe(401);
  });

  it('bring their query along to the source, which may have signed it', async () => {
    const seen: string[] = [];
    const door = await open({}, [
      {
        ...source,
        verify: (request, now) => {
          seen.push(request.path);
          return source.verify(request, now);
        },
      },
    ]);
    await post(door, signal(), authorized, '/webhooks/signals?a=%2Fb&c');
    expect(seen).toEqual(['/webhooks/signals?a=%2Fb&c']);
  });
});
