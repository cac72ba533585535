import type { FastifyReply } from 'fastify';

/** An error in HubSpot's own form. */
export const problem = (reply: FastifyReply, status: number, body: Record<string, unknown>) =>
  reply.code(status).send({ status: 'error', correlationId: 'c033cdaa-2c40-4a64-ae48-b4cec88dad24', ...body });

export const invalid = (reply: FastifyReply, message: string) => problem(reply, 400, { message, category: 'VALIDATION_ERROR' });
