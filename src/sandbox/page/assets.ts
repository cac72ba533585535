import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Asset = { type: string; body: Buffer };

/** The page's styles, scripts and pictures, read once. `version` goes into their addresses. */
export function loadAssets(): { assets: ReadonlyMap<string, Asset>; version: string } {
  const assets = new Map<string, Asset>([['blocks.css', { type: types['css'] ?? '', body: Buffer.from(libraryStyles()) }]]);
  for (const name of ownAssets) {
    const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    assets.set(name, { type, body: readFileSync(new URL(`./assets/${name}`, import.meta.url)) });
  }
  const hash = createHash('sha256');
  for (const { body } of assets.values()) hash.update(body);
  return { assets, version: hash.digest('hex').slice(0, 12) };
}

const ownAssets = [
  'frame.css',
  'message.css',
  'form.css',
  'page.js',
  'actions.js',
  'composer.js',
  'live.js',
  'modal.js',
  'panes.js',
  'server.js',
  'bot.svg',
];

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
