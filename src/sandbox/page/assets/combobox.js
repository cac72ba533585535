// @ts-check
import { whereIs } from './actions.js';
import { send } from './server.js';

/** @typedef {import('./server.js').Choice} Choice */

const typingMs = 200;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
/** Answers come in any order; only that to the last question counts. */
let asked = 0;

/** Menus whose options the app gives while one types. */
export function listenToComboboxes() {
  document.addEventListener('input', (event) => {
    const combo = comboOf(event.target);
    if (!combo) return;
    if (combo.dataset.many === undefined) put(combo, []);
    clearTimeout(typing);
    typing = setTimeout(() => void ask(combo), typingMs);
  });
  document.addEventListener('focusin', (event) => {
    const combo = comboOf(event.target);
    if (combo && boxOf(combo).value === '') void ask(combo);
  });
  document.addEventListener('focusout', (event) => {
    const combo = comboOf(event.target);
    if (combo && !(event.relatedTarget instanceof Node && combo.contains(event.relatedTarget))) afterPress(() => show(combo, false));
  });
  for (const [name, is] of /** @type {const} */ ([
    ['pointerdown', true],
    ['pointerup', false],
    ['pointercancel', false],
  ])) {
    document.addEventListener(name, () => {
      isPressed = is;
    });
  }
  // A press must not take the focus from the box, or the list would be gone before the click.
  document.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('.combo__options')) event.preventDefault();
  });
  document.addEventListener('click', (event) => {
    const combo = comboOf(event.target);
    if (!combo || !(event.target instanceof Element)) return;
    const option = event.target.closest('[role=option]');
    if (option instanceof HTMLElement) choose(combo, option);
    const token = event.target.closest('[data-token]');
    if (token instanceof HTMLElement) remove(combo, token.dataset.token ?? '');
  });
  document.addEventListener('keydown', handleKey);
}

let isPressed = false;

/** A list that goes while a button below it is being pressed would take the button from under the pointer. @param {() => void} then */
function afterPress(then) {
  if (isPressed) document.addEventListener('pointerup', () => setTimeout(then), { once: true });
  else then();
}

/** @param {HTMLElement} combo */
async function ask(combo) {
  const element = /** @type {HTMLElement} */ (combo.closest('.element'));
  const { actionId, blockId } = element.dataset;
  const value = boxOf(combo).value.trim();
  if (value.length < Number(combo.dataset.shortest)) return show(combo, false);
  asked += 1;
  const question = asked;
  const { groups = [], notice } = await send('suggest', { where: whereIs(element), actionId, blockId, value });
  if (question !== asked || !combo.isConnected || !combo.contains(document.activeElement)) return;
  const options = groups.flatMap(({ label, options: choices }) => [...(label === null ? [] : [groupLabel(label)]), ...choices.map(optionItem)]);
  listOf(combo).replaceChildren(...options);
  for (const [index, option] of optionsOf(combo).entries()) option.id = `${listOf(combo).id}-${index}`;
  const count = optionsOf(combo).length;
  say(combo, notice ?? (count === 0 ? 'No results' : `${count} ${count === 1 ? 'result' : 'results'}`));
  if (count === 0) listOf(combo).replaceChildren(groupLabel(notice ?? 'No results'));
  show(combo, true);
}

/** @param {KeyboardEvent} event */
function handleKey(event) {
  const combo = comboOf(event.target);
  if (!combo) return;
  const isOpen = !listOf(combo).hidden;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (isOpen) mark(combo, event.key === 'ArrowDown' ? 1 : -1);
    else void ask(combo);
  }
  const marked = combo.querySelector('[role=option][aria-selected=true]');
  if (event.key === 'Enter' && isOpen) {
    event.preventDefault();
    if (marked instanceof HTMLElement) choose(combo, marked);
  }
  if (event.key === 'Escape' && isOpen) {
    // The form stays.
    event.preventDefault();
    event.stopPropagation();
    show(combo, false);
  }
}

/**
 * @param {HTMLElement} combo
 * @param {HTMLElement} option
 */
function choose(combo, option) {
  const choice = { value: option.dataset.value ?? '', text: option.textContent ?? '' };
  const isMany = combo.dataset.many !== undefined;
  put(combo, isMany ? [...chosen(combo).filter(({ value }) => value !== choice.value), choice] : [choice]);
  boxOf(combo).value = isMany ? '' : choice.text;
  show(combo, false);
  combo.dispatchEvent(new CustomEvent('chosen', { bubbles: true }));
}

/**
 * @param {HTMLElement} combo
 * @param {string} gone
 */
function remove(combo, gone) {
  put(
    combo,
    chosen(combo).filter(({ value }) => value !== gone),
  );
  boxOf(combo).focus();
  combo.dispatchEvent(new CustomEvent('chosen', { bubbles: true }));
}

/**
 * @param {HTMLElement} combo
 * @returns {Choice[]}
 */
function chosen(combo) {
  return JSON.parse(combo.dataset.chosen ?? '[]');
}

/**
 * @param {HTMLElement} combo
 * @param {Choice[]} choices
 */
function put(combo, choices) {
  combo.dataset.chosen = JSON.stringify(choices);
  combo.querySelector('.tokens')?.replaceChildren(...choices.map(tokenItem));
}

/**
 * @param {HTMLElement} combo
 * @param {1 | -1} step
 */
function mark(combo, step) {
  const options = optionsOf(combo);
  const index = options.findIndex((option) => option.ariaSelected === 'true');
  const next = options[(index + step + options.length) % options.length];
  for (const option of options) option.ariaSelected = String(option === next);
  if (!next) return;
  boxOf(combo).setAttribute('aria-activedescendant', next.id);
  next.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {HTMLElement} combo
 * @param {boolean} isOpen
 */
function show(combo, isOpen) {
  listOf(combo).hidden = !isOpen;
  boxOf(combo).setAttribute('aria-expanded', String(isOpen));
  boxOf(combo).removeAttribute('aria-activedescendant');
}

/**
 * @param {HTMLElement} combo
 * @param {string} text
 */
function say(combo, text) {
  const status = combo.querySelector('[role=status]');
  if (status) status.textContent = text;
}

/** @param {Choice} choice */
function optionItem({ value, text }) {
  const item = document.createElement('li');
  item.role = 'option';
  item.ariaSelected = 'false';
  item.dataset.value = value;
  item.textContent = text;
  return item;
}

/** @param {string} text */
function groupLabel(text) {
  const item = document.createElement('li');
  item.role = 'presentation';
  item.className = 'combo__group';
  item.textContent = text;
  return item;
}

/** @param {Choice} choice */
function tokenItem({ value, text }) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'token';
  button.dataset.token = value;
  button.ariaLabel = `Remove ${text}`;
  button.textContent = `${text} ✕`;
  item.append(button);
  return item;
}

/** @param {EventTarget | null} target */
function comboOf(target) {
  return target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('.combo')) : null;
}

/** @param {HTMLElement} combo */
function boxOf(combo) {
  return /** @type {HTMLInputElement} */ (combo.querySelector('.combo__box'));
}

/** @param {HTMLElement} combo */
function listOf(combo) {
  return /** @type {HTMLElement} */ (combo.querySelector('.combo__options'));
}

/** @param {HTMLElement} combo */
function optionsOf(combo) {
  return /** @type {HTMLElement[]} */ ([...combo.querySelectorAll('[role=option]')]);
}
