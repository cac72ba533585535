// @ts-check
import { byId, place, send } from './server.js';

/** The small CRM among the controls. */
export function listenToCrm() {
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLSelectElement) || field.form?.id !== 'crm') return;
    fitForm(field.form);
    if (field.name === 'dealId') proposeStage(field.form);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.id !== 'crm') return;
    event.preventDefault();
    void sendEvent(form);
  });
  const form = crmForm();
  if (!form) return;
  fitForm(form);
  proposeStage(form);
}

/** What the CRM holds by now; what was chosen stays where it is still there. @param {DocumentFragment} drawn */
export function refreshCrm(drawn) {
  const form = crmForm();
  if (!form) return;
  const deal = fieldText(form, 'dealId');
  for (const name of ['dealId', 'personId']) {
    const menu = menuOf(form, name);
    const chosen = menu.value;
    menu.replaceChildren(.../** @type {HTMLElement} */ (drawn.querySelector(`[name=${name}]`)).childNodes);
    menu.value = chosen;
    if (menu.selectedIndex < 0) menu.selectedIndex = 0;
  }
  fitForm(form);
  if (deal !== fieldText(form, 'dealId') || chosenStage(form)?.disabled) proposeStage(form);
}

/** Shows the fields that the deed needs, the people of the deal's account, and the stage in which the deal is. @param {HTMLFormElement} form */
function fitForm(form) {
  const kind = menuOf(form, 'kind').value;
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-only]'))) {
    field.hidden = !(field.dataset.only ?? '').split(' ').includes(kind);
    for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll('input, select'))) control.disabled = field.hidden;
  }
  const present = stageOf(form);
  for (const option of menuOf(form, 'stage').options) {
    option.disabled = option.value === present;
    option.text = `${option.dataset.label}${option.disabled ? ' · is there' : ''}`;
  }
  const account = accountOf(form);
  const people = menuOf(form, 'personId');
  for (const group of people.querySelectorAll('optgroup')) group.hidden = group.dataset.account !== account;
  const isAmong = people.selectedOptions[0]?.closest('optgroup')?.dataset.account === account;
  const first = people.querySelector(`optgroup[data-account="${CSS.escape(account)}"] option`);
  if (!isAmong && first instanceof HTMLOptionElement) people.value = first.value;
}

/** The next stage; of a deal in the last one, the one before. @param {HTMLFormElement} form */
function proposeStage(form) {
  const stages = menuOf(form, 'stage');
  const values = [...stages.options].map(({ value }) => value);
  const at = values.indexOf(stageOf(form));
  stages.value = values[at + 1] ?? values[at - 1] ?? '';
}

/** @param {HTMLFormElement} form */
async function sendEvent(form) {
  const shown = byId('crm-answer');
  if (!shown) return;
  shown.textContent = 'Sending …';
  const { answer, notice } = await send('crm', { action: actionOf(form) });
  shown.textContent = answer === undefined ? (notice ?? '') : inWords(answer);
}

/** @param {{ status: number, sent: string[], text: string }} answer */
function inWords({ status, sent, text }) {
  return status < 300 ? `${status} taken: ${sent.join(', ')}` : `${status} refused: ${sent.join(', ')} ${text}`.trim();
}

/** @param {HTMLFormElement} form */
function actionOf(form) {
  const kind = fieldText(form, 'kind');
  const dealId = fieldText(form, 'dealId');
  const accountId = accountOf(form);
  switch (kind) {
    case 'move':
      return { kind, dealId, stage: fieldText(form, 'stage') };
    case 'inbound':
    case 'outbound':
      return { kind: 'touchpoint', accountId, dealId, personId: fieldText(form, 'personId'), type: fieldText(form, 'type'), direction: kind };
    case 'next-step':
      return { kind, dealId, title: fieldText(form, 'title'), due: fieldText(form, 'due') || tomorrow() };
    case 'person': {
      const role = fieldText(form, 'role');
      return { kind, accountId, name: fieldText(form, 'name'), title: fieldText(form, 'job'), ...(role === '' ? {} : { role }) };
    }
    default:
      return { kind, dealId };
  }
}

function crmForm() {
  return /** @type {HTMLFormElement | null} */ (byId('crm'));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function menuOf(form, name) {
  return /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
}

/** @param {HTMLFormElement} form */
function accountOf(form) {
  return menuOf(form, 'dealId').selectedOptions[0]?.closest('optgroup')?.dataset.account ?? '';
}

/** @param {HTMLFormElement} form */
function stageOf(form) {
  return menuOf(form, 'dealId').selectedOptions[0]?.dataset.stage ?? '';
}

/** @param {HTMLFormElement} form */
function chosenStage(form) {
  return menuOf(form, 'stage').selectedOptions[0];
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function fieldText(form, name) {
  return String(new FormData(form).get(name) ?? '');
}

function tomorrow() {
  return new Date(place.now() + 86_400_000).toISOString().slice(0, 10);
}
