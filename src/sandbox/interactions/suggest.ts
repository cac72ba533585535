import { type Fields, isFields } from '../block-kit/check.ts';
import { collect } from '../block-kit/check-blocks.ts';
import { menuOption } from '../block-kit/objects.ts';
import { messageJson } from '../message-json.ts';
import type { SuggestInput, Suggestions } from '../sandbox.ts';
import { viewJson } from '../view-json.ts';
import { messageOf } from './act.ts';
import { type InteractionContext, mustUser } from './context.ts';
import { findElement } from './interactive-elements.ts';
import { channelName, interactionBase } from './payloads.ts';

const mostOptions = 100;

/** A person types into a menu whose options the app gives. Slack shows none when the app is silent or answers nonsense. */
export async function suggest(input: SuggestInput, context: InteractionContext): Promise<Suggestions> {
  const user = mustUser(context, input.user);
  const { where, blocks } = placeOf(input, context);
  const { block, element } = findElement(blocks, input.actionId, input.blockId);
  const shortest = typeof element.min_query_length === 'number' ? element.min_query_length : 3;
  if (!String(element.type).includes('external')) throw new Error(`the app gives no options of a ${String(element.type)}`);
  if (input.value.length < shortest) return { ok: true, groups: [] };
  const delivery = await context.link.request('interactive', {
    type: 'block_suggestion',
    ...interactionBase(user),
    action_id: input.actionId,
    block_id: block.block_id,
    value: input.value,
    ...where,
  });
  if (!delivery.ok) return { ok: false, error: delivery.error, groups: [] };
  return readOptions(delivery.payload);
}

function placeOf(input: SuggestInput, context: InteractionContext): { where: Fields; blocks: unknown } {
  const { state } = context;
  const user = mustUser(context, input.user);
  if (input.viewId !== undefined) {
    const view = state.modals.find(input.viewId);
    if (!view || view.user !== user.id) throw new Error(`no view ${input.viewId} is on the screen of ${input.user}`);
    return { where: { container: { type: 'view', view_id: view.viewId }, view: viewJson(view) }, blocks: view.view.blocks };
  }
  if (input.home === true) {
    const home = state.workspace.home(user.id) ?? {};
    return { where: { container: { type: 'view', view_id: home.id }, view: home }, blocks: home.blocks };
  }
  const message = messageOf(input, user, context);
  const channel = state.directory.channel(message.channel);
  const container = { type: 'message', message_ts: message.ts, channel_id: message.channel, is_ephemeral: message.ephemeralTo !== undefined };
  return {
    where: { container, channel: { id: message.channel, name: channel && channelName(channel) }, message: messageJson(message, state) },
    blocks: message.blocks,
  };
}

/** Options, or groups of them. */
function readOptions(payload: unknown): Suggestions {
  const answer = isFields(payload) ? payload : {};
  const groups = Array.isArray(answer.option_groups) ? answer.option_groups : [{ options: answer.options ?? [] }];
  const read = groups.filter(isFields).map(({ label, options }) => ({
    label: isFields(label) ? String(label.text) : null,
    options: (Array.isArray(options) ? options : []).filter(isFields),
  }));
  const all = read.flatMap(({ options }) => options);
  const mistakes = collect('modal', (context) => {
    for (const [index, each] of all.entries()) menuOption(each, `/options/${index}`, context);
    if (all.length > mostOptions) context.report('/options', `no more than ${mostOptions} items allowed`);
  });
  if (mistakes.length > 0) return { ok: false, error: 'invalid_response', refusal: mistakes.join('; '), groups: [] };
  return { ok: true, groups: read };
}
