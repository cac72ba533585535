import { maxDepth, type OpenView } from '../modals.ts';
import { readView } from '../read-view.ts';
import { SlackError } from '../slack-error.ts';
import { newHash, newView, viewJson } from '../view-json.ts';
import { jsonArgument, readJson, textArgument } from './arguments.ts';
import { type CallContext, defineMethod } from './method.ts';

const target = { trigger_id: textArgument, view: jsonArgument };

export const open = defineMethod({
  name: 'views.open',
  args: target,
  run(args, context) {
    const view = viewOf(args.view, 'modal', context);
    const user = context.triggers.redeem(args.trigger_id);
    const opened = newView(user, view, undefined, context.state);
    context.state.modals.open(opened);
    return { view: viewJson(opened) };
  },
});

export const push = defineMethod({
  name: 'views.push',
  args: target,
  run(args, context) {
    const { modals } = context.state;
    const view = viewOf(args.view, 'modal', context);
    const user = context.triggers.redeem(args.trigger_id);
    const stack = modals.stack(user);
    if (stack.length >= maxDepth) throw new SlackError('push_limit_reached');
    const pushed = newView(user, view, stack.at(-1), context.state);
    modals.push(pushed);
    return { view: viewJson(pushed) };
  },
});

export const update = defineMethod({
  name: 'views.update',
  args: {
    view: jsonArgument,
    view_id: textArgument.optional(),
    external_id: textArgument.optional(),
    hash: textArgument.optional(),
  },
  run(args, context) {
    const { modals } = context.state;
    const view = viewOf(args.view, 'modal', context, args.external_id);
    const known = args.view_id === undefined ? modals.findExternal(args.external_id ?? '') : modals.find(args.view_id);
    if (!known) throw new SlackError('not_found');
    if (args.hash !== undefined && args.hash !== '' && args.hash !== known.hash) throw new SlackError('hash_conflict');
    // What was typed stays where block_id and action_id stay; errors of the last submission go.
    const { errors: _errors, ...kept } = known;
    const updated: OpenView = { ...kept, view, hash: newHash(context.state) };
    modals.replace(updated);
    return { view: viewJson(updated) };
  },
});

export const publish = defineMethod({
  name: 'views.publish',
  args: { user_id: textArgument, view: jsonArgument, hash: textArgument.optional() },
  run(args, { state, ...context }) {
    const user = state.directory.user(args.user_id);
    if (!user || user.id !== args.user_id) throw new SlackError('user_not_found');
    const shown = newView(user.id, viewOf(args.view, 'home', { state, ...context }), undefined, state);
    const json = viewJson(shown);
    if (args.hash !== undefined && args.hash !== '' && args.hash !== state.workspace.home(user.id)?.hash) {
      throw new SlackError('hash_conflict');
    }
    state.showHome(user.id, json);
    return { view: json };
  },
});

function viewOf(value: unknown, type: 'modal' | 'home', { state }: CallContext, ownExternalId?: string): Record<string, unknown> {
  if (value === undefined) throw new SlackError('missing_argument');
  const view = readView(readJson(value), type, state);
  const external = view.external_id;
  if (typeof external === 'string' && external !== '' && external !== ownExternalId) {
    if (state.modals.findExternal(external)) throw new SlackError('duplicate_external_id');
  }
  return view;
}
