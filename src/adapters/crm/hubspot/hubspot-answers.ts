import { z } from 'zod';

/** HubSpot's answers, as far as they are read. */
const idText = z.union([z.string(), z.number()]).transform(String);
const paging = z.object({ next: z.object({ after: z.string() }).optional() }).optional();
const errors = z.array(z.object({ category: z.string().optional(), subCategory: z.unknown().optional(), message: z.string().optional() })).optional();

export const objectsAnswer = z.object({
  results: z.array(
    z.object({
      id: idText,
      updatedAt: z.string().optional(),
      properties: z.record(z.string(), z.string().nullable()),
      propertiesWithHistory: z.record(z.string(), z.array(z.object({ value: z.string(), timestamp: z.string() }))).optional(),
    }),
  ),
  errors,
});

const associated = z.object({
  toObjectId: idText,
  associationTypes: z.array(z.object({ typeId: z.number().optional(), label: z.string().nullish() })),
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
      stages: z.array(z.object({ id: z.string(), label: z.string(), metadata: z.record(z.string(), z.string().nullable()).optional() })),
    }),
  ),
});

export const ownersAnswer = z.object({ results: z.array(z.object({ id: idText, email: z.string().nullish() })), paging });

/**
 * A 207 tells of ids that are not there, or have no associations: the results show that already. Anything else among its errors means that
 * the results lack what may well be there, and must not be taken for the whole truth.
 */
export function failureIn(answer: { errors?: z.output<typeof errors> }): string | null {
  const failed = (answer.errors ?? []).find(({ category = '', subCategory }) => !/NOT?_.*FOUND/.test(`${category} ${String(subCategory)}`));
  return failed === undefined ? null : (failed.category ?? 'an error without a name');
}

/** One record has several association types; "Primary" is on the one that HubSpot shows as the deal's company. */
export function primaryFirst(all: Associated[]): string[] {
  const isPrimary = ({ associationTypes }: Associated): boolean => associationTypes.some(({ label }) => label === 'Primary');
  return [...all]
    .sort((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)) || Number(a.toObjectId) - Number(b.toObjectId))
    .map(({ toObjectId }) => toObjectId);
}
