import { boolean, byType, type Context, type Fields, type IsPicture, isFields, object, string } from './check.ts';
import { checkBlocks, collect } from './check-blocks.ts';
import { limits } from './limits.ts';
import { plainText } from './objects.ts';

const type = string();
const common = {
  private_metadata: string({ max: limits.view.privateMetadata.max }),
  callback_id: string({ max: limits.view.callbackId.max }),
  external_id: string({ max: 255 }),
};
const anything = (): void => {};

const view = byType({
  modal: object({
    required: {
      type,
      title: plainText(limits.view.title.max),
      blocks: anything,
    },
    optional: {
      ...common,
      close: plainText(limits.view.close.max),
      submit: plainText(limits.view.submit.max),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
    also(value, at, { report }) {
      if (value.submit === undefined && holdsInput(value)) report(at, 'missing required field: submit');
    },
  }),
  home: object({ required: { type, blocks: anything }, optional: common }),
});

/** Slack's lines about a view; none when it is right. */
export function checkView(value: unknown, isPicture?: IsPicture): string[] {
  const surface = isFields(value) && value.type === 'home' ? 'home' : 'modal';
  const look = (context: Context): void => {
    view(value, '/view', context);
    if (!isFields(value) || value.blocks === undefined) return;
    const rules = {
      surface,
      min: limits.view.blocks.min,
      max: limits.view.blocks.max,
      uniqueBlockIds: true,
    } as const;
    checkBlocks(value.blocks, '/view/blocks', rules, context);
  };
  return collect(surface, look, isPicture);
}

function holdsInput(value: Fields): boolean {
  return Array.isArray(value.blocks) && value.blocks.some((block) => isFields(block) && block.type === 'input');
}
