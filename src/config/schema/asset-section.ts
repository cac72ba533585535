import { z } from 'zod';
import { keySchema, labelSchema, oneOrMore } from './scalars.ts';

const nameSchema = z.string().trim().min(1, 'must not be empty');
const emailSchema = z.email('expected an e-mail address');

export const assetSchema = z
  .strictObject({
    label: labelSchema.optional().describe('As people see it; default: made of the key'),
    names: oneOrMore(nameSchema).optional().describe('What touchpoints call it besides its key and label, as their asset or as their type'),
    roles: oneOrMore(z.string()).describe('For whom it is meant'),
    stages: oneOrMore(z.string()).describe('In which stages, of whatever map'),
  })
  .meta({ id: 'asset', description: 'Something that we show to customers' });

export const assetsSchema = z.record(keySchema, assetSchema).default({});

/** `[mia@us.example]`, or with more about the team. */
export const teamSchema = z
  .union([
    oneOrMore(emailSchema).transform((members) => ({ label: undefined, members, channels: [] })),
    z
      .strictObject({
        label: labelSchema.optional().describe('As people see it; default: made of the key'),
        members: oneOrMore(emailSchema).optional().describe('Their e-mail addresses, as the CRM has them'),
        channels: oneOrMore(nameSchema).optional().describe('Channels of touchpoints that only this team uses'),
      })
      .refine(({ members, channels }) => members !== undefined || channels !== undefined, 'must name members or channels')
      .transform(({ label, members = [], channels = [] }) => ({ label, members, channels })),
  ])
  .meta({ id: 'team', description: 'One of our teams, by what shows in touchpoints that it was at work' });

export const teamsSchema = z.record(keySchema, teamSchema).default({});
