import { isFields } from '../block-kit/check.ts';
import { maxDepth, type OpenView } from '../modals.ts';
import { readView } from '../read-view.ts';
import type { SubmitInput, SubmitResult } from '../sandbox.ts';
import { refusal, SlackError } from '../slack-error.ts';
import type { State } from '../state.ts';
import { newHash, newView, viewJson } from '../view-json.ts';
import { checkInputs } from './check-inputs.ts';
import { describeRefusal, type InteractionContext, mustUser } from './context.ts';
import { elementValue, stateValues, type Values } from './element-values.ts';
import { interactiveElements } from './interactive-elements.ts';
import { interactionBase } from './payloads.ts';

/** A person fills a form and presses its submit button. The app's acknowledgement says what becomes of the form. */
export async function submitView(input: SubmitInput, context: InteractionContext): Promise<SubmitResult> {
  const { state } = context;
  const user = mustUser(context, input.user);
  const view = shownView(input.viewId, user.id, state);
  const values = stateValues(view.view.blocks, { ...view.values, ...given(view, input) });
  const filled = { ...view, values };
  const result = (rest: Omit<SubmitResult, 'modal'>): SubmitResult => ({ ...rest, modal: state.modals.top(user.id) });

  const errors = checkInputs(view.view.blocks, values);
  if (Object.keys(errors).length > 0) {
    state.modals.replace({ ...filled, errors });
    return result({ ok: false, errors });
  }
  state.modals.replace(filled);
  const delivery = await context.link.request('interactive', {
    type: 'view_submission',
    ...interactionBase(user),
    trigger_id: context.triggers.issue(user.id),
    view: viewJson(filled),
    response_urls: [],
  });
  if (!delivery.ok) return result({ ok: false, error: delivery.error });
  try {
    const refused = follow(delivery.payload, filled, state);
    return result(refused ? { ok: false, errors: refused } : { ok: true });
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return result({ ok: false, error: 'invalid_response', refusal: describeRefusal(error) });
  }
}

/** A person closes a view. */
export async function closeView(input: { user: string; viewId: string }, context: InteractionContext): Promise<void> {
  const { modals } = context.state;
  const user = mustUser(context, input.user);
  const view = shownView(input.viewId, user.id, context.state);
  const clears = view.view.clear_on_close === true;
  if (clears) modals.clear(user.id);
  else modals.close(view.viewId);
  if (view.view.notify_on_close !== true) return;
  const base = interactionBase(user);
  await context.link.request('interactive', { type: 'view_closed', ...base, view: viewJson(view), is_cleared: clears });
}

/** Does what the acknowledgement says; returns the errors to show. Throws SlackError for an answer Slack refuses. */
function follow(payload: unknown, view: OpenView, state: State): Record<string, string> | undefined {
  const answer = isFields(payload) ? payload : {};
  switch (answer.response_action) {
    case undefined:
      state.modals.close(view.viewId);
      return undefined;
    case 'clear':
      state.modals.clear(view.user);
      return undefined;
    case 'errors': {
      const errors = readErrors(answer.errors, view);
      state.modals.replace({ ...view, errors });
      return errors;
    }
    case 'update': {
      const { errors: _errors, ...kept } = view;
      state.modals.replace({ ...kept, view: readView(answer.view, 'modal', state), hash: newHash(state) });
      return undefined;
    }
    case 'push': {
      if (state.modals.stack(view.user).length >= maxDepth) throw new SlackError('push_limit_reached');
      state.modals.push(newView(view.user, readView(answer.view, 'modal', state), view, state));
      return undefined;
    }
    default:
      throw new SlackError('unknown_response_action');
  }
}

function readErrors(errors: unknown, view: OpenView): Record<string, string> {
  if (!isFields(errors) || Object.keys(errors).length === 0) throw new SlackError('invalid_errors');
  const inputs = interactiveElements(view.view.blocks).filter(({ block }) => block.type === 'input');
  const known = new Set(inputs.map(({ block }) => block.block_id));
  const strays = Object.keys(errors).filter((blockId) => !known.has(blockId));
  if (strays.length > 0)
    throw refusal(
      'invalid_errors',
      strays.map((blockId) => `no input block has the block_id ${blockId}`),
    );
  return Object.fromEntries(Object.entries(errors).map(([blockId, message]) => [blockId, String(message)]));
}

function shownView(viewId: string, user: string, state: State): OpenView {
  const view = state.modals.find(viewId);
  if (!view || view.user !== user) throw new Error(`no view ${viewId} is on the screen of ${user}`);
  return view;
}

function given(view: OpenView, input: SubmitInput): Values {
  const values: Values = {};
  const elements = interactiveElements(view.view.blocks);
  for (const [blockId, actions] of Object.entries(input.values)) {
    for (const [actionId, value] of Object.entries(actions)) {
      const placed = elements.find(({ block, element }) => block.block_id === blockId && element.action_id === actionId);
      if (!placed) throw new Error(`the view has no element ${actionId} in a block ${blockId}`);
      values[blockId] = { ...values[blockId], [actionId]: elementValue(placed.element, value) };
    }
  }
  return values;
}
