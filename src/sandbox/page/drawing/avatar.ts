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
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '').join('').toUpperCase();
}

/** One of eight colours, the same for the same id. */
function colorOf(id: string): number {
  return [...id].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 8191, 7) % 8;
}
