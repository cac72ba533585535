// @ts-check
import { scrollToEnd } from './live.js';
import { byId, place, send } from './server.js';

/** Listens to the boxes one writes in, now and later ones. */
export function listenToComposers() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches('.composer')) return;
    event.preventDefault();
    void write(form);
  });
  document.addEventListener('input', (event) => {
    const form = composerOf(event.target);
    if (!form) return;
    growBox(boxOf(form));
    say(form, '');
    suggest(form);
  });
  document.addEventListener('keydown', (event) => {
    const form = composerOf(event.target);
    if (form) handleKey(form, event);
  });
  document.addEventListener('focusout', (event) => {
    const form = composerOf(event.target);
    if (form && !(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) hideHints(form);
  });
  // A press must not take the focus from the box, or the list would be gone before the click.
  document.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('.hint, [data-show-commands]')) event.preventDefault();
  });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const form = composerOf(event.target);
    const hint = event.target.closest('.hint');
    if (form && hint instanceof HTMLElement) complete(form, hint);
    if (form && event.target.closest('[data-show-commands]')) type(form, '/');
    const example = event.target.closest('.try');
    if (example instanceof HTMLElement) void runExample(example);
  });
}

/** @param {EventTarget | null} target */
function composerOf(target) {
  return target instanceof Element ? /** @type {HTMLFormElement | null} */ (target.closest('.composer')) : null;
}

/** @param {HTMLFormElement} form */
function boxOf(form) {
  return /** @type {HTMLTextAreaElement} */ (form.querySelector('textarea'));
}

/** @param {HTMLFormElement} form */
async function write(form) {
  const box = boxOf(form);
  const text = box.value.trim();
  if (text === '') return;
  type(form, '');
  // Whoever writes looks at what comes of it, wherever they have scrolled to.
  const list = byId(form.dataset.threadTs ? 'thread-messages' : 'messages');
  if (list) scrollToEnd(list);
  const answer = await send('say', { channel: form.dataset.channel, ...(form.dataset.threadTs ? { threadTs: form.dataset.threadTs } : {}), text });
  if (!answer.notice) return;
  say(form, answer.notice);
  if (box.value === '') box.value = text;
}

/** @param {HTMLElement} example */
async function runExample(example) {
  const { channel = '', command = '' } = example.dataset;
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('.main .composer'));
  if (form && (channel === '' || channel === place.channel)) {
    type(form, command);
    return write(form);
  }
  await send('say', { channel, text: command });
  location.assign(`/?${new URLSearchParams({ as: place.as, channel })}`);
}

/**
 * @param {HTMLFormElement} form
 * @param {KeyboardEvent} event
 */
function handleKey(form, event) {
  const marked = form.querySelector('.hint[aria-selected=true]');
  if (event.key === 'Escape') return hideHints(form);
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && areHintsShown(form)) {
    event.preventDefault();
    return markNext(form, event.key === 'ArrowDown' ? 1 : -1);
  }
  if ((event.key === 'Tab' || event.key === 'Enter') && marked instanceof HTMLElement && areHintsShown(form)) {
    event.preventDefault();
    return complete(form, marked);
  }
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
}

/** Shows the commands that begin with what is typed. @param {HTMLFormElement} form */
function suggest(form) {
  const typed = boxOf(form).value.toLowerCase();
  for (const hint of hintsOf(form)) {
    const whole = `${hint.dataset.command} ${hint.dataset.usage}`.toLowerCase();
    hint.hidden = !typed.startsWith('/') || typed.includes('\n') || !whole.startsWith(typed);
  }
  mark(form, null);
  const list = form.querySelector('.hints');
  if (list instanceof HTMLElement) list.hidden = hintsOf(form).every((hint) => hint.hidden);
}

/**
 * Types a hint's command: as far as it is fixed, so that what is written in capitals is left to the person.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} hint
 */
function complete(form, hint) {
  const fixed = (hint.dataset.usage ?? '').split(' ').filter((word) => /^[a-z-]+$/.test(word));
  type(form, [hint.dataset.command, ...fixed, ''].join(' '));
  hideHints(form);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function type(form, text) {
  const box = boxOf(form);
  box.value = text;
  box.focus();
  growBox(box);
  say(form, '');
  suggest(form);
}

/**
 * @param {HTMLFormElement} form
 * @param {1 | -1} step
 */
function markNext(form, step) {
  const shown = hintsOf(form).filter((hint) => !hint.hidden);
  const index = shown.findIndex((hint) => hint.ariaSelected === 'true');
  mark(form, shown[(index + step + shown.length) % shown.length] ?? null);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} marked
 */
function mark(form, marked) {
  for (const hint of hintsOf(form)) hint.ariaSelected = String(hint === marked);
  if (marked) boxOf(form).setAttribute('aria-activedescendant', marked.id);
  else boxOf(form).removeAttribute('aria-activedescendant');
}

/** @param {HTMLFormElement} form */
function hintsOf(form) {
  return /** @type {HTMLElement[]} */ ([...form.querySelectorAll('.hint')]);
}

/** @param {HTMLFormElement} form */
function areHintsShown(form) {
  return form.querySelector('.hints:not([hidden])') !== null;
}

/** @param {HTMLFormElement} form */
function hideHints(form) {
  form.querySelector('.hints')?.setAttribute('hidden', '');
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function say(form, text) {
  const notice = /** @type {HTMLElement | null} */ (form.querySelector('.composer__notice'));
  if (!notice) return;
  notice.textContent = text;
  notice.hidden = text === '';
}

/** The box grows with its text. @param {HTMLTextAreaElement} box */
function growBox(box) {
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}
