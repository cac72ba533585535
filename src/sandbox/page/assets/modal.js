// @ts-check
import { byId, send, showToast, toElements } from './server.js';

/** Listens to the modal: submitting, closing. */
export function listenToModal() {
  openShown();
  byId('modal-place')?.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(/** @type {HTMLFormElement} */ (event.target));
  });
  byId('modal-place')?.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-close-modal]')) void close();
  });
}

/**
 * Shows the view that the server drew, or none. What was typed into fields that stay is kept.
 * @param {string} html
 */
export function showModal(html) {
  const holder = byId('modal-place');
  if (!holder) return;
  const before = current();
  const drawn = toElements(html).querySelector('dialog');
  if (before && drawn && before.dataset.viewId === drawn.dataset.viewId) {
    if (before.dataset.hash === drawn.dataset.hash) return showErrors(drawnErrors(drawn));
    keepTyped(before, drawn);
  }
  holder.replaceChildren(...(drawn ? [drawn] : []));
  openShown();
}

function current() {
  return /** @type {HTMLDialogElement | null} */ (byId('modal'));
}

function openShown() {
  const modal = current();
  if (!modal || modal.open) return;
  modal.addEventListener('cancel', (event) => {
    event.preventDefault();
    void close();
  });
  modal.showModal();
  const first = modal.querySelector('.modal__body input, .modal__body textarea, .modal__body select');
  if (first instanceof HTMLElement) first.focus();
}

async function close() {
  const modal = current();
  if (!modal) return;
  const answer = await send('close', { viewId: modal.dataset.viewId });
  if (answer.notice) showToast(answer.notice);
  if (answer.modal !== undefined) showModal(answer.modal);
}

/** @param {HTMLFormElement} form */
async function submit(form) {
  const modal = current();
  const button = form.querySelector('[type=submit]');
  if (!modal || !(button instanceof HTMLButtonElement) || button.disabled) return;
  const missing = missingFields(form);
  showErrors(missing);
  if (Object.keys(missing).length > 0) return;
  button.disabled = true;
  const answer = await send('submit', { viewId: modal.dataset.viewId, values: readValues(form) });
  button.disabled = false;
  if (answer.errors) return showErrors(answer.errors);
  if (answer.notice) return showFailure(modal, answer.notice);
  if (answer.modal !== undefined) showModal(answer.modal);
}

/**
 * Slack asks for what is not optional before the app hears of it.
 * @param {HTMLFormElement} form
 */
function missingFields(form) {
  /** @type {Record<string, string>} */
  const missing = {};
  for (const input of inputsOf(form)) {
    const field = /** @type {HTMLElement | null} */ (input.querySelector('.element'));
    const value = field && readField(field);
    const isEmpty = value === null || value.length === 0;
    if (isEmpty && input.dataset.optional === undefined) missing[input.dataset.input ?? ''] = 'Please complete this required field.';
    const control = field?.querySelector('input, textarea');
    if (control instanceof HTMLInputElement && !isEmpty && !control.validity.valid) missing[input.dataset.input ?? ''] = control.validationMessage;
  }
  return missing;
}

/** @param {HTMLFormElement} form */
function readValues(form) {
  /** @type {Record<string, Record<string, { type: string, value: string | string[] | null }>>} */
  const values = {};
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('.element'))) {
    const { blockId = '', actionId = '', type = '' } = field.dataset;
    if (!field.querySelector('input, textarea, select')) continue;
    values[blockId] = { ...values[blockId], [actionId]: { type, value: readField(field) } };
  }
  return values;
}

/**
 * @param {HTMLElement} field
 * @returns {string | string[] | null}
 */
function readField(field) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll('input[type=checkbox], input[type=radio]'));
  if (boxes.length > 0) {
    const chosen = [...boxes].filter((box) => box.checked).map((box) => box.value);
    return boxes[0]?.type === 'radio' ? (chosen[0] ?? null) : chosen;
  }
  const control = /** @type {HTMLInputElement | null} */ (field.querySelector('input, textarea, select'));
  return control?.value ? control.value : null;
}

/** @param {ParentNode} form */
function inputsOf(form) {
  return /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-input]'));
}

/** @param {Record<string, string>} errors by block_id */
function showErrors(errors) {
  const modal = current();
  if (!modal) return;
  for (const input of inputsOf(modal)) {
    const text = errors[input.dataset.input ?? ''];
    const note = /** @type {HTMLElement | null} */ (input.querySelector('.input__error'));
    input.classList.toggle('input--wrong', text !== undefined);
    if (note) note.textContent = text ?? '';
    if (note) note.hidden = text === undefined;
  }
  const first = modal.querySelector('.input--wrong input, .input--wrong textarea, .input--wrong select');
  if (first instanceof HTMLElement) first.focus();
}

/** @param {HTMLElement} modal */
function drawnErrors(modal) {
  const wrong = [...inputsOf(modal)].filter((input) => input.classList.contains('input--wrong'));
  return Object.fromEntries(wrong.map((input) => [input.dataset.input ?? '', input.querySelector('.input__error')?.textContent ?? '']));
}

/**
 * @param {HTMLElement} modal
 * @param {string} text
 */
function showFailure(modal, text) {
  const failure = /** @type {HTMLElement | null} */ (modal.querySelector('.modal__error'));
  if (!failure) return;
  failure.textContent = text;
  failure.hidden = false;
}

/**
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
function keepTyped(before, after) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (before.querySelectorAll('input[id], textarea[id], select[id]'))) {
    const next = /** @type {HTMLInputElement | null} */ (after.querySelector(`#${CSS.escape(field.id)}`));
    if (next && next.defaultValue === field.defaultValue) next.value = field.value;
  }
}
