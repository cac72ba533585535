import { boolean, byType, type Check, fields, list, number, object, oneOf, pick, type Surface, string, url } from './check.ts';
import { dataTable, dataVisualization, table } from './data-blocks.ts';
import { elementPlaces, elements } from './elements.ts';
import { limits } from './limits.ts';
import { anyText, ids, imageElement, imageSource, plainText, urlSource } from './objects.ts';
import { richText } from './rich-text.ts';

const type = string();
const block = { block_id: ids.block_id };

const section = object({
  required: { type },
  optional: {
    ...block,
    text: anyText(limits.section.text.max),
    fields: list(anyText(limits.section.fields.itemMax), {
      min: 1,
      max: limits.section.fields.max,
    }),
    accessory: byType(pick(elements, elementPlaces.accessory)),
    expand: boolean,
  },
  also(value, at, { report }) {
    if (value.text === undefined && value.fields === undefined) report(at, 'must define either `text` or `fields`');
  },
});

const task = {
  task_id: string({ min: 1 }),
  title: string({ min: 1 }),
  status: oneOf('pending', 'in_progress', 'complete', 'error'),
};
const taskDetails = {
  details: richText,
  output: richText,
  sources: list(urlSource),
};

const card = object({
  required: { type },
  optional: {
    ...block,
    hero_image: imageElement,
    icon: imageElement,
    slack_icon: fields,
    title: anyText(limits.card.title.max),
    subtitle: anyText(limits.card.subtitle.max),
    body: anyText(limits.card.body.max),
    subtext: anyText(limits.card.subtext.max),
    actions: list(byType(pick(elements, ['button'])), {
      min: 1,
      max: limits.card.actions.max,
    }),
  },
  also(value, at, { report }) {
    const content = ['hero_image', 'title', 'body', 'actions'];
    if (content.every((name) => value[name] === undefined)) report(at, `must define one of ${content.join(', ')}`);
  },
});

const simpleBlocks: Readonly<Record<string, Check>> = {
  section,
  divider: object({ required: { type }, optional: block }),
  header: object({
    required: { type, text: plainText(limits.header.text.max) },
    optional: { ...block, level: number() },
  }),
  image: object({
    required: { type, ...imageSource.required },
    optional: {
      ...block,
      ...imageSource.optional,
      title: plainText(2000),
      image_width: number(),
      image_height: number(),
      image_bytes: number(),
      is_animated: boolean,
      fallback: string(),
    },
    also: imageSource.also,
  }),
  context: object({
    required: {
      type,
      elements: list(byType(pick(elements, elementPlaces.context)), {
        min: 1,
        max: limits.context.elements.max,
      }),
    },
    optional: block,
  }),
  actions: object({
    required: {
      type,
      elements: list(byType(pick(elements, elementPlaces.actions)), {
        min: 1,
        max: limits.actions.elements.max,
      }),
    },
    optional: block,
  }),
  context_actions: object({
    required: {
      type,
      elements: list(byType(pick(elements, elementPlaces.contextActions)), {
        min: 1,
        max: limits.contextActions.elements.max,
      }),
    },
    optional: block,
  }),
  input: object({
    required: {
      type,
      label: plainText(limits.input.label.max),
      element: byType(pick(elements, elementPlaces.input)),
    },
    optional: {
      ...block,
      hint: plainText(limits.input.hint.max),
      optional: boolean,
      dispatch_action: boolean,
    },
  }),
  markdown: object({
    required: { type, text: string(limits.markdown.text) },
    optional: block,
  }),
  rich_text: richText,
  file: object({
    required: {
      type,
      external_id: string({ min: 1 }),
      source: oneOf('remote'),
    },
    optional: block,
  }),
  video: object({
    required: {
      type,
      alt_text: string(limits.video.altText),
      title: plainText(limits.video.title.max),
      thumbnail_url: url(),
      video_url: url(),
    },
    optional: {
      ...block,
      author_name: string(limits.video.authorName),
      description: plainText(limits.video.description.max),
      provider_icon_url: url(),
      provider_name: string(limits.video.providerName),
      title_url: url(),
    },
  }),
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  alert: object({
    required: { type, text: anyText(limits.alert.text.max) },
    optional: {
      ...block,
      level: oneOf('default', 'info', 'warning', 'error', 'success'),
    },
  }),
  card,
  carousel: object({
    required: {
      type,
      elements: list(byType({ card }), limits.carousel.elements),
    },
    optional: block,
  }),
  task_card: object({
    required: { type, ...task },
    optional: { ...block, ...taskDetails },
  }),
  plan: object({
    required: { type, title: string({ min: 1 }) },
    optional: {
      ...block,
      tasks: list(
        object({
          required: task,
          optional: { type: oneOf('task_card'), ...block, ...taskDetails },
        }),
      ),
    },
  }),
};

/** Every kind of block. */
export const blocks: Readonly<Record<string, Check>> = {
  ...simpleBlocks,
  container: object({
    required: {
      type,
      title: plainText(limits.container.title.max),
      child_blocks: list(byType(simpleBlocks), limits.container.childBlocks),
    },
    optional: {
      ...block,
      subtitle: anyText(limits.container.subtitle.max),
      icon: imageElement,
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
  }),
};

/** Kinds that Slack draws on one surface only. */
export const onlyOn: Readonly<Record<string, Surface>> = {
  alert: 'modal',
  markdown: 'message',
  file: 'message',
  table: 'message',
  context_actions: 'message',
  task_card: 'message',
  plan: 'message',
};
