// @ts-check
import { isAtEnd, scrollToEnd } from './live.js';
import { byId, fetchFragment, place } from './server.js';

/** What the page shows, as its address says it. */
let shownPlace = location.search;

const introKey = 'journey-sandbox-intro';

/** Listens to what opens, closes and fills the parts of the page. */
export function listenToPanes() {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const opener = event.target.closest('[data-thread]');
    if (opener instanceof HTMLAnchorElement) {
      event.preventDefault();
      void openThread(opener.dataset.thread ?? '', opener.href);
    }
    const closer = event.target.closest('[data-close-thread]');
    if (closer instanceof HTMLAnchorElement) {
      event.preventDefault();
      closeThread(closer.href);
    }
    const older = event.target.closest('[data-before]');
    if (older instanceof HTMLButtonElement) void loadOlder(older);
    if (event.target.closest('[data-toggle-sidebar]')) toggleSidebar();
    else if (!event.target.closest('#sidebar')) toggleSidebar(false);
    if (event.target.closest('[data-close-intro]')) showIntro(false);
    if (event.target.closest('[data-open-intro]')) showIntro(byId('intro')?.hidden === true);
    const list = byId('messages');
    if (list && event.target.closest('#newer')) scrollToEnd(list);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') toggleSidebar(false);
  });
  // Another place; a jump within the page, as to the message box, is none.
  addEventListener('popstate', () => {
    if (location.search !== shownPlace) location.reload();
  });
  const list = byId('messages');
  list?.addEventListener('scroll', () => {
    if (isAtEnd(list)) byId('newer')?.setAttribute('hidden', '');
  });
  if (list) scrollToEnd(list);
  const thread = byId('thread-messages');
  if (thread) scrollToEnd(thread);
  const introIsClosed = localStorage.getItem(introKey) === 'closed';
  if (introIsClosed) showIntro(false);
}

/**
 * @param {string} ts
 * @param {string} address
 */
async function openThread(ts, address) {
  const drawn = await fetchFragment('thread', { thread: ts });
  if (!drawn) return;
  byId('thread')?.remove();
  byId('intro')?.before(drawn);
  document.body.classList.add('has-thread');
  goTo(address);
  const list = byId('thread-messages');
  if (list) scrollToEnd(list);
  byId('thread-composer')?.focus();
}

/** @param {string} address */
function goTo(address) {
  history.pushState(null, '', address);
  shownPlace = location.search;
}

/** @param {string} address */
function closeThread(address) {
  const ts = byId('thread')?.dataset.threadTs ?? '';
  byId('thread')?.remove();
  document.body.classList.remove('has-thread');
  goTo(address);
  /** @type {HTMLElement | null} */ (document.querySelector(`[data-thread="${CSS.escape(ts)}"]`))?.focus();
}

/** @param {HTMLButtonElement} button */
async function loadOlder(button) {
  const list = byId('messages');
  const holder = button.closest('li');
  if (!list || !holder) return;
  button.disabled = true;
  const drawn = await fetchFragment('older', { before: button.dataset.before ?? '', channel: place.channel });
  button.disabled = false;
  if (!drawn) return;
  const below = list.scrollHeight - list.scrollTop;
  holder.replaceWith(drawn);
  // What one was reading stays where it was.
  list.scrollTop = list.scrollHeight - below;
}

/** @param {boolean} [open] */
function toggleSidebar(open = !document.body.classList.contains('has-sidebar')) {
  document.body.classList.toggle('has-sidebar', open);
  document.querySelector('[data-toggle-sidebar]')?.setAttribute('aria-expanded', String(open));
}

/** @param {boolean} open */
function showIntro(open) {
  const intro = byId('intro');
  if (!intro) return;
  intro.hidden = !open;
  localStorage.setItem(introKey, open ? 'open' : 'closed');
}
