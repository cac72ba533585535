import { newDelivery } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { type NumberChange, suggest, suggestionInWords } from '../core/suggestion.ts';
import type { IsoDay } from '../core/time.ts';
import type { AlertLives } from './alert-lives.ts';
import type { Clock, Store } from './ports.ts';

type SuggestMonthlyDependencies = {
  store: Pick<Store, 'meta' | 'commit' | 'settling'>;
  alertLives: AlertLives;
  config(): JourneyConfig;
  clock: Clock;
  /** The lines of journey.yml that make the change. */
  patchFor(rule: string, change: NumberChange): string[];
};

const suggestedIn = 'suggested-in';

/**
 * Once a month at most, in working hours: the rule whose alerts nobody acts on, with the lines of journey.yml that make it quieter. Told in the admin channel,
 * or where the first digest goes if there is none; that it was told is noted in the same commit.
 */
export function createSuggestMonthly({ store, alertLives, config, clock, patchFor }: SuggestMonthlyDependencies): () => Promise<void> {
  // Looking means to go through three months of alerts: once a day will do.
  let lookedOn: IsoDay | null = null;
  return async () => {
    const { adminChannel, digests, calendar } = config();
    const channel = adminChannel ?? digests[0]?.channel ?? null;
    const now = clock.now();
    const today = calendar.dayOf(now);
    if (channel === null || lookedOn === today || !calendar.isOpen(now)) return;
    const month = today.slice(0, 7);
    if ((await store.meta(suggestedIn)) === month || (await store.settling()) > 0) return;
    const suggestion = suggest(await alertLives(), config());
    lookedOn = today;
    if (suggestion === null) return;
    const { rule, change } = suggestion;
    await store.commit([
      newDelivery({
        id: `notice:suggestion:${month}`,
        channel,
        message: {
          kind: 'notice',
          severity: 'info',
          title: 'Alerts that nobody acts on',
          lines: [...suggestionInWords(suggestion), ...(change === null ? [] : howToTry)],
          ...(change === null ? {} : { code: patchFor(rule, change) }),
        },
        now,
      }),
      { kind: 'meta.put', key: suggestedIn, value: month },
    ]);
  };
}

const howToTry = [
  'Try it on your own past first, with a copy of journey.yml: npm run journey -- backtest --map FILE',
  'The lines belong beside what journey.yml says there already, and are in force as soon as it is saved:',
];
