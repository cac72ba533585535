import type { UnknownValue } from '../core/change.ts';
import type { Crm, CrmCatalogue } from './crm.ts';
import { messageOf } from './errors.ts';
import type { Logger } from './ports.ts';

/** What the CRM calls something that it names by an id; null where it has no other name for it, or cannot be asked. */
export type LabelOf = (value: Pick<UnknownValue, 'source' | 'what' | 'value'>) => string | null;

/** Longer than this nobody waits for a name. */
const patienceMs = 15_000;

/** Asks the CRMs that these values come from. A CRM that is away has no labels, and nothing else is missing. */
export const createReadLabels =
  ({ crms, logger }: { crms: readonly Crm[]; logger: Logger }) =>
  async (values: readonly UnknownValue[]): Promise<LabelOf> => {
    const asked = crms.filter(({ source, history }) => history !== null && values.some((value) => value.source === source));
    const catalogues = new Map(
      await Promise.all(
        asked.map(async ({ source, history }) => {
          const catalogue = await inTime(history?.catalogue()).catch((error: unknown) => {
            logger.warn({ source, error: messageOf(error) }, 'the CRM could not be asked what its stages, roles and owners are called');
            return null;
          });
          return [source, catalogue] as const;
        }),
      ),
    );
    return ({ source, what, value }) => {
      const catalogue = catalogues.get(source) ?? null;
      const label = catalogue === null ? null : labelIn(catalogue, what, value);
      return label === null || label.trim() === '' || label === value ? null : label;
    };
  };

function labelIn({ pipelines, owners, roles, lifecycles = [] }: CrmCatalogue, what: UnknownValue['what'], value: string): string | null {
  switch (what) {
    case 'stage':
      return (
        pipelines.flatMap(({ stages }) => stages).find(({ id }) => id === value)?.name ??
        lifecycles.find((lifecycle) => lifecycle.value === value)?.label ??
        null
      );
    case 'pipeline':
      return pipelines.find(({ id }) => id === value)?.name ?? null;
    case 'role':
      return roles.find((role) => role.value === value)?.label ?? null;
    case 'owner':
      return owners.find(({ id }) => id === value)?.name ?? null;
  }
}

async function inTime<Result>(asking: Promise<Result> | undefined): Promise<Result | null> {
  if (asking === undefined) return null;
  const waited = Promise.withResolvers<null>();
  const timer = setTimeout(() => waited.resolve(null), patienceMs);
  try {
    return await Promise.race([asking, waited.promise]);
  } finally {
    clearTimeout(timer);
  }
}
