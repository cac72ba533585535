import { createElement as h, type ReactNode } from 'react';
import type { SandboxUser } from '../../workspace.ts';

/** A coloured square with initials; the bot has its own sign. Names stand beside it, so screen readers pass over it. */
export function drawAvatar(user: SandboxUser | undefined, id: string, size: 'large' | 'small' = 'large'): ReactNode {
  const className = `avatar avatar--${size} ${user?.kind === 'bot' ? 'avatar--bot' : `avatar--${colorOf(id)}`}`;
  if (user?.kind === 'bot') return h('img', { className, src: '/page/assets/bot.svg', alt: '' });
  return h('span', { className, 'aria-hidden': true }, initials(user?.realName ?? id));
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

/** One of eight colours, the same for the same id (FNV-1a). */
function colorOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 16) % 8;
}
