// @ts-check
import { showTime } from './clock.js';
import { refreshCrm } from './crm.js';
import { focusPath } from './focus.js';
import { showModal } from './modal.js';
import { byId, place, setNow, toElements } from './server.js';

/**
 * @typedef {object} PageUpdate
 * @property {{ id: string, ts: string, threadTs?: string, html: string }[]} messages
 * @property {string} [list]
 * @property {string} [sidebar]
 * @property {string} [home]
 * @property {string} [modal]
 * @property {string} [crm]
 * @property {number} [now]
 */

/** Follows the workspace: what changes there appears here. */
export function followWorkspace() {
  const query = new URLSearchParams({ as: place.as, channel: place.channel, since: place.since });
  if (place.isHome) query.set('home', '1');
  const events = new EventSource(`/page/events?${query}`);
  events.onmessage = (event) => applyUpdate(JSON.parse(event.data));
  events.onopen = () => document.body.classList.add('is-live');
  events.onerror = () => document.body.classList.remove('is-live');
  // A page that is left must not hold one of the browser's few connections.
  addEventListener('pagehide', () => events.close());
}

/** @param {PageUpdate} update */
function applyUpdate(update) {
  const list = byId('messages');
  if (update.list !== undefined && list) {
    list.replaceChildren(toElements(update.list));
    scrollToEnd(list);
  }
  for (const message of update.messages) showMessage(message);
  if (update.sidebar !== undefined) byId('sidebar')?.replaceWith(toElements(update.sidebar));
  if (update.home !== undefined) replaceHome(toElements(update.home));
  if (update.modal !== undefined) showModal(update.modal);
  if (update.crm !== undefined) refreshCrm(toElements(update.crm));
  if (update.now !== undefined) setNow(update.now);
  if (update.now !== undefined) showTime();
}

/** The home tab stays where one reads it, with the keyboard where it was. @param {DocumentFragment} drawn */
function replaceHome(drawn) {
  const shown = byId('home');
  if (!shown) return;
  const focused = shown.contains(document.activeElement) ? focusPath(document.activeElement) : null;
  const top = shown.scrollTop;
  shown.replaceWith(drawn);
  const next = byId('home');
  if (next) next.scrollTop = top;
  if (focused) /** @type {HTMLElement | null | undefined} */ (next?.querySelector(focused))?.focus();
}

/** @param {PageUpdate['messages'][number]} message */
function showMessage({ id, ts, threadTs, html }) {
  const list = threadTs === undefined ? byId('messages') : threadList(threadTs);
  if (!list) return;
  const drawn = toElements(html).firstElementChild;
  if (!(drawn instanceof HTMLElement)) return;
  const shown = byId(id);
  if (shown) return replaceMessage(shown, drawn);
  const oldest = /** @type {HTMLElement | null} */ (list.querySelector('.entry'));
  // It comes with the older messages, when they are loaded.
  if (list.querySelector('.older') && oldest && ts < (oldest.dataset.ts ?? '')) return;
  const atEnd = isAtEnd(list);
  drawn.classList.add('is-new');
  list.insertBefore(drawn, firstAfter(list, ts));
  if (threadTs !== undefined) countReplies(list);
  if (atEnd) showEnd(list, drawn);
  else if (threadTs === undefined) byId('newer')?.removeAttribute('hidden');
}

/**
 * @param {HTMLElement} shown
 * @param {HTMLElement} drawn
 */
function replaceMessage(shown, drawn) {
  if (shown.isEqualNode(drawn)) return;
  const focused = shown.contains(document.activeElement) ? focusPath(document.activeElement) : null;
  if (shown.dataset.version !== drawn.dataset.version) drawn.classList.add('is-changed');
  const list = /** @type {HTMLElement | null} */ (shown.closest('.messages'));
  const atEnd = list !== null && isAtEnd(list);
  shown.replaceWith(drawn);
  if (list && atEnd) scrollToEnd(list);
  if (focused) /** @type {HTMLElement | null} */ (drawn.querySelector(focused))?.focus();
}

/** @param {string} threadTs */
function threadList(threadTs) {
  return byId('thread')?.dataset.threadTs === threadTs ? byId('thread-messages') : null;
}

/** @param {HTMLElement} list */
function countReplies(list) {
  const count = list.querySelectorAll('.entry').length - 1;
  const label = list.querySelector('.reply-count span');
  if (label) label.textContent = `${count} ${count === 1 ? 'reply' : 'replies'}`;
}

/**
 * @param {HTMLElement} list
 * @param {string} ts
 */
function firstAfter(list, ts) {
  const entries = /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('.entry'));
  return [...entries].find((entry) => (entry.dataset.ts ?? '') > ts) ?? null;
}

/**
 * The newest is in view; a long answer to one's own command from its beginning.
 * @param {HTMLElement} list
 * @param {HTMLElement} last
 */
function showEnd(list, last) {
  const isLongAnswer = last.offsetHeight > list.clientHeight && last.querySelector('.message--ephemeral') !== null;
  list.scrollTop = isLongAnswer ? last.offsetTop - list.offsetTop : list.scrollHeight;
}

/** @param {HTMLElement} list */
export function isAtEnd(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < 80;
}

/** @param {HTMLElement} list */
export function scrollToEnd(list) {
  list.scrollTop = list.scrollHeight;
}
