// @ts-check
import { closeMenu, openerOf } from './menus.js';
import { send, showToast } from './server.js';

/** What the menus of a message, and of the message box, do. */
export function listenToShortcuts() {
  document.addEventListener('click', (event) => {
    const item = event.target instanceof Element ? event.target.closest('.menu__item') : null;
    if (!(item instanceof HTMLElement)) return;
    if (item.dataset.shortcut !== undefined) void run(item, item.dataset.shortcut);
    if (item.dataset.copyText !== undefined) void copy(item);
  });
}

/**
 * @param {HTMLElement} item
 * @param {string} callbackId
 */
async function run(item, callbackId) {
  const entry = item.dataset.kind === 'message' ? entryOf(item) : null;
  closeMenu(item);
  const message = entry ? { message: { channel: entry.dataset.channel, ts: entry.dataset.ts } } : {};
  const answer = await send('shortcut', { callbackId, ...message });
  if (answer.notice) showToast(answer.notice);
}

/** @param {HTMLElement} item */
async function copy(item) {
  const text = entryOf(item)?.querySelector('.message__content');
  closeMenu(item);
  if (!(text instanceof HTMLElement)) return;
  try {
    await navigator.clipboard.writeText(text.innerText);
    showToast('Copied.');
  } catch {
    showToast('The browser does not let this page copy.');
  }
}

/** The message whose menu it is. @param {HTMLElement} item */
function entryOf(item) {
  const menu = item.closest('[popover]');
  return menu ? /** @type {HTMLElement | null | undefined} */ (openerOf(menu.id)?.closest('.entry')) : null;
}
