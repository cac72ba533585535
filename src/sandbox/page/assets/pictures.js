// @ts-check
import { byId } from './server.js';

/** A press on a picture shows it as large as the window; a press on that, or Escape, shuts it. */
export function listenToPictures() {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const frame = event.target.closest('.picture');
    const picture = frame?.querySelector('img');
    if (picture && event.target.closest('img, [data-enlarge]')) enlarge(picture);
  });
}

/** @param {HTMLImageElement} picture */
function enlarge(picture) {
  const box = /** @type {HTMLDialogElement | null} */ (byId('lightbox'));
  if (!box) return;
  const large = new Image();
  large.src = picture.src;
  large.alt = picture.alt;
  const shut = document.createElement('button');
  shut.type = 'button';
  shut.className = 'close';
  shut.ariaLabel = 'Close the picture';
  shut.textContent = '✕';
  box.replaceChildren(shut, large);
  box.onclick = () => box.close();
  // The browser gives the focus back to what had it.
  box.showModal();
}
