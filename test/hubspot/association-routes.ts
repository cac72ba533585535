import type { FastifyInstance } from 'fastify';
import type { Records } from './hubspot-api-server.ts';
import type { Kind } from './hubspot-records.ts';
import { invalid } from './problem.ts';

/** What is joined to what, with labels of the team's own; `pageSize` ends an answer. */
export function addAssociationRoutes(app: FastifyInstance, records: Records, labels: string[], pageSize: number): void {
  const typeId = (label: string): number => 100 + labels.indexOf(label);

  app.post<{ Params: { from: Kind; to: Kind }; Body: { inputs: { id: string; after?: string }[] } }>(
    '/crm/v4/associations/:from/:to/batch/read',
    (request, reply) => {
      const { inputs } = request.body;
      if (inputs.length > 1_000) return invalid(reply, 'too many inputs');
      const pages = inputs.map(({ id, after }) => ({
        id,
        start: Number(after ?? 0),
        all: records.linked([request.params.from, id], request.params.to),
      }));
      const results = pages
        .filter(({ all }) => all.length > 0)
        .map(({ id, start, all }) => ({
          from: { id },
          to: all.slice(start, start + pageSize).map((to) => ({
            toObjectId: Number(to.id),
            associationTypes: [
              { category: 'HUBSPOT_DEFINED', typeId: 341, label: null },
              ...(to.primary ? [{ category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' }] : []),
              ...to.labels.map((label) => ({ category: 'USER_DEFINED', typeId: typeId(label), label })),
            ],
          })),
          ...(start + pageSize < all.length ? { paging: { next: { after: String(start + pageSize), link: 'unused' } } } : {}),
        }));
      const none = pages.filter(({ all }) => all.length === 0).map(({ id }) => id);
      return reply.code(none.length > 0 ? 207 : 200).send({
        status: 'COMPLETE',
        results,
        ...(none.length === 0
          ? {}
          : {
              numErrors: none.length,
              errors: none.map((id) => ({
                status: 'error',
                category: 'OBJECT_NOT_FOUND',
                subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
                message: 'none',
                context: { fromObjectId: [id] },
              })),
            }),
        startedAt: new Date(0).toISOString(),
        completedAt: new Date(0).toISOString(),
      });
    },
  );

  app.get('/crm/v4/associations/contacts/deals/labels', () => ({
    results: [
      { category: 'HUBSPOT_DEFINED', typeId: 4, label: null },
      ...labels.map((label) => ({ category: 'USER_DEFINED', typeId: typeId(label), label })),
    ],
  }));
}
