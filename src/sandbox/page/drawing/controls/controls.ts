import { createElement as h, type ReactNode } from 'react';
import type { Controls } from '../../../controls.ts';
import type { Workspace } from '../../../workspace.ts';
import { drawClockSection } from './clock-section.ts';
import { drawCrmSection } from './crm-section.ts';
import { drawWeatherSection } from './weather-section.ts';

/** The pane of what a real Slack does not have. Shut until it is asked for. */
export function drawControls(controls: Controls, workspace: Workspace, now: number): ReactNode {
  return h(
    'aside',
    { className: 'controls', id: 'controls', 'aria-label': 'Controls', hidden: true },
    h(
      'header',
      { className: 'pane-head' },
      h('h2', null, 'Controls'),
      h('button', { type: 'button', className: 'close', 'data-close-controls': '', 'aria-label': 'Close the controls' }, '✕'),
    ),
    h(
      'div',
      { className: 'controls__body', tabIndex: 0, role: 'region', 'aria-label': 'Clock, CRM and outages' },
      controls.clock && drawClockSection(controls.clock, now),
      controls.crm && drawCrmSection(controls.crm),
      drawWeatherSection(workspace.weather()),
    ),
  );
}
