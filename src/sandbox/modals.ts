import type { Listeners } from './listeners.ts';
import type { SandboxModal, WorkspaceEvents } from './workspace.ts';

/** Slack allows three views on top of each other. */
export const maxDepth = 3;

/** Each user's stack of views. `values` is what the user has put into a view so far, by block_id and action_id. */
export type OpenView = Omit<SandboxModal, 'depth'> & {
  rootViewId: string;
  previousViewId: string | undefined;
  values: Record<string, Record<string, unknown>>;
};

export type Modals = {
  top(user: string): SandboxModal | undefined;
  stack(user: string): readonly OpenView[];
  find(viewId: string): OpenView | undefined;
  findExternal(externalId: string): OpenView | undefined;
  /** Puts the view alone on the screen. */
  open(view: OpenView): void;
  push(view: OpenView): void;
  replace(view: OpenView): void;
  /** Closes this view and what lies on it. */
  close(viewId: string): void;
  clear(user: string): void;
};

export function createModals(listeners: Listeners<WorkspaceEvents>): Modals {
  const stacks = new Map<string, OpenView[]>();
  const stackOf = (user: string): OpenView[] => stacks.get(user) ?? [];
  const put = (user: string, stack: OpenView[]): void => {
    if (stack.length === 0) stacks.delete(user);
    else stacks.set(user, stack);
    listeners.emit('modal', { user, modal: top(user) });
  };
  const top = (user: string): SandboxModal | undefined => {
    const stack = stackOf(user);
    const view = stack.at(-1);
    if (!view) return undefined;
    return {
      viewId: view.viewId,
      user,
      view: view.view,
      hash: view.hash,
      depth: stack.length,
      ...(view.errors ? { errors: view.errors } : {}),
    };
  };
  const findWhere = (matches: (view: OpenView) => boolean): OpenView | undefined => {
    for (const stack of stacks.values()) {
      const found = stack.find(matches);
      if (found) return found;
    }
    return undefined;
  };
  const find = (viewId: string): OpenView | undefined => findWhere((view) => view.viewId === viewId);
  return {
    top,
    stack: stackOf,
    find,
    findExternal: (externalId) => findWhere((view) => view.view.external_id === externalId),
    open: (view) => put(view.user, [view]),
    push: (view) => put(view.user, [...stackOf(view.user), view]),
    replace: (view) =>
      put(
        view.user,
        stackOf(view.user).map((each) => (each.viewId === view.viewId ? view : each)),
      ),
    close(viewId) {
      const view = find(viewId);
      if (!view) return;
      const stack = stackOf(view.user);
      put(
        view.user,
        stack.slice(
          0,
          stack.findIndex((each) => each.viewId === viewId),
        ),
      );
    },
    clear: (user) => put(user, []),
  };
}
