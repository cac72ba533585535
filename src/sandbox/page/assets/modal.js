// @ts-check
import { keepTyped, readField } from './fields.js';
import { placeOf } from './focus.js';
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
  if (!before && drawn) opener = placeOf(document.activeElement);
  const focused = before?.contains(document.activeElement) ? document.activeElement?.id : undefined;
  if (before && drawn && before.dataset.viewId === drawn.dataset.viewId) {
    if (before.dataset.hash === drawn.dataset.hash) return showErrors(drawnErrors(drawn));
    keepTyped(before, drawn);
  } else if (before && drawn) covered.set(before.dataset.viewId ?? '', before);
  const uncovered = covered.get(drawn?.dataset.viewId ?? '');
  if (uncovered && drawn) keepTyped(uncovered, drawn);
  if (!drawn) covered.clear();
  holder.replaceChildren(...(drawn ? [drawn] : []));
  openShown(focused);
  if (before && !drawn) opener?.()?.focus();
}

/** Views that another one was put on, as they were left. @type {Map<string, HTMLElement>} */
const covered = new Map();

/** Who had the keyboard before the form came, to be found again: a card may be drawn anew meanwhile. @type {(() => HTMLElement | null) | null} */
let opener = null;

function current() {
  return /** @type {HTMLDialogElement | null} */ (byId('modal'));
}

/** @param {string} [focused] the id of the field that had the keyboard in the former view */
function openShown(focused) {
  const modal = current();
  if (!modal || modal.open) return;
  modal.addEventListener('cancel', (event) => {
    event.preventDefault();
    void close();
  });
  modal.showModal();
  const same = focused ? modal.querySelector(`#${CSS.escape(focused)}`) : null;
  const first = same ?? modal.querySelector('.modal__body input, .modal__body textarea, .modal__body select');
  describeErrors(modal);
  if (first instanceof HTMLElement) first.focus();
}

/** The view that is being closed. Chromium tells one press of Escape twice where the keyboard is in a date. */
let closing = '';

async function close() {
  const viewId = current()?.dataset.viewId ?? '';
  if (viewId === '' || viewId === closing) return;
  closing = viewId;
  const answer = await send('close', { viewId });
  closing = '';
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
  /** @type {Record<string, Record<string, { type: string, value: ReturnType<typeof readField> }>>} */
  const values = {};
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('.element'))) {
    const { blockId = '', actionId = '', type = '' } = field.dataset;
    if (!field.querySelector('input, textarea, select')) continue;
    values[blockId] = { ...values[blockId], [actionId]: { type, value: readField(field) } };
  }
  return values;
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
  describeErrors(modal);
  const first = modal.querySelector('.input--wrong input, .input--wrong textarea, .input--wrong select');
  if (first instanceof HTMLElement) first.focus();
}

/** A screen reader says the error and the hint with the field. @param {HTMLElement} modal */
function describeErrors(modal) {
  for (const input of inputsOf(modal)) {
    const isWrong = input.classList.contains('input--wrong');
    const notes = [...input.querySelectorAll('.input__error:not([hidden]), .input__hint')].map(({ id }) => id);
    for (const field of input.querySelectorAll('input, textarea, select')) {
      field.setAttribute('aria-invalid', String(isWrong));
      field.setAttribute('aria-describedby', notes.join(' '));
    }
  }
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
