import { createElement as h, type ReactNode } from 'react';
import type { Workspace } from '../../../workspace.ts';

/** What Slack can do to an app, by name. */
export const outages = {
  none: { label: 'Slack works', explanation: '', weather: { outage: null, latencyMs: 0 } },
  limited: {
    label: 'Too many requests (429)',
    explanation: 'Slack takes nothing and says when to come back.',
    weather: { outage: { status: 429, retryAfter: 2 }, latencyMs: 0 },
  },
  broken: { label: 'Out of order (500)', explanation: 'Every call fails.', weather: { outage: { status: 500 }, latencyMs: 0 } },
  slow: { label: 'Slow', explanation: 'Every call takes two seconds.', weather: { outage: null, latencyMs: 2000 } },
} as const;

export type OutageKey = keyof typeof outages;

/** Switches for an outage of Slack. What the bot has to say meanwhile waits, and comes once. */
export function drawWeatherSection(weather: ReturnType<Workspace['weather']>): ReactNode {
  const current = currentOutage(weather);
  return h(
    'section',
    { className: 'control', 'aria-labelledby': 'control-weather' },
    h('h3', { id: 'control-weather' }, 'Outages of Slack'),
    h('p', { className: 'muted' }, 'What the bot has to say meanwhile waits, and is said once when Slack is back.'),
    h(
      'div',
      { className: 'choices', role: 'radiogroup', 'aria-labelledby': 'control-weather' },
      ...Object.entries(outages).map(([key, { label, explanation }]) =>
        h(
          'label',
          { className: 'choice' },
          h('input', { type: 'radio', name: 'outage', value: key, defaultChecked: key === current }),
          h('span', null, label, explanation !== '' && h('small', null, explanation)),
        ),
      ),
    ),
    h(
      'div',
      { className: 'control__buttons' },
      h('button', { type: 'button', className: 'button', 'data-disconnect': '' }, 'Cut the connection once'),
    ),
  );
}

function currentOutage({ outage, latencyMs }: ReturnType<Workspace['weather']>): OutageKey {
  if (outage !== null) return outage.status === 429 ? 'limited' : 'broken';
  return latencyMs > 0 ? 'slow' : 'none';
}
