// @ts-check
import { isCombo, readControl } from './fields.js';
import { closeMenu } from './menus.js';
import { send, showToast } from './server.js';

/** Sends what people do with the elements of messages, modals and the home tab. */
export function listenToActions() {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const control = event.target.closest('.element button, .element a');
    const element = frameOf(control);
    if (!(control instanceof HTMLElement) || !element || control.closest('dialog.confirm, .combo, .picture')) return;
    if (control.hasAttribute('popovertarget')) return;
    closeMenu(control);
    const chosen = { value: control.dataset.value ?? '', text: control.dataset.text ?? '' };
    const what =
      element.dataset.type === 'overflow' ? { chosen: [chosen] } : control.dataset.value === undefined ? {} : { value: control.dataset.value };
    void act(element, what, control);
  });
  document.addEventListener('change', (event) => {
    const element = frameOf(event.target);
    if (element && !isCombo(element)) tell(element);
  });
  // A menu whose options come from the app says itself when one was chosen.
  document.addEventListener('chosen', (event) => {
    const element = frameOf(event.target);
    if (element) tell(element);
  });
}

/** @param {HTMLElement} element */
function tell(element) {
  if (isDispatched(element)) void act(element, readControl(element), null);
}

/** @param {EventTarget | null} target */
function frameOf(target) {
  return target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('.element')) : null;
}

/**
 * Fields of a form are read when it is submitted, unless they ask to be told at once.
 * @param {HTMLElement} element
 */
function isDispatched(element) {
  const input = /** @type {HTMLElement | null} */ (element.closest('[data-input]'));
  return input === null || input.dataset.dispatch !== undefined;
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, unknown>} what
 * @param {HTMLElement | null} control
 */
async function act(element, what, control) {
  if (!(await isConfirmed(element))) return;
  control?.classList.add('is-busy');
  const { type, actionId, blockId } = element.dataset;
  const answer = await send('act', { where: whereIs(element), type, actionId, blockId, ...what });
  control?.classList.remove('is-busy');
  if (answer.notice) showToast(answer.notice);
}

/** @param {HTMLElement} element */
export function whereIs(element) {
  const modal = /** @type {HTMLElement | null} */ (element.closest('#modal'));
  if (modal) return { viewId: modal.dataset.viewId };
  const entry = /** @type {HTMLElement | null} */ (element.closest('.entry'));
  return entry ? { channel: entry.dataset.channel, ts: entry.dataset.ts } : { home: true };
}

/**
 * Asks first where the app wants that. The dialog's buttons carry the answer.
 * @param {HTMLElement} element
 * @returns {Promise<boolean>}
 */
function isConfirmed(element) {
  const dialog = element.querySelector('dialog.confirm');
  if (!(dialog instanceof HTMLDialogElement)) return Promise.resolve(true);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclick = (event) => {
      if (event.target instanceof HTMLButtonElement) dialog.close(event.target.value);
    };
    dialog.onclose = () => resolve(dialog.returnValue === 'confirm');
    dialog.returnValue = '';
  });
}
