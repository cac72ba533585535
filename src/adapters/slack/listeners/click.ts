import type { RespondFn } from '@slack/bolt';
import { readValue } from '../action-values.ts';
import { type HomeState, homeStateSchema, readHomeState } from '../views/app-home-state.ts';
import { triggerIdOf, userIdOf, viewOf } from './request.ts';

/** A click, a command or a shortcut, as far as it matters to what opens on it. */
export type Click = {
  userId: string;
  triggerId: string;
  /** The view that was clicked in; null: none, or the Home tab. */
  formId: string | null;
  /** What is looked at on the Home tab that it comes from, straight or through a form. */
  home: { state: HomeState; hash: string | null } | null;
};

export function clickOf(body: unknown): Click {
  const { type, id, hash, metadata } = viewOf(body);
  return {
    userId: userIdOf(body) ?? '',
    triggerId: triggerIdOf(body) ?? '',
    formId: type === 'modal' ? id : null,
    home: type === 'home' ? { state: readHomeState(metadata ?? undefined), hash } : homeBehind(metadata),
  };
}

/** Bolt's types promise it everywhere; Slack gives no address to answer to on the Home tab and in forms. */
export const whereTo = (respond: RespondFn | undefined, body: unknown): RespondFn | Click => respond ?? clickOf(body);

/** Of a form that was opened on the Home tab. */
function homeBehind(metadata: string | null): Click['home'] {
  const state = readValue(homeStateSchema, metadata ?? undefined);
  return state === null ? null : { state, hash: null };
}
