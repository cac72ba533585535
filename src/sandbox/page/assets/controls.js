// @ts-check
import { byId, place, send, showToast } from './server.js';

/** The pane with the clock, the CRM and Slack's outages. */
export function listenToControls() {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest('[data-open-controls]')) showControls(byId('controls')?.hidden === true);
    if (event.target.closest('[data-close-controls]')) showControls(false);
    const skip = event.target.closest('[data-skip]');
    if (skip instanceof HTMLButtonElement) void press(skip, 'skip', { skip: skip.dataset.skip });
    const cut = event.target.closest('[data-disconnect]');
    if (cut instanceof HTMLButtonElement) void press(cut, 'weather', { disconnect: true });
  });
  document.addEventListener('keydown', (event) => {
    const isInside = event.target instanceof Element && event.target.closest('#controls') !== null;
    if (event.key === 'Escape' && isInside) showControls(false);
  });
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.name === 'outage') void change(field.value);
    if (field instanceof HTMLSelectElement && field.form?.id === 'crm') fitForm(field.form);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.id !== 'crm') return;
    event.preventDefault();
    void sendEvent(form);
  });
  const form = byId('crm');
  if (form instanceof HTMLFormElement) fitForm(form);
}

/** @param {boolean} open */
function showControls(open) {
  const pane = byId('controls');
  const opener = /** @type {HTMLElement | null} */ (document.querySelector('[data-open-controls]'));
  if (!pane) return;
  pane.hidden = !open;
  document.body.classList.toggle('has-controls', open);
  opener?.setAttribute('aria-expanded', String(open));
  if (open) /** @type {HTMLElement | null} */ (pane.querySelector('.controls__body'))?.focus();
  else opener?.focus();
}

/**
 * @param {HTMLButtonElement} button
 * @param {'skip' | 'weather'} what
 * @param {Record<string, unknown>} body
 */
async function press(button, what, body) {
  button.disabled = true;
  const answer = await send(what, body);
  button.disabled = false;
  button.focus();
  if (answer.notice) showToast(answer.notice);
  else if (what === 'weather') showToast('The connection was cut. The bot comes back by itself.');
}

/** @param {string} outage */
async function change(outage) {
  const answer = await send('weather', { outage });
  if (answer.notice) showToast(answer.notice);
}

/** Shows the fields that the deed needs, and the people of the deal's account. @param {HTMLFormElement} form */
function fitForm(form) {
  const kind = fieldText(form, 'kind');
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-only]')))
    field.hidden = !(field.dataset.only ?? '').split(' ').includes(kind);
  const account = accountOf(form);
  const people = form.elements.namedItem('personId');
  if (!(people instanceof HTMLSelectElement)) return;
  for (const group of people.querySelectorAll('optgroup')) group.hidden = group.dataset.account !== account;
  const isAmong = people.selectedOptions[0]?.closest('optgroup')?.dataset.account === account;
  const first = people.querySelector(`optgroup[data-account="${CSS.escape(account)}"] option`);
  if (!isAmong && first instanceof HTMLOptionElement) people.value = first.value;
}

/** @param {HTMLFormElement} form */
async function sendEvent(form) {
  const shown = byId('crm-answer');
  if (!shown) return;
  shown.textContent = 'Sending …';
  const kind = fieldText(form, 'kind');
  const { answer, notice } = await send('crm', { action: actionOf(form) });
  shown.textContent = answer === undefined ? (notice ?? '') : inWords(answer);
  if (answer !== undefined && answer.status < 300 && endings.includes(kind)) forgetDeal(form);
}

/** After these there is nothing left to do with a deal. */
const endings = ['win', 'lose', 'delete'];

/** @param {{ status: number, sent: string[], text: string }} answer */
function inWords({ status, sent, text }) {
  return `${status} ${status < 300 ? 'taken' : 'refused'}: ${sent.join(', ')} ${text}`.trim();
}

/** @param {HTMLFormElement} form */
function forgetDeal(form) {
  const deals = form.elements.namedItem('dealId');
  if (deals instanceof HTMLSelectElement) deals.selectedOptions[0]?.remove();
  fitForm(form);
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

/** @param {HTMLFormElement} form */
function accountOf(form) {
  const deals = form.elements.namedItem('dealId');
  return deals instanceof HTMLSelectElement ? (deals.selectedOptions[0]?.closest('optgroup')?.dataset.account ?? '') : '';
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
