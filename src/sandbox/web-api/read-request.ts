import type { FastifyRequest } from 'fastify';
import { isFields } from '../block-kit/check.ts';
import { readJson } from './arguments.ts';

export type ReadRequest = {
  args: Record<string, unknown>;
  token: string | undefined;
  /** Slack's refusal of a body that it cannot read. */
  mistake?: string;
};

/** Arguments and token of a call: form fields, a JSON body, or a query. The token never becomes an argument. */
export function readRequest(request: FastifyRequest): ReadRequest {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const read = readBody(request);
  const { token, ...args } = read.args;
  return { ...read, args, token: bearer ?? (typeof token === 'string' ? token : undefined) };
}

function readBody(request: FastifyRequest): { args: Record<string, unknown>; mistake?: string } {
  const query = isFields(request.query) ? request.query : {};
  const body = typeof request.body === 'string' ? request.body : '';
  if (body === '') return { args: query };
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const json = readJson(body);
    if (json === undefined) return { args: {}, mistake: 'invalid_json' };
    return isFields(json) ? { args: { ...query, ...json } } : { args: {}, mistake: 'json_not_object' };
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { args: { ...query, ...Object.fromEntries(new URLSearchParams(body)) } };
  }
  return { args: {}, mistake: 'invalid_post_type' };
}
