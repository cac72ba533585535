import type { FastifyReply } from 'fastify';

/** Every answer but 2xx, in one place: its code, its word for programs, its sentence for people. None of them tells anything of the inside. */
export type Refusal = {
  code: 400 | 401 | 404 | 405 | 408 | 413 | 415 | 429 | 431 | 500 | 503;
  message: string;
  retryAfterSeconds?: number;
  allow?: string;
};

const words: Record<Refusal['code'], string> = {
  400: 'bad_request',
  401: 'unauthorized',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'timeout',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'headers_too_large',
  500: 'internal',
  503: 'unavailable',
};

export const jsonType = 'application/json; charset=utf-8';

const refusalBody = ({ code, message }: Refusal): string => JSON.stringify({ error: { code: words[code], message } });

export function sendRefusal(reply: FastifyReply, refusal: Refusal): void {
  if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', String(refusal.retryAfterSeconds));
  if (refusal.allow !== undefined) reply.header('allow', refusal.allow);
  reply.code(refusal.code).header('content-type', jsonType).send(refusalBody(refusal));
}

/** The whole answer as text, for a socket that never got as far as a request. */
export function refusalOnSocket(refusal: Refusal): string {
  const body = refusalBody(refusal);
  const head = `HTTP/1.1 ${refusal.code} ${words[refusal.code]}\r\nconnection: close\r\ncontent-type: ${jsonType}\r\ncontent-length: ${Buffer.byteLength(body)}`;
  return `${head}\r\n\r\n${body}`;
}

/** What fastify's own errors mean to a caller; `null` where the fault is ours. */
export function refusalOf(error: unknown, bodyLimit: number, contentTypes: readonly string[]): Refusal | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { code: 413, message: `the body is larger than ${bodyLimit} bytes` };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { code: 415, message: `content-type must be ${contentTypes.join(' or ')}` };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return { code: 400, message: 'the body is not as long as content-length says' };
    default:
      return null;
  }
}
