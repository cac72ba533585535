import { type Fields, isFields } from '../block-kit/check.ts';
import { messageJson } from '../message-json.ts';
import type { OpenView } from '../modals.ts';
import type { ActInput, ActResult } from '../sandbox.ts';
import { viewJson } from '../view-json.ts';
import type { SandboxMessage, SandboxUser } from '../workspace.ts';
import { type InteractionContext, mustChannel, mustUser, timed } from './context.ts';
import { elementValue, stateValues, type Values } from './element-values.ts';
import { findElement, type Placed } from './interactive-elements.ts';
import { channelName, interactionBase } from './payloads.ts';
import { placeOnMessage } from './place-on-message.ts';

export type Act = (input: ActInput) => Promise<ActResult>;

/** A person uses an element of a message, of what stands below it, an ephemeral, a modal or the home tab. */
export function createAct(context: InteractionContext): Act {
  const { state } = context;
  /** What people have chosen in messages so far, by user and message. */
  const chosen = new Map<string, Values>();

  const send = async (user: SandboxUser, payload: Fields): Promise<ActResult> => {
    const trigger_id = context.triggers.issue(user.id);
    const full = { type: 'block_actions', ...interactionBase(user), trigger_id, ...payload };
    const { value: delivery, ms: ackMs } = await timed(() => context.link.request('interactive', full));
    return delivery.ok ? { ok: true, ackMs } : { ok: false, error: delivery.error, ackMs };
  };

  const actOnMessage = async (input: ActInput, user: SandboxUser): Promise<ActResult> => {
    const message = messageOf(input, user, context);
    const channel = mustChannel(context, message.channel);
    const { placed, blocks, container, attached } = placeOnMessage(message, input);
    const key = `${user.id} ${message.channel} ${message.ts}`;
    const values = put(chosen.get(key) ?? {}, placed, input);
    chosen.set(key, values);
    for (const oldest of chosen.size > 2000 ? [...chosen.keys()].slice(0, 1000) : []) chosen.delete(oldest);
    const responseUrl = context.responseUrls.issue({ kind: 'actions', user: user.id, channel: channel.id, message });
    const isEphemeral = message.ephemeralTo !== undefined;
    const result = await send(user, {
      container: {
        ...container,
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: isEphemeral,
        ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
      },
      channel: { id: channel.id, name: channelName(channel) },
      // Of a person's message below which its drawing stands, the app gets that alone.
      ...(isEphemeral || 'app_unfurl' in attached ? attached : { message: messageJson(message, state, { metadata: true }) }),
      state: { values: stateValues(blocks, values) },
      response_url: responseUrl.url,
      actions: [actionOf(placed, input, state.history.stamp('actions'))],
    });
    return { ...result, responseUrlId: responseUrl.id };
  };

  const actOnModal = async (input: ActInput, user: SandboxUser, view: OpenView): Promise<ActResult> => {
    if (view.user !== user.id) throw new Error(`the view ${view.viewId} is not on the screen of ${input.user}`);
    const placed = findElement(view.view.blocks, input.actionId, input.blockId);
    const changed = { ...view, values: put(view.values, placed, input) };
    if (changed.values !== view.values) state.modals.replace(changed);
    if (placed.block.type === 'input' && placed.block.dispatch_action !== true) return { ok: true, ackMs: 0 };
    const shown = { ...changed, values: stateValues(changed.view.blocks, changed.values) };
    return send(user, {
      container: { type: 'view', view_id: view.viewId },
      view: viewJson(shown),
      actions: [actionOf(placed, input, state.history.stamp('actions'))],
    });
  };

  const actOnHome = async (input: ActInput, user: SandboxUser): Promise<ActResult> => {
    const home = state.workspace.home(user.id);
    if (!home) throw new Error(`${input.user} has no home tab of the app`);
    const placed = findElement(home.blocks, input.actionId, input.blockId);
    const values = stateValues(home.blocks, put({}, placed, input));
    return send(user, {
      container: { type: 'view', view_id: home.id },
      view: { ...home, state: { values } },
      actions: [actionOf(placed, input, state.history.stamp('actions'))],
    });
  };

  return async (input) => {
    const user = mustUser(context, input.user);
    if (input.home === true) return actOnHome(input, user);
    if (input.viewId === undefined) return actOnMessage(input, user);
    const view = state.modals.find(input.viewId);
    if (!view) throw new Error(`the sandbox shows no view ${input.viewId}`);
    return actOnModal(input, user, view);
  };
}

/** @throws Error when that person sees no such message */
export function messageOf(input: Pick<ActInput, 'user' | 'channel' | 'ts'>, user: SandboxUser, context: InteractionContext): SandboxMessage {
  const channel = mustChannel(context, input.channel ?? '').id;
  const ts = input.ts ?? '';
  const message = context.state.history.get(channel, ts) ?? context.state.ephemerals.get(channel, ts);
  if (!message || (message.ephemeralTo !== undefined && message.ephemeralTo !== user.id)) {
    throw new Error(`${input.user} sees no message ${ts} in ${input.channel}`);
  }
  return message;
}

const withoutValue = new Set(['button', 'workflow_button', 'feedback_buttons', 'icon_button', 'overflow']);

function put(values: Values, { block, element }: Placed, input: ActInput): Values {
  if (withoutValue.has(String(element.type))) return values;
  const blockId = String(block.block_id);
  return { ...values, [blockId]: { ...values[blockId], [input.actionId]: elementValue(element, chosenValue(input)) } };
}

function chosenValue(input: ActInput): unknown {
  return input.fields ?? input.selectedOptions ?? input.selectedOption ?? input.value;
}

function actionOf({ block, element }: Placed, input: ActInput, actionTs: string): Fields {
  const type = String(element.type);
  const base = { type, action_id: input.actionId, block_id: block.block_id, action_ts: actionTs };
  switch (type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button': {
      const kept = ['text', 'value', 'style', 'url', 'icon'].filter((name) => element[name] !== undefined);
      return { ...base, ...Object.fromEntries(kept.map((name) => [name, element[name]])) };
    }
    case 'feedback_buttons': {
      const buttons = [element.positive_button, element.negative_button].filter(isFields);
      const pressed = buttons.find((button) => button.value === input.value);
      if (!pressed) throw new Error(`no feedback button has the value ${String(input.value)}`);
      return { ...base, value: pressed.value, text: pressed.text };
    }
    default: {
      const placeholder = element.placeholder === undefined ? {} : { placeholder: element.placeholder };
      return { ...base, ...elementValue(element, chosenValue(input)), ...placeholder };
    }
  }
}
