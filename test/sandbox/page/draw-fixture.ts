import { drawBlocks } from '../../../src/sandbox/page/drawing/block.ts';
import type { DrawContext } from '../../../src/sandbox/page/drawing/draw-context.ts';
import { toMarkup } from '../../../src/sandbox/page/drawing/markup.ts';
import type { SandboxChannel, SandboxMessage, SandboxUser } from '../../../src/sandbox/workspace.ts';

export const dana: SandboxUser = { id: 'U1', name: 'dana', realName: 'Dana Weiss', email: 'dana@us.example', kind: 'member', tz: 'Europe/Berlin' };
export const theo: SandboxUser = { ...dana, id: 'U2', name: 'theo', realName: 'Theo Park', tz: 'America/New_York' };
export const bot: SandboxUser = { ...dana, id: 'U9', name: 'journey', realName: 'Journey', kind: 'bot' };
export const deals: SandboxChannel = {
  id: 'C1',
  name: 'deals',
  isPrivate: false,
  isArchived: false,
  isShared: false,
  isDirect: false,
  members: ['U1', 'U2'],
  purpose: '',
};

/** Wednesday 2026-03-04, 10:30 in Berlin. */
export const now = Date.parse('2026-03-04T09:30:00Z');

export function contextOf(reader: SandboxUser = dana): DrawContext {
  const users = [dana, theo, bot];
  return {
    reader,
    appName: 'Journey',
    now,
    user: (id) => users.find((user) => user.id === id),
    channel: (id) => (id === deals.id ? deals : undefined),
    picture: ({ id }) => (id === 'F1' ? '/page/files/F1' : null),
    file: (id) => (id === 'F1' ? { name: 'map.png', title: 'The map', altText: 'A map', address: '/page/files/F1', isPicture: true } : null),
    people: () => [dana, theo],
    places: () => [deals],
  };
}

export function drawn(...blocks: unknown[]): string {
  return toMarkup(drawBlocks(blocks, { ...contextOf(), idPrefix: 'm' }));
}

export function messageOf(rest: Partial<SandboxMessage> & { ts: string }): SandboxMessage {
  return { channel: deals.id, user: dana.id, text: 'Hello', ...rest };
}

/** What a reader sees of markup. */
export function textOf(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}
