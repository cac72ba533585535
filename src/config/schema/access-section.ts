import { z } from 'zod';
import { channelSchema, keySchema, oneOrMore } from './scalars.ts';

const userIdText = /^[UW][A-Z0-9]{6,}$/;
const botIdText = /^[UWB][A-Z0-9]{6,}$/;
const whoExpected = 'expected everyone, managers, the name of a team, an e-mail address or a Slack user id such as U0123456789';

const isWho = (text: string): boolean => keySchema.safeParse(text).success || z.email().safeParse(text).success || userIdText.test(text);

/** Whom one word means is looked up in resolve-access.ts. */
const whoSchema = z.string(whoExpected).refine(isWho, whoExpected);

const channelText = (text: string): boolean => channelSchema.safeParse(text).success;

const whoOrChannelExpected = `${whoExpected}; or a channel such as "#deal-alerts" (in quotes)`;

const everyone = ['everyone'];

export const accessSchema = z
  .strictObject({
    acknowledge: oneOrMore(whoSchema)
      .prefault(everyone)
      .describe('Who may acknowledge, snooze, assign and resolve alerts, and note that the map was reviewed'),
    record: oneOrMore(whoSchema).prefault(everyone).describe('Who may log touchpoints and set roles'),
    mute: oneOrMore(whoSchema).prefault(everyone).describe('Who may mute accounts'),
    subscribe: oneOrMore(whoSchema).prefault(everyone).describe('Who may subscribe to digests, and change or end them'),
    amounts: oneOrMore(z.string(whoOrChannelExpected).refine((text) => isWho(text) || channelText(text), whoOrChannelExpected))
      .prefault(everyone)
      .describe('Who sees amounts in answers, and the channels whose messages show them'),
    details: oneOrMore(channelSchema)
      .optional()
      .describe(
        'Channels in which answers and link previews may show accounts, beside those of routes and digests, and direct messages; default: all',
      ),
    bots: oneOrMore(z.string().regex(botIdText, 'expected the id of a Slack user or bot, such as U0123456789 or B0123456789'))
      .default([])
      .describe("The team's own automation, which may do what everyone may"),
  })
  .meta({ id: 'access', description: 'Who may do what in Slack. Guests, people of other organisations and deactivated users may nothing, ever' });

export type AccessSection = z.output<typeof accessSchema>;
