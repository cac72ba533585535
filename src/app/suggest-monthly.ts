import { newDelivery } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { type NumberChange, type Suggestion, suggest, suggestionInWords } from '../core/suggestion.ts';
import type { IsoDay } from '../core/time.ts';
import type { AlertLives } from './alert-lives.ts';
import type { BacktestChange, ChangedMap } from './backtest-change.ts';
import type { Clock, Store } from './ports.ts';

type SuggestMonthlyDependencies = {
  store: Pick<Store, 'meta' | 'commit' | 'settling'>;
  alertLives: AlertLives;
  config(): JourneyConfig;
  clock: Clock;
  /** The lines of journey.yml that make the change. */
  patchFor(rule: string, change: NumberChange): string[];
  /** journey.yml as it is, and with these lines; null where it cannot be read now, or would be refused. */
  mapWith(rule: string, change: NumberChange): Promise<ChangedMap | null>;
  backtestChange: BacktestChange;
};

const suggestedIn = 'suggested-in';

/**
 * Once a month at most, in working hours: the rule whose alerts nobody acts on, with the lines of journey.yml that make it quieter, and what they would have
 * given on the team's own past. Told in the admin channel, or where the first digest goes if there is none; that it was told is noted in the same commit.
 * The backtest can take a minute or two: to be run beside everything else.
 */
export function createSuggestMonthly(dependencies: SuggestMonthlyDependencies): () => Promise<void> {
  const { store, alertLives, config, clock, patchFor, mapWith, backtestChange } = dependencies;
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
    const tried = await linesOf(suggestion);
    // It was stopped, or another map is in force meanwhile: the next round looks again.
    if (tried === null) {
      lookedOn = null;
      return;
    }
    const { rule, change } = suggestion;
    await store.commit([
      newDelivery({
        id: `notice:suggestion:${month}`,
        channel,
        message: {
          kind: 'notice',
          severity: 'info',
          title: 'Alerts that nobody acts on',
          lines: [...suggestionInWords(suggestion), ...tried],
          ...(change === null ? {} : { code: patchFor(rule, change) }),
        },
        now,
      }),
      { kind: 'meta.put', key: suggestedIn, value: month },
    ]);
  };

  /** What the change would have given, and what to do with the lines that follow; null: not now. */
  async function linesOf({ rule, change }: Suggestion): Promise<string[] | null> {
    if (change === null) return [];
    const { version } = config();
    const changed = await mapWith(rule, change);
    if (changed === null) return [...notTried, ...howToTry];
    if (changed.before.version !== version) return null;
    const result = await backtestChange(rule, changed);
    return result === null || config().version !== version ? null : [...result, ...howToTry];
  }
}

const notTried = ['Not backtested: journey.yml cannot be read with these lines just now.'];

const howToTry = [
  'The whole of it, with a copy of journey.yml: npm run journey -- backtest --map FILE',
  'The lines belong beside what journey.yml says there already, and are in force as soon as it is saved:',
];
