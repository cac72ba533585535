import { isFields } from './block-kit/check.ts';
import { checkView } from './block-kit/check-view.ts';
import { withIds } from './block-kit/with-ids.ts';
import { refusal } from './slack-error.ts';
import type { State } from './state.ts';

/** A view that Slack would draw, with ids on its blocks. Throws SlackError. */
export function readView(view: unknown, type: 'modal' | 'home', { ids, files }: State): Record<string, unknown> {
  if (!isFields(view)) throw refusal('invalid_arguments', ['failed to match all allowed schemas [json-pointer:/view]']);
  const mistakes = checkView(view, files.isPicture);
  if (view.type !== type) mistakes.push(`must be of type ${type} [json-pointer:/view/type]`);
  if (mistakes.length > 0) throw refusal('invalid_arguments', mistakes);
  // The check above saw that blocks is an array.
  return { ...view, blocks: withIds(view.blocks as unknown[], () => ids.next('b')) };
}
