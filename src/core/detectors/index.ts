import { advocacyReady } from './advocacy-ready.ts';
import { closeDate } from './close-date.ts';
import { contentGap } from './content-gap.ts';
import { ghosted } from './ghosted.ts';
import { handoffGap } from './handoff-gap.ts';
import { healthDrop } from './health-drop.ts';
import { missingRole } from './missing-role.ts';
import { momentMissed } from './moment-missed.ts';
import { momentNegative } from './moment-negative.ts';
import { noActivity } from './no-activity.ts';
import { onboardingOverdue } from './onboarding-overdue.ts';
import { renewalDue } from './renewal-due.ts';
import { responseGap } from './response-gap.ts';
import { roleLag } from './role-lag.ts';
import { sentimentDrop } from './sentiment-drop.ts';
import { silentRole } from './silent-role.ts';
import { singleThreaded } from './single-threaded.ts';
import { skippedStage } from './skipped-stage.ts';
import { stageRegression } from './stage-regression.ts';
import { staleFeed } from './stale-feed.ts';
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
  momentMissed,
  momentNegative,
  contentGap,
  roleLag,
  handoffGap,
  onboardingOverdue,
  healthDrop,
  sentimentDrop,
  renewalDue,
  advocacyReady,
] as const;

/** What a list of a rule's findings is headed with; the rule's name where there is no such rule any more. */
export const titleOf = (rule: string): string => [...detectors, staleFeed].find(({ name }) => name === rule)?.title ?? rule;

/** Whether acknowledging ends an alert of this rule. */
export const endsWhenAcknowledged = (rule: string): boolean => detectors.find(({ name }) => name === rule)?.endsWhenAcknowledged ?? false;

/** Whether an alert of this rule is good news. */
export const isGoodNews = (rule: string): boolean => detectors.find(({ name }) => name === rule)?.goodNews ?? false;
