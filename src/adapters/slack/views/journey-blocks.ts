import type { KnownBlock } from '@slack/types';
import { calendarDay } from '../../../core/calendar-day.ts';
import { severities } from '../../../core/journey/journey-map.ts';
import type { JourneySummary } from '../../../core/summary.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { alertLine } from './alert-lines.ts';
import { button, section, sections } from './blocks.ts';
import { bold, join, long, type Mrkdwn, md, named } from './escape.ts';
import { noAlertLine } from './no-alert.ts';
import { trackLine } from './track.ts';
import { andMore, money, nextStepText } from './words.ts';

/** One journey: what it is, its stage track, what is missing, its next step; and a button that says why. */
export function journeyBlocks(journey: JourneySummary): KnownBlock[] {
  const lines = [factLine(journey), journey.track.length > 0 ? trackLine(journey.track) : md`Its stage is not on the map`];
  if (journey.missingRoles.length > 0)
    lines.push(
      md`Missing: ${join(
        journey.missingRoles.slice(0, 10).map((role) => md`${role}`),
        ', ',
      )}`,
    );
  if (journey.outcome === 'open') lines.push(nextStepText(journey.nextStep));
  return [section(lines, whyButton(journey))];
}

/** Open alerts, the worst first, each with its step; with their journey's name where there are several journeys. */
export function alertListBlocks(
  journeys: readonly Pick<JourneySummary, 'name' | 'alerts' | 'held' | 'resolvedByHand' | 'settling'>[],
  shown: number,
): KnownBlock[] {
  const open = journeys.flatMap(({ name, alerts }) => alerts.filter(({ state }) => state !== 'resolved').map((alert) => ({ alert, name })));
  if (open.length === 0) return journeys.length === 0 ? [] : [section([noAlertLine(journeys)])];
  open.sort((a, b) => severities.indexOf(b.alert.severity) - severities.indexOf(a.alert.severity) || a.alert.since - b.alert.since);
  const lines = open
    .slice(0, shown)
    .flatMap(({ alert, name }) => [
      journeys.length > 1 ? md`${alertLine(alert)} · ${name}` : alertLine(alert),
      md`      👉 ${long(alert.nextStep, 200)}`,
    ]);
  return sections([bold('Open alerts'), ...lines, ...andMore(open.length - shown, '/journey why and the name')]);
}

function factLine({ name, url, mapLabel, amount, closeDate, outcome, ownerEmail }: JourneySummary): Mrkdwn {
  const parts = [bold(named(name, url)), md`${mapLabel}`];
  if (outcome !== 'open') parts.push(md`${{ won: 'won', lost: 'lost', deleted: 'deleted in the CRM' }[outcome]}`);
  if (amount !== null) parts.push(md`${money(amount)}`);
  if (closeDate !== null && outcome === 'open') parts.push(md`closes ${calendarDay(closeDate)}`);
  if (ownerEmail !== null) parts.push(md`${ownerEmail}`);
  return join(parts, ' · ');
}

function whyButton({ journeyId, kind, name }: JourneySummary) {
  // A journey's id is its record's, with the kind before it: `deal:d-1`.
  const value = writeValue({ view: 'why', kind, id: journeyId.slice(journeyId.indexOf(':') + 1) });
  return value === null ? null : button('Why?', { id: actionIds.show, value, about: name });
}
