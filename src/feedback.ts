import { type AlertLives, createAlertLives } from './app/alert-lives.ts';
import type { Clock, Store } from './app/ports.ts';
import { createReview, type Review } from './app/review.ts';
import type { StayLogs } from './app/stay-logs.ts';
import { createSuggestMonthly } from './app/suggest-monthly.ts';
import { rulePatch } from './config/rule-patch.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';

type FeedbackDependencies = { store: Store; stayLogs: StayLogs; config(): JourneyConfig; clock: Clock; newId(): string; breathe(): Promise<void> };

/** What people's answers to alerts say of the journey map, and who is told of it. */
export type Feedback = Review & { alertLives: AlertLives; suggestMonthly(): Promise<void> };

export function createFeedback({ store, ...shared }: FeedbackDependencies): Feedback {
  const alertLives = createAlertLives({ store, ...shared });
  return {
    ...createReview({ store, ...shared, alertLives }),
    alertLives,
    suggestMonthly: createSuggestMonthly({ store, ...shared, alertLives, patchFor: rulePatch }),
  };
}
