import { lifeOf } from '../core/alerts/alert-life.ts';
import type { AlertLife } from '../core/insight/action-rate.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { dayMs } from '../core/time.ts';
import type { Clock, Store } from './ports.ts';

type AlertLivesDependencies = { store: Pick<Store, 'alertsOpened'>; config(): JourneyConfig; clock: Clock; breathe(): Promise<void> };

/** What became of the alerts of the last ninety days, for the action rates of their rules. */
export type AlertLives = () => Promise<AlertLife[]>;

/** About three milliseconds' work. */
const alertsAtOnce = 100;
const lookedBackMs = 90 * dayMs;

export function createAlertLives({ store, config, clock, breathe }: AlertLivesDependencies): AlertLives {
  return async () => {
    const now = clock.now();
    const setting = { calendar: config().calendar, now };
    const lives: AlertLife[] = [];
    for (let after: string | null = null; ; await breathe()) {
      const { alerts, deeds, postedAt } = await store.alertsOpened({ from: now - lookedBackMs, to: now }, after, alertsAtOnce);
      const byAlert = Map.groupBy(deeds, ({ alertId }) => alertId);
      lives.push(
        ...alerts.flatMap(
          (alert) => lifeOf(alert, { deeds: byAlert.get(alert.id) ?? [], postedAt: postedAt.get(alert.journeyId) ?? null }, setting) ?? [],
        ),
      );
      if (alerts.length < alertsAtOnce) return lives;
      after = alerts.at(-1)?.id ?? null;
    }
  };
}
