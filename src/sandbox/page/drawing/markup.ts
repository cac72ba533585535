import { Fragment, createElement as h, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** Drawn nodes as HTML. React asks the head of a document to load images early; a piece of a page has no head. */
export function toMarkup(...nodes: ReactNode[]): string {
  return renderToStaticMarkup(h(Fragment, null, ...nodes)).replaceAll(/<link rel="preload"[^>]*>/g, '');
}

/** A node whose content was drawn before. Only for what `toMarkup` made: it is not escaped again. */
export function drawnBefore(className: string, markup: string): ReactNode {
  return h('div', { className, dangerouslySetInnerHTML: { __html: markup } });
}
