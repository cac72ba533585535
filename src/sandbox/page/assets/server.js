// @ts-check
/** What the page asks of its server, and how it says that something went wrong. */

const gone = 'The sandbox does not answer. Is it still running?';

export const place = {
  as: document.body.dataset.as ?? '',
  channel: document.body.dataset.channel ?? '',
  isHome: document.body.dataset.place === 'home',
  since: document.body.dataset.since ?? '0',
  /** The workspace's time: it may have been moved. Epoch milliseconds. */
  now: () => Date.now() + offset,
};

let offset = Number(document.body.dataset.now) - Date.now();

/** @param {number} now */
export function setNow(now) {
  offset = now - Date.now();
}

/**
 * @typedef {object} Answer
 * @property {string} [notice]
 * @property {Record<string, string>} [errors]
 * @property {string} [modal]
 * @property {{ label: string | null, options: Choice[] }[]} [groups]
 * @property {{ status: number, sent: string[], text: string }} [answer]
 *
 * @typedef {{ value: string, text: string }} Choice
 */

/**
 * Sends what the person did. The answer's `notice` says why it failed; without an answer there is one, too.
 * @param {'say' | 'act' | 'submit' | 'close' | 'suggest' | 'shortcut' | 'skip' | 'crm' | 'weather'} what
 * @param {Record<string, unknown>} body
 * @returns {Promise<Answer>}
 */
export async function send(what, body) {
  try {
    const response = await fetch(`/page/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: place.as, ...body }),
    });
    return await response.json();
  } catch {
    return { notice: gone };
  }
}

/**
 * A piece of the page at this place; null, and said so, when the server does not give it.
 * @param {'thread' | 'older'} what
 * @param {Record<string, string>} query
 */
export async function fetchFragment(what, query) {
  try {
    const response = await fetch(`/page/${what}?${new URLSearchParams({ as: place.as, channel: place.channel, ...query })}`);
    if (response.ok) return toElements(await response.text());
    showToast(`The sandbox answered ${response.status}.`);
  } catch {
    showToast(gone);
  }
  return null;
}

/**
 * Markup that the server drew, as elements.
 * @param {string} html
 */
export function toElements(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 */
export function byId(id) {
  return /** @type {T | null} */ (document.getElementById(id));
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let toastTimer;

/** @param {string} text */
export function showToast(text) {
  const toast = byId('toast');
  if (!toast) return;
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    toast.hidden = true;
  }, 6000);
}
