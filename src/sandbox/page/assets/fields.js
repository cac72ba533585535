// @ts-check

/**
 * What a field of a form holds: text, the values that are chosen, or whole options where the app gave them. Null when it is empty.
 * @param {HTMLElement} field
 * @returns {string | string[] | import('./server.js').Choice[] | null}
 */
export function readField(field) {
  if (isCombo(field)) return chosenIn(field);
  const boxes = boxesOf(field);
  if (boxes.length > 0) {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    return boxes[0]?.type === 'radio' ? (chosen[0] ?? null) : chosen;
  }
  const control = /** @type {HTMLInputElement | null} */ (field.querySelector('input, textarea, select'));
  return control?.value ? control.value : null;
}

/**
 * The same for an element that tells the app at once.
 * @param {HTMLElement} element
 */
export function readControl(element) {
  if (isCombo(element)) return { chosen: chosenIn(element) };
  const select = element.querySelector('select');
  if (select) return { chosen: [...select.selectedOptions].map((option) => ({ value: option.value, text: option.text })) };
  if (element.querySelector('.choices')) {
    const chosen = boxesOf(element).filter((box) => box.checked);
    return { chosen: chosen.map((box) => ({ value: box.value, text: box.dataset.text ?? '' })) };
  }
  const field = /** @type {HTMLInputElement | null} */ (element.querySelector('input, textarea'));
  return { value: field?.value ?? '' };
}

/**
 * What was typed and chosen goes over to the same form drawn anew, unless the app changed that field.
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
export function keepTyped(before, after) {
  for (const box of boxesOf(before)) {
    const next = boxesOf(after).find(({ name, value }) => name === box.name && value === box.value);
    if (next && next.defaultChecked === box.defaultChecked) next.checked = box.checked;
  }
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (before.querySelectorAll('input[id], textarea[id], select[id]'))) {
    const next = /** @type {HTMLInputElement | null} */ (after.querySelector(`#${CSS.escape(field.id)}`));
    if (!next || next.defaultValue !== field.defaultValue) continue;
    next.value = field.value;
    const [combo, nextCombo] = [field, next].map((each) => /** @type {HTMLElement | null} */ (each.closest('.combo')));
    if (!combo || !nextCombo) continue;
    nextCombo.dataset.chosen = combo.dataset.chosen ?? '[]';
    nextCombo.querySelector('.tokens')?.replaceChildren(...(combo.querySelector('.tokens')?.childNodes ?? []));
  }
}

/** @param {HTMLElement} element */
export function isCombo(element) {
  return element.querySelector('.combo') !== null;
}

/**
 * @param {HTMLElement} element
 * @returns {import('./server.js').Choice[]}
 */
function chosenIn(element) {
  const combo = /** @type {HTMLElement | null} */ (element.querySelector('.combo'));
  return JSON.parse(combo?.dataset.chosen ?? '[]');
}

/** @param {HTMLElement} element */
function boxesOf(element) {
  return /** @type {HTMLInputElement[]} */ ([...element.querySelectorAll('input[type=checkbox], input[type=radio]')]);
}
