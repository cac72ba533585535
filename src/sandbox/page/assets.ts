import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Asset = { type: string; body: Buffer };

/** The page's styles, scripts and pictures, read once. `version` goes into their addresses. */
export function loadAssets(): { assets: ReadonlyMap<string, Asset>; version: string } {
  const assets = new Map<string, Asset>();
  for (const name of [...stylesheets, ...otherAssets]) {
    const body = name === 'library.css' ? Buffer.from(libraryStyles()) : readFileSync(new URL(`./assets/${name}`, import.meta.url));
    assets.set(name, { type: types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream', body });
  }
  const hash = createHash('sha256');
  for (const { body } of assets.values()) hash.update(body);
  return { assets, version: hash.digest('hex').slice(0, 12) };
}

/** In the order in which they are to be applied. */
export const stylesheets = [
  'library.css',
  'theme.css',
  'frame.css',
  'panes.css',
  'avatar.css',
  'message.css',
  'text.css',
  'blocks.css',
  'controls.css',
  'form.css',
  'composer.css',
  'combobox.css',
  'controls-pane.css',
  'pictures.css',
  'narrow.css',
] as const;

const otherAssets = [
  'page.js',
  'actions.js',
  'clock.js',
  'combobox.js',
  'composer.js',
  'controls.js',
  'crm.js',
  'fields.js',
  'focus.js',
  'live.js',
  'menus.js',
  'modal.js',
  'panes.js',
  'pictures.js',
  'server.js',
  'shortcuts.js',
  'bot.svg',
] as const;

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The block library's styles hang on an id, which only one drawing of a page could have; its class does as well. */
function libraryStyles(): string {
  const file = fileURLToPath(import.meta.resolve('slack-blocks-to-jsx/dist/style.css'));
  const styles = readFileSync(file, 'utf8').replaceAll('#slack_blocks_to_jsx', '.slack_blocks_to_jsx');
  // Its dark colours follow an attribute, which a server cannot know; the reader's preference can.
  return styles.replace(/[^{}]*:where\(\[data-theme=dark\][^{}]*\{[^{}]*\}/g, (rule) => {
    const everywhere = rule.replaceAll(/:where\(\[data-theme=dark\],\s*\[data-theme=dark\] \*\)/g, '');
    return `@media (prefers-color-scheme: dark){${everywhere}}`;
  });
}
