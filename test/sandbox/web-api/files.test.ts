import { describe, expect, it } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { answerOf, clientOf, openSandbox, refusalOf } from '../open-sandbox.ts';
import { picture, upload } from '../pictures.ts';

const image = (source: Record<string, unknown>) => [{ type: 'image' as const, alt_text: 'A map', slack_file: source as { id: string } }];

async function withPicture(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; client: ReturnType<typeof clientOf>; id: string }> {
  const sandbox = await openSandbox(options);
  const id = await upload(sandbox, picture);
  return { sandbox, client: clientOf(sandbox), id };
}

const ready = { fileProcessing: { looks: 0, ms: 0 } };

describe('files', () => {
  it('takes bytes raw and as a form, and shows the file’s type and size when it was processed', async () => {
    const sandbox = await openSandbox(ready);
    const client = clientOf(sandbox);
    const raw = await upload(sandbox, picture);
    const { file } = await client.files.info({ file: raw });
    expect(file).toMatchObject({
      id: raw,
      mimetype: 'image/png',
      filetype: 'png',
      size: picture.length,
      original_w: 640,
      original_h: 240,
      alt_txt: 'A map',
    });
    // Slack's own client sends a form.
    await client.conversations.join({ channel: sandbox.workspace.channel('revenue')?.id ?? '' });
    const channel = sandbox.workspace.channel('revenue')?.id ?? '';
    await client.filesUploadV2({ file: picture, filename: 'map.png', title: 'The map', channel_id: channel, initial_comment: 'Look' });
    expect(sandbox.workspace.messages('revenue')).toMatchObject([{ text: 'Look', files: [expect.stringMatching(/^F/)] }]);
    const { messages = [] } = await client.conversations.history({ channel });
    expect(messages[0]?.files).toMatchObject([{ title: 'The map', mimetype: 'image/png' }]);
  });

  it('refuses what was not uploaded, not reserved, or is not as long as announced', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const reserved = await client.files.getUploadURLExternal({ filename: 'map.png', length: 3 });
    expect(await refusalOf(client.files.completeUploadExternal({ files: [{ id: reserved.file_id ?? '' }] }))).toBe('file_not_found');
    const short = await fetch(reserved.upload_url ?? '', { method: 'POST', body: 'ab' });
    expect([short.status, await short.text()]).toEqual([400, 'Expected 3 bytes, got 2']);
    expect((await fetch(`${sandbox.url}/upload/v1/F404`, { method: 'POST', body: 'ab' })).status).toBe(404);
    expect(await refusalOf(client.files.info({ file: reserved.file_id ?? '' }))).toBe('file_not_found');
  });

  it('cannot show a file at once: not before files.info was asked twice', async () => {
    const { sandbox, client, id } = await withPicture();
    const post = () => answerOf(client.chat.postMessage({ channel: '#general', text: 'x', blocks: image({ id }) }));
    expect(await post()).toMatchObject({ error: 'invalid_blocks', errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'] });
    expect((await client.files.info({ file: id })).file).toMatchObject({ mimetype: '' });
    expect(await post()).toMatchObject({ error: 'invalid_blocks' });
    expect((await client.files.info({ file: id })).file).toMatchObject({ mimetype: 'image/png' });
    expect(await post()).toMatchObject({ ok: true });
    expect(sandbox.workspace.messages('general')).toHaveLength(1);
  });

  it('or not before some time has passed on its clock', async () => {
    let now = 1_800_000_000_000;
    const { client, id } = await withPicture({ now: () => now, fileProcessing: { looks: Number.POSITIVE_INFINITY, ms: 2000 } });
    const publish = (user: string) => refusalOf(client.views.publish({ user_id: user, view: { type: 'home', blocks: image({ id }) } }));
    expect(await publish('U02DANA0000')).toBe('invalid_arguments');
    now += 2000;
    expect(await publish('U02DANA0000')).toBeUndefined();
  });

  it('shows pictures in blocks, accessories and attachments, by id or private address but not by both', async () => {
    const { client, id } = await withPicture(ready);
    const url = (await client.files.info({ file: id })).file?.url_private ?? '';
    const refused = (blocks: unknown[]) => refusalOf(client.chat.postMessage({ channel: '#general', text: 'x', blocks: blocks as [] }));
    const accessory = (file: string) => [
      { type: 'section', text: { type: 'mrkdwn', text: 'x' }, accessory: { type: 'image', alt_text: 'A map', slack_file: { id: file } } },
    ];
    expect(await refused(image({ url }))).toBeUndefined();
    expect(await refused(accessory(id))).toBeUndefined();
    expect(await refused(image({ id, url }))).toBe('invalid_blocks');
    expect(await refused(accessory('F404'))).toBe('invalid_blocks');
    const attachments = [{ blocks: image({ id: 'F404' }) }];
    expect(await refusalOf(client.chat.postMessage({ channel: '#general', text: 'x', attachments }))).toBe('invalid_attachments');
  });

  it('shows no file that is no picture, nor one that was deleted', async () => {
    const { sandbox, client, id } = await withPicture(ready);
    const text = await upload(sandbox, Buffer.from('a,b'), 'numbers.csv');
    const refused = (file: string) => refusalOf(client.chat.postMessage({ channel: '#general', text: 'x', blocks: image({ id: file }) }));
    expect(await refused(text)).toBe('invalid_blocks');
    await client.files.delete({ file: id });
    expect(await refused(id)).toBe('invalid_blocks');
    expect(await refusalOf(client.files.info({ file: id }))).toBe('file_deleted');
    expect(await refusalOf(client.files.delete({ file: id }))).toBe('file_deleted');
  });

  it('gives a private file to the app’s token only', async () => {
    const { sandbox, client, id } = await withPicture(ready);
    const url = (await client.files.info({ file: id })).file?.url_private ?? '';
    const stranger = await fetch(url, { redirect: 'manual' });
    expect(stranger.status).toBe(302);
    const own = await fetch(url, { headers: { authorization: `Bearer ${sandbox.botToken}` } });
    expect([own.status, own.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await own.arrayBuffer()).equals(picture)).toBe(true);
  });

  it('posts files only where the app is a member', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const { file_id: id = '', upload_url: url = '' } = await client.files.getUploadURLExternal({ filename: 'map.png', length: 3 });
    await fetch(url, { method: 'POST', body: 'abc' });
    const channel = sandbox.workspace.channel('revenue')?.id ?? '';
    expect(await refusalOf(client.files.completeUploadExternal({ files: [{ id }], channel_id: channel }))).toBe('not_in_channel');
    sandbox.workspace.join('revenue', sandbox.botUserId);
    const { ts = '' } = await client.chat.postMessage({ channel: '#revenue', text: 'first' });
    await client.files.completeUploadExternal({ files: [{ id }], channel_id: channel, thread_ts: ts });
    expect(sandbox.workspace.messages('revenue')[1]).toMatchObject({ threadTs: ts, files: [id] });
  });

  it('needs a scope to write and one to read', async () => {
    const sandbox = await openSandbox({ scopes: ['files:write'] });
    const id = await upload(sandbox, picture);
    expect(await answerOf(clientOf(sandbox).files.info({ file: id }))).toMatchObject({
      error: 'missing_scope',
      needed: 'files:read',
      provided: 'files:write',
    });
    const reader = await openSandbox({ scopes: ['files:read'] });
    expect(await refusalOf(clientOf(reader).files.getUploadURLExternal({ filename: 'x', length: 1 }))).toBe('missing_scope');
  });

  it('fails an upload in bad weather', async () => {
    const sandbox = await openSandbox();
    sandbox.workspace.setWeather({ failNext: { method: 'upload_url', times: 1, status: 503 } });
    await expect(upload(sandbox, picture)).rejects.toThrow('503');
    expect(await upload(sandbox, picture)).toMatch(/^F/);
  });
});
