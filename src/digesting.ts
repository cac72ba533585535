import type { AlertLives } from './app/alert-lives.ts';
import { createDigests, type PreviewDigest, type Schedule } from './app/digests.ts';
import type { Clock, Store } from './app/ports.ts';
import { createStageMetrics } from './app/stage-metrics.ts';
import type { StayLogs } from './app/stay-logs.ts';
import { createSubscriptions } from './app/subscriptions.ts';
import type { Subscriptions } from './app/use-cases.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';

type DigestingDependencies = {
  store: Store;
  schedule: Schedule;
  alertLives: AlertLives;
  stayLogs: StayLogs;
  isMember(userId: string): Promise<boolean>;
  evaluateDue(): Promise<unknown>;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  breathe(): Promise<void>;
};

/** Digests of journey.yml, and those that people have subscribed to. */
export function createDigesting({ schedule, alertLives, stayLogs, isMember, evaluateDue, ...shared }: DigestingDependencies): {
  sendDue(): Promise<void>;
  preview: PreviewDigest;
  subscriptions: Subscriptions;
} {
  const { digests, ...subscriptions } = createSubscriptions({ ...shared, isMember });
  const { metrics } = createStageMetrics({ stayLogs, ...shared });
  return { ...createDigests({ ...shared, schedule, alertLives, metrics, subscriptions: digests, evaluateDue }), subscriptions };
}
