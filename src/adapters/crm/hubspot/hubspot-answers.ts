import { z } from 'zod';

/** HubSpot's answers, as far as they are read. */
const idText = z.union([z.string(), z.number()]).transform(String);
const paging = z.object({ next: z.object({ after: z.string() }).optional() }).optional();
const errors = z
  .array(
    z.object({
      category: z.string().optional(),
      subCategory: z.unknown().optional(),
      message: z.string().optional(),
      context: z.object({ ids: z.array(idText).optional() }).nullish(),
    }),
  )
  .optional();

/** What a property was emptied to is nothing, however HubSpot writes that. */
const formerly = z
  .object({ value: z.string().nullish(), timestamp: z.string() })
  .transform(({ value, timestamp }) => ({ value: value ?? '', timestamp }));

const object = z.object({
  id: idText,
  createdAt: z.string().optional(),
  updatedAt: z.string().optional(),
  archivedAt: z.string().nullish(),
  properties: z.record(z.string(), z.string().nullable()),
  propertiesWithHistory: z.record(z.string(), z.array(formerly)).nullish(),
});

export const objectsAnswer = z.object({ results: z.array(object), errors });
export const objectPageAnswer = z.object({ results: z.array(object), paging });
export const searchAnswer = z.object({ total: z.number(), results: z.array(z.object({ id: idText })) });

/** An object as HubSpot has it now; `history` newest first. */
export type HubspotObject = Omit<z.output<typeof object>, 'propertiesWithHistory'> & {
  history: Record<string, { value: string; timestamp: string }[]>;
};

export const objectOf = ({ propertiesWithHistory, ...rest }: z.output<typeof object>): HubspotObject => ({
  ...rest,
  history: propertiesWithHistory ?? {},
});

const associated = z.object({
  toObjectId: idText,
  associationTypes: z.array(z.object({ category: z.string().optional(), label: z.string().nullish() })),
});
export type Associated = z.output<typeof associated>;

export const associationsAnswer = z.object({
  results: z.array(z.object({ from: z.object({ id: idText }), to: z.array(associated), paging })),
  errors,
});

export const pipelinesAnswer = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      stages: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          displayOrder: z.number().optional(),
          metadata: z.record(z.string(), z.string().nullable()).optional(),
        }),
      ),
    }),
  ),
});

export const ownersAnswer = z.object({
  results: z.array(z.object({ id: idText, email: z.string().nullish(), firstName: z.string().nullish(), lastName: z.string().nullish() })),
  paging,
});

export const accountAnswer = z.object({ portalId: z.number(), timeZone: z.string().optional() });
export const propertyAnswer = z.object({ options: z.array(z.object({ value: z.string(), label: z.string(), hidden: z.boolean().optional() })) });
export const labelsAnswer = z.object({ results: z.array(z.object({ category: z.string(), label: z.string().nullish() })) });

/**
 * A 207 tells of ids that are not there, or have no associations: the results show that already. Anything else among its errors means that
 * the results lack what may well be there, and must not be taken for the whole truth.
 */
export function failureIn({ errors: all = [] }: WithErrors): string | null {
  const failed = all.find((error) => !saysNotThere(error));
  return failed === undefined ? null : (failed.category ?? 'an error without a name');
}

/** Ids that a 207 names as not there. */
export const missingIn = ({ errors: all = [] }: WithErrors): string[] => all.filter(saysNotThere).flatMap(({ context }) => context?.ids ?? []);

type WithErrors = { errors?: z.output<typeof errors> };

const saysNotThere = ({ category = '', subCategory }: NonNullable<WithErrors['errors']>[number]): boolean =>
  /NOT?_.*FOUND/.test(`${category} ${String(subCategory)}`);

/** What an object is associated with, and by which labels of the team's own. */
export type Link = { id: string; labels: string[] };

/** One record has several association types; "Primary" is on the one that HubSpot shows as the deal's company. */
export function primaryFirst(all: Associated[]): Link[] {
  const isPrimary = ({ associationTypes }: Associated): boolean => associationTypes.some(({ label }) => label === 'Primary');
  return [...all]
    .sort((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)) || Number(a.toObjectId) - Number(b.toObjectId))
    .map(({ toObjectId, associationTypes }) => ({ id: toObjectId, labels: associationTypes.flatMap((type) => labelOf(type) ?? []) }));
}

/** A label of the team's own; HubSpot's (none, "Primary") say nothing of a role. */
export const labelOf = ({ category, label }: { category?: string | undefined; label?: string | null | undefined }): string | null =>
  category === 'USER_DEFINED' && label ? label : null;
