import { boolean, byType, fields, list, number, object, oneOf, string, url } from './check.ts';
import { ids } from './objects.ts';

const type = string();
const flags = ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink'];
const style = object({
  optional: Object.fromEntries(flags.map((flag) => [flag, boolean])),
});
const id = string({ min: 1 });

const richTextInlines = {
  text: object({
    required: { type, text: string({ min: 1 }) },
    optional: { style },
  }),
  link: object({
    required: { type, url: url() },
    optional: { text: string(), unsafe: boolean, style },
  }),
  user: object({ required: { type, user_id: id }, optional: { style } }),
  usergroup: object({
    required: { type, usergroup_id: id },
    optional: { style },
  }),
  channel: object({ required: { type, channel_id: id }, optional: { style } }),
  team: object({ required: { type, team_id: id }, optional: { style } }),
  emoji: object({
    required: { type, name: string({ min: 1 }) },
    optional: { unicode: string(), skin_tone: number(), url: url(), style },
  }),
  broadcast: object({
    required: { type, range: oneOf('here', 'channel', 'everyone') },
    optional: { style },
  }),
  color: object({
    required: { type, value: string({ min: 1 }) },
    optional: { style },
  }),
  date: object({
    required: { type, timestamp: number(), format: string({ min: 1 }) },
    optional: { url: url(), fallback: string(), style },
  }),
};

const inlines = list(byType(richTextInlines));
const border = number({ min: 0 });
const section = object({ required: { type, elements: inlines } });

const richTextParts = {
  rich_text_section: section,
  rich_text_preformatted: object({
    required: { type, elements: inlines },
    optional: { border, language: string() },
  }),
  rich_text_quote: object({
    required: { type, elements: inlines },
    optional: { border },
  }),
  rich_text_list: object({
    required: {
      type,
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: section })),
    },
    optional: {
      indent: number({ min: 0 }),
      offset: number({ min: 0 }),
      border,
    },
  }),
};

export const richText = object({
  required: { type, elements: list(byType(richTextParts)) },
  optional: { block_id: ids.block_id, metadata: fields },
});
