// @ts-check
import { send, showToast } from './server.js';

/** Sends what people do with the elements of messages, modals and the home tab. */
export function listenToActions() {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const control = event.target.closest('.element button, .element a');
    const element = frameOf(control);
    if (!(control instanceof HTMLElement) || !element || control.closest('dialog.confirm')) return;
    if (control.hasAttribute('popovertarget')) return;
    closeMenu(control);
    const chosen = { value: control.dataset.value ?? '', text: control.dataset.text ?? '' };
    const what =
      element.dataset.type === 'overflow' ? { chosen: [chosen] } : control.dataset.value === undefined ? {} : { value: control.dataset.value };
    void act(element, what, control);
  });
  document.addEventListener('change', (event) => {
    const element = frameOf(event.target);
    if (!element || !isDispatched(element)) return;
    void act(element, readControl(element), null);
  });
  document.addEventListener('toggle', placeMenu, true);
  document.addEventListener('keydown', walkMenu);
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
function whereIs(element) {
  const modal = /** @type {HTMLElement | null} */ (element.closest('#modal'));
  if (modal) return { viewId: modal.dataset.viewId };
  const entry = /** @type {HTMLElement | null} */ (element.closest('.entry'));
  return entry ? { channel: entry.dataset.channel, ts: entry.dataset.ts } : { home: true };
}

/** @param {HTMLElement} element */
function readControl(element) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (element.querySelectorAll('input:checked'));
  const select = element.querySelector('select');
  if (select) return { chosen: [...select.selectedOptions].map((option) => ({ value: option.value, text: option.text })) };
  if (element.querySelector('.choices')) return { chosen: [...boxes].map((box) => ({ value: box.value, text: box.dataset.text ?? '' })) };
  const field = /** @type {HTMLInputElement | null} */ (element.querySelector('input, textarea'));
  return { value: field?.value ?? '' };
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

/** Puts an opened menu beside its button, inside the window. @param {Event} event */
function placeMenu(event) {
  const menu = event.target;
  if (!(menu instanceof HTMLElement) || !menu.matches('[popover]') || !menu.matches(':popover-open')) return;
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (!opener) return;
  const beside = opener.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(beside.left, innerWidth - size.width - 8));
  const below = beside.bottom + 4;
  menu.style.left = `${left}px`;
  menu.style.top = `${below + size.height > innerHeight ? Math.max(8, beside.top - size.height - 4) : below}px`;
}

/** Arrows walk through an open menu. @param {KeyboardEvent} event */
function walkMenu(event) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const menu = document.querySelector('[popover]:popover-open');
  if (!menu) return;
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('.menu__item')]);
  const index = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const step = event.key === 'ArrowDown' ? 1 : -1;
  items[(index + step + items.length) % items.length]?.focus();
  event.preventDefault();
}

/** @param {HTMLElement} control */
function closeMenu(control) {
  const menu = control.closest('[popover]');
  if (menu instanceof HTMLElement) menu.hidePopover();
}
