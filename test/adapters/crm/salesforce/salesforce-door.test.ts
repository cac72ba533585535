import { describe, expect, it } from 'vitest';
import { acme, type Joined, salesforceOfTest, secret } from './joined.ts';

const post = async (to: string, body: string | Buffer, type = 'text/xml; charset=utf-8') => {
  const response = await fetch(to, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: { 'content-type': type } });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

const acknowledged =
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>';

/** One message about Acme's deal, as Salesforce writes it. */
const message = (joined: Joined): string => joined.salesforce.messages.bodyOf('Opportunity', [acme(joined).deal]);

describe('the door for Salesforce', () => {
  it('answers with the exact acknowledgement, as text/xml', async () => {
    const joined = await salesforceOfTest();
    const answer = await post(joined.door, message(joined));
    expect(answer).toEqual({ status: 200, type: 'text/xml; charset=utf-8', text: acknowledged });
    expect(joined.waiting()).toBe(1);
  });

  it('takes SOAP 1.2, too', async () => {
    const joined = await salesforceOfTest();
    expect(await post(joined.door, message(joined), 'application/soap+xml')).toMatchObject({ status: 200 });
  });

  it('keeps one row a notification', async () => {
    const joined = await salesforceOfTest();
    const { deal } = acme(joined);
    const other = joined.salesforce.records.create('Opportunity', { Name: 'Other', StageName: 'Prospecting', CloseDate: '2026-10-01' });
    await post(joined.door, joined.salesforce.messages.bodyOf('Opportunity', [deal, other]));
    expect(joined.pending().map(({ key }) => key)).toEqual(['notification:04l900000000000AAA', 'notification:04l900000000001AAA']);
  });

  it('acknowledges only what is durable: Salesforce sends the rest again', async () => {
    const joined = await salesforceOfTest();
    acme(joined);
    const waiting = joined.salesforce.messages.waiting();
    joined.breakDoor(true);
    expect(new Set(await joined.send())).toEqual(new Set([503]));
    expect(joined.salesforce.messages.waiting()).toBe(waiting);
    expect(joined.waiting()).toBe(0);
    joined.breakDoor(false);
    expect(new Set(await joined.send())).toEqual(new Set([200]));
    expect(joined.salesforce.messages.waiting()).toBe(0);
    expect(joined.waiting()).toBe(waiting);
  });

  it('acknowledges what comes again, and counts it once', async () => {
    const joined = await salesforceOfTest();
    acme(joined);
    const waiting = joined.salesforce.messages.waiting();
    expect(new Set(await joined.send({ times: 3, batch: 2 }))).toEqual(new Set([200]));
    expect(joined.waiting()).toBe(waiting);
  });

  it('says why something is no message, and in which line', async () => {
    const joined = await salesforceOfTest();
    expect((await post(joined.door, 'hello')).text).toContain('not XML: line 1');
    expect((await post(joined.door, message(joined).slice(0, 400))).text).toContain('not XML: line ');
    expect((await post(joined.door, '<a/>')).text).toContain('not an outbound message: Envelope');
  });

  it.each([
    ['another word', 'another-word-of-my-own'],
    ['the beginning of the word', secret.slice(0, -1)],
    ['the word in capitals', secret.toUpperCase()],
    ['an escape that is none', '%E0%A4%A'],
  ])('refuses %s as it refuses a wrong signature, before it reads anything', async (_what, word) => {
    const joined = await salesforceOfTest();
    const answer = await post(`${joined.url}/webhooks/salesforce/${word}`, message(joined));
    expect(answer.status === 401 || (word.startsWith('%') && answer.status === 400)).toBe(true);
    expect(answer.text).not.toContain(secret);
    expect(JSON.stringify(joined.logger.lines)).not.toContain(word);
    expect(joined.waiting()).toBe(0);
    expect((await post(`${joined.url}/webhooks/salesforce/${word}`, 'not xml')).status).toBe(answer.status);
  });

  it('is not there without a word, and not at all where no word was set', async () => {
    const joined = await salesforceOfTest();
    const body = message(joined);
    expect((await post(`${joined.url}/webhooks/salesforce`, body)).status).toBe(404);
    const closed = await salesforceOfTest({ withDoor: false });
    expect((await post(closed.door, body)).status).toBe(404);
  });

  it('takes a word that has to be escaped in an address', async () => {
    const joined = await salesforceOfTest();
    const escaped = [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
    expect((await post(`${joined.url}/webhooks/salesforce/${escaped}`, message(joined))).status).toBe(200);
  });

  it("refuses another organization's messages, and takes its own id in its short form", async () => {
    const joined = await salesforceOfTest();
    const body = message(joined);
    expect(await post(joined.door, body.replaceAll(joined.salesforce.organizationId, '00D000000000063EAA'))).toMatchObject({ status: 401 });
    expect(await post(joined.door, body.replaceAll(joined.salesforce.organizationId, '00d000000000062EAA'))).toMatchObject({ status: 401 });
    expect(joined.waiting()).toBe(0);
    expect(await post(joined.door, body.replaceAll(joined.salesforce.organizationId, joined.salesforce.organizationId.slice(0, 15)))).toMatchObject({
      status: 200,
    });
  });

  const prolog = '<?xml version="1.0" encoding="UTF-8"?>';
  it.each([
    [
      'entities that grow',
      (body: string) =>
        body.replace(prolog, `${prolog}<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`).replace('Acme rollout', '&b;'),
    ],
    [
      'entities that read files',
      (body: string) => body.replace(prolog, `${prolog}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`).replace('Acme rollout', '&a;'),
    ],
    ['entities from elsewhere', (body: string) => body.replace(prolog, `${prolog}<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">`)],
    ['a DOCTYPE in small letters', (body: string) => body.replace(prolog, `${prolog}<!doctype x>`)],
    ['XML that does not close', (body: string) => body.slice(0, -20)],
    ['XML that is nested without end', () => '<a>'.repeat(20_000) + '</a>'.repeat(20_000)],
    ['another SOAP message', () => '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body/></soapenv:Envelope>'],
    ['a notification without an id', (body: string) => body.replace(/<Id>04l\w+<\/Id>/, '')],
    ['a notification about nothing', (body: string) => body.replace('xsi:type="sf:Opportunity"', '')],
    ['JSON', () => '{"hello":1}'],
    ['another alphabet', () => Buffer.from([0xff, 0xfe, 0x3c, 0x00])],
  ])('refuses %s', async (_what, spoilt) => {
    const joined = await salesforceOfTest();
    const answer = await post(joined.door, spoilt(message(joined)));
    expect(answer.status).toBe(400);
    expect(answer.type).toContain('application/json');
    expect(joined.waiting()).toBe(0);
  });

  it('expands no more than XML itself defines', async () => {
    const joined = await salesforceOfTest();
    await post(joined.door, message(joined).replace('Acme rollout', 'M&#252;ller &amp;lt; &lt;!here&gt; &unknown; &amp;#64;'));
    const [row] = joined.pending();
    expect(JSON.parse(row?.body ?? '')).toMatchObject({ fields: { Name: 'Müller &lt; <!here> &unknown; &#64;' } });
  });

  it('refuses what is no XML by its type', async () => {
    const joined = await salesforceOfTest();
    expect((await post(joined.door, message(joined), 'application/json')).status).toBe(415);
  });

  it('does not keep the session that Salesforce may send along', async () => {
    const joined = await salesforceOfTest();
    await post(joined.door, message(joined).replace('<SessionId xsi:nil="true"/>', '<SessionId>00D!a-token</SessionId>'));
    expect(joined.waiting()).toBe(1);
    expect(JSON.stringify(joined.pending())).not.toContain('a-token');
  });
});
