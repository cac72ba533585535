/** What Slack refuses, beside the same thing just inside the limit, which it draws. */
export type InvalidCase = { refused: Shown; accepted: Shown };
export type Shown = { blocks: unknown[] } | { view: unknown };

export const plain = (text: string): unknown => ({ type: 'plain_text', text });
export const mrkdwn = (text: string): unknown => ({ type: 'mrkdwn', text });
export const repeat = (count: number, of: (index: number) => unknown): unknown[] => Array.from({ length: count }, (_, index) => of(index));

export const block = (given: Record<string, unknown>): Shown => ({ blocks: [given] });
export const actions = (element: Record<string, unknown>): Shown => block({ type: 'actions', elements: [element] });
export const input = (element: Record<string, unknown>): Shown => block({ type: 'input', label: plain('L'), element });
export const button = (more: Record<string, unknown> = {}): Record<string, unknown> => ({ type: 'button', text: plain('B'), ...more });
export const option = (more: Record<string, unknown> = {}): Record<string, unknown> => ({ text: plain('O'), value: 'v', ...more });
export const modal = (more: Record<string, unknown> = {}): Shown => ({
  view: { type: 'modal', title: plain('T'), blocks: [{ type: 'divider' }], ...more },
});

/** Text of `max` characters is right, one more is not. */
export function longest(max: number, build: (text: string) => Shown): InvalidCase {
  return { accepted: build('x'.repeat(max)), refused: build('x'.repeat(max + 1)) };
}

/** Empty text is not right, one character is. */
export function notEmpty(build: (text: string) => Shown): InvalidCase {
  return { accepted: build('x'), refused: build('') };
}

export function most(max: number, build: (count: number) => Shown): InvalidCase {
  return { accepted: build(max), refused: build(max + 1) };
}

export function least(min: number, build: (count: number) => Shown): InvalidCase {
  return { accepted: build(min), refused: build(min - 1) };
}
