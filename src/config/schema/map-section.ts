import { z } from 'zod';
import { daysSchema, durationSchema } from '../../core/duration.ts';
import { healthSchema } from './health-section.ts';
import { comparisonSchema, idSchema, keySchema, labelSchema, offSchema, oneOrMore, stageIdsSchema } from './scalars.ts';

/** Rules by name: `off`, `on`, or parameters and segments. Each rule's own parameters are checked in resolve/rule-layer.ts. */
export const rulesSchema = z.record(z.string(), z.unknown()).meta({ id: 'rules', description: 'Rules by name: off, or their parameters' });

export const roleSchema = z
  .strictObject({
    label: labelSchema.optional().describe('As people see it; default: made of the key'),
    crm: z.array(z.string().trim().min(1)).optional().describe('Values of the CRM that mean this role, besides the built-in ones'),
    titles: z
      .array(z.string().trim().min(2))
      .optional()
      .describe('Job titles that suggest it, besides the built-in ones, where the CRM says no role'),
  })
  .meta({ id: 'role' });

/** E-mail addresses by what the CRM calls an owner. Numbers are as good as texts: YAML takes `12345:` for a number. */
export const ownersSchema = z
  .record(
    z
      .string()
      .refine((name) => name.trim() !== '', 'must not be empty')
      .refine((name) => !(name in Object.prototype), 'is a reserved word'),
    z.email('expected an e-mail address'),
  )
  .meta({ id: 'owners', description: 'E-mail address by the id or the name that the CRM has for an owner' });

export const segmentSchema = z
  .strictObject({
    when: z
      .strictObject({
        amount: comparisonSchema.optional().describe('The amount of the deal'),
        segment: oneOrMore(z.string().trim().min(1)).optional().describe("The account's segment in the CRM"),
        owner: oneOrMore(z.email('expected an e-mail address')).optional().describe("The owner's e-mail address"),
        pipeline: oneOrMore(idSchema).optional().describe("The deal's pipeline id"),
      })
      .refine((when) => Object.keys(when).length > 0, 'must state at least one condition')
      .describe('All conditions must hold'),
  })
  .meta({ id: 'segment' });

const moveSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*\s*>\s*[a-z][a-z0-9_-]*$/, 'expected two stages such as "decision>consideration"')
  .transform((text) => {
    const [from = '', to = ''] = text.split('>').map((stage) => stage.trim());
    return { from, to };
  });

const stageSchema = z
  .strictObject({
    label: labelSchema.optional().describe('As people see it; default: made of the key'),
    from: stageIdsSchema.optional().describe('The CRM stages that mean this stage; default: the key itself, from any source'),
    begins: z
      .strictObject({
        milestone: oneOrMore(z.string().trim().min(1)).optional().describe('When one of these milestones is reached'),
        won: z.boolean().optional().describe('true: when a deal of the account is won'),
        renewal: daysSchema.optional().describe('So long before the renewal date'),
      })
      .refine((begins) => Object.keys(begins).length > 0, 'must say when')
      .optional()
      .describe('Of a map for accounts: what begins the stage beside the lifecycle stage'),
    expects: z
      .strictObject({
        roles: z.array(z.string()).optional().describe('Roles that belong on the buying committee by now'),
        within: durationSchema.optional().describe('How soon after the stage begins'),
        moments: z.array(z.string().trim().min(1)).optional().describe('Moments of truth: touchpoint types that must happen, and go well'),
      })
      .optional(),
    signs: z
      .array(z.string().trim().min(1))
      .optional()
      .describe('Touchpoint types and assets which show that a person has come this far, besides moments and assets of the catalogue'),
    team: z.union([offSchema, z.string()]).optional().describe('Which of our teams has the journey while it is here'),
    required: z.boolean().optional().describe('Jumping over it is worth saying'),
    after: z.string().optional().describe('The stage after which a new one is put; default: the end'),
    before: z.string().optional().describe('The stage before which a new one is put'),
    rules: rulesSchema.optional(),
  })
  .meta({ id: 'stage' });

export const mapSchema = z
  .strictObject({
    extends: z.string().optional().describe('A template, or another map of this file: everything it says holds here unless said otherwise'),
    label: labelSchema.optional().describe('As people see it; default: made of the key'),
    for: z
      .union([z.enum(['deals', 'accounts']), z.strictObject({ pipelines: z.array(idSchema).min(1, 'must name at least one') })])
      .optional()
      .describe('deals (default), deals of some pipelines, or accounts (by lifecycle stage)'),
    stages: z
      .record(keySchema, z.union([offSchema, stageSchema]))
      .optional()
      .describe('In their order; a stage of the template can be switched off'),
    outcomes: z
      .strictObject({ won: stageIdsSchema.optional(), lost: stageIdsSchema.optional() })
      .optional()
      .describe('CRM stages that end the journey'),
    ends: z
      .strictObject({ milestone: oneOrMore(z.string().trim().min(1)).describe('When one of these milestones is reached') })
      .optional()
      .describe('Of a map for accounts: what completes the journey'),
    health: healthSchema.optional().describe("Of a map for accounts: what health is made of, besides the file's own"),
    moves: z.array(moveSchema).optional().describe('Moves back that are fine: "decision>consideration"'),
    rules: rulesSchema.optional().describe('For every stage of this map'),
  })
  .meta({ id: 'map' });

export type MapSection = z.output<typeof mapSchema>;
export type StageSection = z.output<typeof stageSchema>;
