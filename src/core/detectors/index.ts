import { closeDate } from './close-date.ts';
import { ghosted } from './ghosted.ts';
import { missingRole } from './missing-role.ts';
import { noActivity } from './no-activity.ts';
import { responseGap } from './response-gap.ts';
import { silentRole } from './silent-role.ts';
import { singleThreaded } from './single-threaded.ts';
import { skippedStage } from './skipped-stage.ts';
import { stageRegression } from './stage-regression.ts';
import { stalled } from './stalled.ts';

/** Every rule about a journey, in the order in which lists name them. A new rule is one new file and one line here. */
export const detectors = [
  responseGap,
  stalled,
  noActivity,
  ghosted,
  silentRole,
  missingRole,
  singleThreaded,
  stageRegression,
  skippedStage,
  closeDate,
] as const;

/** What a list of a rule's findings is headed with; the rule's name where there is no such rule any more. */
export const titleOf = (rule: string): string => detectors.find(({ name }) => name === rule)?.title ?? rule;

/** Whether acknowledging ends an alert of this rule. */
export const endsWhenAcknowledged = (rule: string): boolean => detectors.find(({ name }) => name === rule)?.endsWhenAcknowledged ?? false;
