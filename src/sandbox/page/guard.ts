import type { FastifyInstance } from 'fastify';

/**
 * The page is for the browser of this machine: an address that another name was bent to, and a POST that another site's page sends, are
 * refused. Scripts come from the page's own files only, so that text which slipped through the drawing could still not run.
 */
export function guardPage(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers;
    reply.headers(pageHeaders);
    if (!loopbackNames.has(host.replace(/:\d+$/, ''))) return reply.code(403).send({ error: 'this page answers to 127.0.0.1 and localhost only' });
    if (request.method === 'POST' && origin !== `http://${host}`) return reply.code(403).send({ error: 'this request comes from another site' });
  });
}

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Charts and attachments carry their colours in style attributes; those run nothing.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' https: http: data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};
