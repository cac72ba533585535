// @ts-check
import { byId, send, showToast } from './server.js';

/** The pane with the clock and Slack's outages; its CRM is in crm.js. */
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
  });
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
