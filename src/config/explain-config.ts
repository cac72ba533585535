import { counted } from '../core/counted.ts';
import type { Detector } from '../core/detectors/detector.ts';
import { durationInWords } from '../core/duration.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import { explainAccess, limitsAccess } from './explain/explain-access.ts';
import { explainCalendar, explainSchedule } from './explain/explain-calendar.ts';
import { explainMap } from './explain/explain-map.ts';
import { explainPlaybook } from './explain/explain-playbook.ts';
import { explainRoles } from './explain/explain-roles.ts';
import { explainManagers, explainMatch, explainRoutes, explainSegment } from './explain/explain-routes.ts';
import { paragraph } from './explain/layout.ts';

/** The whole file in words, as `journey check` prints it: plain text, no colours, at most 110 columns. */
export function explainConfig(config: JourneyConfig, { detectors, now }: { detectors: readonly Detector[]; now: EpochMs }): string {
  const blocks = [
    ['Working time', ...explainCalendar(config.calendar, now)],
    ...(config.owners.length === 0 ? [] : [['Owners', ...explainOwners(config)]]),
    ['Roles', ...explainRoles(config.roles)],
    ...(config.segments.length === 0 ? [] : [['Segments', ...config.segments.flatMap((segment) => explainSegment(segment))]]),
    ...config.maps.map((map) => explainMap(map, config.roles, detectors)),
    ...(config.playbook.length === 0 ? [] : [['Playbook', ...explainPlaybook(config.playbook)]]),
    ['Where alerts go', ...explainRoutes(config.routes)],
    ...(hasManagers(config) ? [['Managers', ...explainManagers(config.managers)]] : []),
    ...(limitsAccess(config.access) ? [['Who may do and see what', ...explainAccess(config.access)]] : []),
    ['How loud', ...explainLoudness(config)],
    ['Digests', ...explainDigests(config)],
  ];
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

const hasManagers = ({ managers }: JourneyConfig): boolean => managers.others !== null || Object.keys(managers.byOwner).length > 0;

/** Only a few: some teams have hundreds. */
function explainOwners({ owners }: JourneyConfig): string[] {
  const shown = owners.slice(0, ownersShown).flatMap(({ crm, email }) => paragraph(`${crm} is ${email}`, 2));
  return owners.length > ownersShown ? [...shown, ...paragraph(`and ${owners.length - ownersShown} more`, 2)] : shown;
}

const ownersShown = 20;

function explainLoudness({ alerts, adminChannel, feed }: JourneyConfig): string[] {
  const { repeat, quiet, budget, digestOnly, importSummaryOver } = alerts;
  return [
    repeat === null ? 'An alert is said once.' : `An alert that stays open unchanged is said again after ${durationInWords(repeat)}.`,
    quiet === null ? 'No quiet hours.' : `Nothing new between ${quiet.from} and ${quiet.to}${quiet.offDays ? ', nor on days off' : ''}.`,
    `A channel gets at most ${counted(budget, 'new card')} a day; an import that opens more than ${importSummaryOver} posts one summary.`,
    ...(digestOnly.length === 0 ? [] : [`Only digests tell of alerts that are ${digestOnly.join(' or ')}.`]),
    `A CRM that has sent nothing for ${durationInWords(feed.staleAfter)} is called silent, and rules about silence wait for it.`,
    adminChannel === null
      ? 'No admin channel: trouble with this file or with channels is only logged.'
      : `Trouble with this file or with channels is told in ${adminChannel}.`,
  ].flatMap((line) => paragraph(line, 2));
}

function explainDigests({ digests }: JourneyConfig): string[] {
  if (digests.length === 0) return paragraph('None.', 2);
  return digests.flatMap(({ channel, schedule, timezone, match }) => {
    const scope = explainMatch(match);
    return paragraph(`${channel}: ${explainSchedule(schedule)} (${timezone})${scope === '' ? '' : `, ${scope}`}`, 2);
  });
}
