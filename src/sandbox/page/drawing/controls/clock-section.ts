import { createElement as h, type ReactNode } from 'react';
import type { ClockControl } from '../../../controls.ts';

/** The time in the workspace, and the ways forward. */
export function drawClockSection(clock: ClockControl, now: number): ReactNode {
  return h(
    'section',
    { className: 'control', 'aria-labelledby': 'control-clock' },
    h('h3', { id: 'control-clock' }, 'Clock'),
    h('p', { className: 'control__time' }, drawTime('long', now, clock.timezone)),
    h('p', { className: 'muted' }, 'The bot lives by this clock, too. What becomes due meanwhile, it does at once; healthy deals go on talking.'),
    h(
      'div',
      { className: 'control__buttons' },
      ...clock.skips.map(({ key, label }) => h('button', { type: 'button', className: 'button', 'data-skip': key }, label)),
    ),
  );
}

/** The page's script writes the time anew as it goes on, in the same words. */
export function drawTime(length: 'short' | 'long', now: number, timezone: string): ReactNode {
  const format = length === 'short' ? shortFormat : longFormat;
  const text = new Intl.DateTimeFormat('en', { ...format, timeZone: timezone }).format(now);
  return h('span', { 'data-time': JSON.stringify({ ...format, timeZone: timezone }) }, text);
}

const time = { hour: 'numeric', minute: '2-digit' } as const;
const shortFormat = { weekday: 'short', ...time } as const;
const longFormat = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...time } as const;
