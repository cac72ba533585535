import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { State } from '../state.ts';
import { kindOfFile } from './file-kind.ts';
import type { SandboxFile } from './files.ts';

const maxUploadBytes = 32 * 1024 * 1024;

type Download = { Params: { key: string; name: string } };

/** Where an app sends a file's bytes, and where it reads a private file with its token. */
export function mountFiles(server: FastifyInstance, given: { state: State; botToken: string; scopes: ReadonlySet<string> }): void {
  const { state } = given;
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxUploadBytes }, (_request, body, parsed) => parsed(null, body));

  server.post<{ Params: { id: string } }>('/upload/v1/:id', { bodyLimit: maxUploadBytes }, async (request, reply) => {
    const { id } = request.params;
    const respond = (status: number, text: string): FastifyReply => {
      state.record({ method: 'upload_url', args: { file: id }, at: state.now(), status, response: { ok: status === 200, text } });
      return reply.code(status).type('text/plain').send(text);
    };
    const failure = state.outages.next('upload_url');
    if (failure) return respond(failure.status ?? 500, 'Upload failed');
    const file = state.files.find(id);
    if (!file || file.completedAt !== undefined) return respond(404, 'Upload URL not found or expired');
    const bytes = await bytesOf(request);
    if (bytes.length !== file.length) return respond(400, `Expected ${file.length} bytes, got ${bytes.length}`);
    state.files.put({ ...file, bytes });
    return respond(200, `OK - ${bytes.length}`);
  });

  const download = (request: FastifyRequest<Download>, reply: FastifyReply): FastifyReply => {
    const file = state.files.find(request.params.key.split('-').at(-1) ?? '');
    const mayRead = request.headers.authorization === `Bearer ${given.botToken}` && given.scopes.has('files:read');
    // Slack shows its login page to whom it does not know.
    if (!mayRead) return reply.redirect(`${state.url()}/?redir=${encodeURIComponent(request.url)}`);
    return sendFile(file, reply);
  };
  server.get<Download>('/files-pri/:key/:name', download);
  server.get<Download>('/files-pri/:key/download/:name', download);
}

/** The bytes under their own type; 404 for a file that is not, or no longer, there. */
export function sendFile(file: SandboxFile | undefined, reply: FastifyReply): FastifyReply {
  if (file?.bytes === undefined || file.isDeleted || file.completedAt === undefined) return reply.code(404).type('text/plain').send('no such file');
  const { mimetype, isPicture } = kindOfFile(file.name, file.bytes);
  if (!isPicture) reply.header('content-disposition', 'attachment');
  return reply.type(mimetype).send(file.bytes);
}

/** The body as it is, or the first file of a form. */
async function bytesOf(request: FastifyRequest): Promise<Buffer> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const value of form.values()) {
    return typeof value === 'string' ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}
