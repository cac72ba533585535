// @ts-check
import { place } from './server.js';

const everyMs = 10_000;

/** Keeps the workspace's time on the page going. */
export function showTime() {
  for (const shown of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-time]')))
    shown.textContent = new Intl.DateTimeFormat('en', JSON.parse(shown.dataset.time ?? '{}')).format(place.now());
}

export function followClock() {
  showTime();
  setInterval(showTime, everyMs);
}
