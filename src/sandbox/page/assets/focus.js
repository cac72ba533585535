// @ts-check
import { byId } from './server.js';

/**
 * The same control in the new drawing, so that the keyboard stays where it was.
 * @param {Element | null} element
 */
export function focusPath(element) {
  const actionId = /** @type {HTMLElement | null | undefined} */ (element?.closest('.element'))?.dataset.actionId;
  return actionId === undefined || !element ? null : `.element[data-action-id="${CSS.escape(actionId)}"] ${element.tagName.toLowerCase()}`;
}

/**
 * Where the keyboard is, to be found again: the control may be drawn anew meanwhile.
 * @param {Element | null} element
 * @returns {() => HTMLElement | null}
 */
export function placeOf(element) {
  const entry = element?.closest('.entry')?.id ?? 'home';
  const path = focusPath(element);
  return () => {
    if (element instanceof HTMLElement && element.isConnected && element !== document.body) return element;
    const again = path === null ? null : byId(entry)?.querySelector(path);
    return again instanceof HTMLElement ? again : byId('composer');
  };
}
