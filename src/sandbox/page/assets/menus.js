// @ts-check

/** Which of the buttons that share a menu was pressed last. @type {Map<string, HTMLElement>} */
const openers = new Map();

/** Menus are popovers: the browser opens and closes them, this puts them in place and lets arrows walk through them. */
export function listenToMenus() {
  document.addEventListener(
    'click',
    (event) => {
      const opener = event.target instanceof Element ? event.target.closest('[popovertarget]') : null;
      if (opener instanceof HTMLElement) openers.set(opener.getAttribute('popovertarget') ?? '', opener);
    },
    true,
  );
  document.addEventListener('toggle', placeMenu, true);
  document.addEventListener('keydown', walkMenu);
}

/** @param {string} menuId */
export function openerOf(menuId) {
  return openers.get(menuId) ?? null;
}

/** Puts an opened menu beside its button, inside the window. @param {Event} event */
function placeMenu(event) {
  const menu = event.target;
  if (!(menu instanceof HTMLElement) || !menu.matches('[popover]') || !menu.matches(':popover-open')) return;
  const opener = openers.get(menu.id) ?? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (!opener) return;
  const beside = opener.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(beside.left, innerWidth - size.width - 8));
  const below = beside.bottom + 4;
  menu.style.left = `${left}px`;
  menu.style.top = `${below + size.height > innerHeight ? Math.max(8, beside.top - size.height - 4) : below}px`;
}

/** Arrows walk through an open menu. @param {KeyboardEvent} event */
function walkMenu(event) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const menu = document.querySelector('[popover]:popover-open');
  if (!menu) return;
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('.menu__item')]);
  const index = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const step = event.key === 'ArrowDown' ? 1 : -1;
  items[(index + step + items.length) % items.length]?.focus();
  event.preventDefault();
}

/** @param {HTMLElement} control */
export function closeMenu(control) {
  const menu = control.closest('[popover]');
  if (menu instanceof HTMLElement) menu.hidePopover();
}
