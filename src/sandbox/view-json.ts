import type { OpenView } from './modals.ts';
import type { State } from './state.ts';
import { app, team } from './team.ts';

/** A view as the Web API and payloads show it; `values` is what the user has put in. */
export function viewJson(view: OpenView): Record<string, unknown> {
  const given = view.view;
  const text = (name: string): unknown => given[name] ?? null;
  return {
    id: view.viewId,
    team_id: team.id,
    type: given.type,
    blocks: given.blocks,
    private_metadata: given.private_metadata ?? '',
    callback_id: given.callback_id ?? '',
    external_id: given.external_id ?? '',
    title: text('title'),
    close: text('close'),
    submit: text('submit'),
    state: { values: view.values },
    hash: view.hash,
    clear_on_close: given.clear_on_close ?? false,
    notify_on_close: given.notify_on_close ?? false,
    previous_view_id: view.previousViewId ?? null,
    root_view_id: view.rootViewId,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}

/** A new view of that user's, on top of `previous` when there is one. */
export function newView(user: string, view: Record<string, unknown>, previous: OpenView | undefined, state: State): OpenView {
  const viewId = state.ids.next('V');
  return {
    viewId,
    user,
    view,
    hash: newHash(state),
    rootViewId: previous?.rootViewId ?? viewId,
    previousViewId: previous?.viewId,
    values: {},
  };
}

export function newHash(state: State): string {
  return `${Math.floor(state.now() / 1000)}.${state.ids.next('h')}`;
}
