import { type AlertLives, createAlertLives } from './app/alert-lives.ts';
import { createBacktestChange } from './app/backtest-change.ts';
import type { Clock, Store } from './app/ports.ts';
import { createReview, type Review } from './app/review.ts';
import type { StayLogs } from './app/stay-logs.ts';
import { createSuggestMonthly } from './app/suggest-monthly.ts';
import { loadWithNumber } from './config/load-with-number.ts';
import { rulePatch } from './config/rule-patch.ts';
import { detectors } from './core/detectors/index.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';
import { giveBackMemory } from './give-back-memory.ts';

type FeedbackDependencies = {
  store: Store;
  stayLogs: StayLogs;
  config(): JourneyConfig;
  /** Where journey.yml is. */
  mapFile: string;
  clock: Clock;
  newId(): string;
  breathe(): Promise<void>;
  stopping(): boolean;
};

/** What people's answers to alerts say of the journey map, and who is told of it. */
export type Feedback = Review & { alertLives: AlertLives; suggestMonthly(): Promise<void> };

export function createFeedback({ store, mapFile, stopping, ...shared }: FeedbackDependencies): Feedback {
  const alertLives = createAlertLives({ store, ...shared });
  const backtestChange = createBacktestChange({ store, ...shared, stopping });
  return {
    ...createReview({ store, ...shared, alertLives }),
    alertLives,
    suggestMonthly: createSuggestMonthly({
      store,
      ...shared,
      alertLives,
      patchFor: rulePatch,
      mapWith: (rule, change) => loadWithNumber(mapFile, { rule, change }, { detectors }),
      async backtestChange(rule, changed) {
        const result = await backtestChange(rule, changed);
        giveBackMemory();
        return result;
      },
    }),
  };
}
