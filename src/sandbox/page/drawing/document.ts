import { createElement as h, type ReactNode } from 'react';
import { stylesheets } from '../assets.ts';
import { toMarkup } from './markup.ts';

export type Frame = {
  title: string;
  /** Read by the script: who looks at what, and since which event. */
  data: Record<string, string>;
  assetVersion: string;
  topbar: ReactNode;
  sidebar: ReactNode;
  main: ReactNode;
  aside: ReactNode;
  intro: ReactNode;
  controls: ReactNode;
  modal: ReactNode;
};

export function drawDocument(frame: Frame): string {
  const asset = (name: string) => `/page/assets/${name}?v=${frame.assetVersion}`;
  const page = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', null, frame.title),
      h('link', { rel: 'icon', href: '/page/assets/bot.svg', type: 'image/svg+xml' }),
      ...stylesheets.map((name) => h('link', { rel: 'stylesheet', href: asset(name) })),
      h('script', { type: 'module', src: asset('page.js') }),
    ),
    h(
      'body',
      frame.data,
      frame.data['data-place'] === 'channel' && frame.data['data-channel'] !== ''
        ? h('a', { className: 'skip', href: '#composer' }, 'Skip to the message box')
        : h('a', { className: 'skip', href: '#home' }, 'Skip to the content'),
      frame.topbar,
      frame.sidebar,
      frame.main,
      frame.aside,
      frame.intro,
      frame.controls,
      h('dialog', { className: 'lightbox', id: 'lightbox', 'aria-label': 'Picture' }),
      h('div', { id: 'modal-place' }, frame.modal),
      h('p', { className: 'toast', id: 'toast', role: 'status', hidden: true }),
    ),
  );
  return `<!doctype html>${toMarkup(page)}`;
}
