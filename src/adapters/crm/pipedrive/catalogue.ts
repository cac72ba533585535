import type { CrmCatalogue, CrmStage } from '../../../app/crm.ts';
import { fieldFor } from './custom-fields.ts';
import type { PipedriveApi } from './pipedrive-api.ts';

/**
 * What the journey map has to know. Pipedrive has no stages for won and lost: a deal is won or lost in whatever stage it is. @throws CrmAwayError, CrmRefusedError
 */
export async function readCatalogue(api: PipedriveApi): Promise<CrmCatalogue> {
  const [pipelines, stages, users, personFields, organizationFields, me] = await Promise.all([
    api.pipelines(),
    api.stages(),
    api.users(),
    api.fields('personFields'),
    api.fields('organizationFields'),
    api.me(),
  ]);
  const role = fieldFor(personFields, 'role', ['enum', 'set']);
  const lifecycle = fieldFor(organizationFields, 'lifecycle', ['enum', 'set']);
  const inOrder = <Item extends { order_nr?: number | null | undefined; is_deleted?: boolean | null | undefined }>(items: Item[]): Item[] =>
    items.filter(({ is_deleted }) => is_deleted !== true).sort((a, b) => (a.order_nr ?? 0) - (b.order_nr ?? 0));
  return {
    pipelines: inOrder(pipelines).map(({ id, name }) => ({
      id,
      name,
      stages: inOrder(stages.filter(({ pipeline_id }) => pipeline_id === id)).map(
        (stage): CrmStage => ({
          id: stage.id,
          name: stage.name,
          outcome: 'open',
          probability: stage.deal_probability == null ? null : stage.deal_probability / 100,
        }),
      ),
    })),
    owners: users.map(({ id, name, email }) => ({ id, name: name || null, email: email || null })),
    // Roles and lifecycle stages are said by their labels.
    roles: labelsOf(role),
    lifecycles: labelsOf(lifecycle),
    timezone: me?.timezone ?? null,
  };
}

const labelsOf = (field: ReturnType<typeof fieldFor>): { value: string; label: string }[] =>
  (field?.options ?? []).map(({ label }) => ({ value: label, label }));
