import { onTestFinished } from 'vitest';
import { slackInbox } from '../../src/adapters/crm/slack-entries/slack-inbox.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createActs } from '../../src/app/act.ts';
import { createAlertLives } from '../../src/app/alert-lives.ts';
import { createAmountsInSight } from '../../src/app/amounts-in-sight.ts';
import { createAnswers } from '../../src/app/answer.ts';
import { createBacktestChange } from '../../src/app/backtest-change.ts';
import type { CrmSource, Parsed } from '../../src/app/crm-source.ts';
import { createDeliver } from '../../src/app/deliver.ts';
import type { Schedule } from '../../src/app/digests.ts';
import { createEvaluateDue } from '../../src/app/evaluate-due.ts';
import { createIngest } from '../../src/app/ingest.ts';
import { createLearn } from '../../src/app/learn.ts';
import { createNotes } from '../../src/app/note.ts';
import type { InboxRow, Logger, Store } from '../../src/app/ports.ts';
import { createRecords } from '../../src/app/record.ts';
import { createReleaseBudget } from '../../src/app/release-budget.ts';
import { createReleaseHistory } from '../../src/app/release-history.ts';
import { createReview } from '../../src/app/review.ts';
import { createSearch } from '../../src/app/search.ts';
import { createStayLogs } from '../../src/app/stay-logs.ts';
import { createSuggestMonthly } from '../../src/app/suggest-monthly.ts';
import { createWatchFeeds } from '../../src/app/watch-feeds.ts';
import { rulePatch } from '../../src/config/rule-patch.ts';
import { teach } from '../../src/core/detectors/teach.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import type { Signal, Source } from '../../src/core/journey/signal.ts';
import { type EpochMs, hourMs } from '../../src/core/time.ts';
import { createDigesting } from '../../src/digesting.ts';
import { aConfig, at } from '../core/builders.ts';
import { createFakeSlack } from './fake-slack.ts';
import { withNumber } from './with-number.ts';

type SmallBotOptions = {
  config?: JourneyConfig;
  now?: string;
  /** The store as the use cases see it: to let it fail. */
  wrap?(store: Store): Store;
  parse?(rows: InboxRow[]): Promise<Parsed[]>;
  schedule?: Schedule;
};

const noSchedule: Schedule = { lastBefore: async () => null, next: () => null };

/** All use cases on a real store in memory, with a clock that is set by hand and a Slack that is a list. */
export async function aSmallBot({
  config: first = aConfig(),
  now = '2026-09-07 09:00',
  wrap = (store) => store,
  parse,
  schedule = noSchedule,
}: SmallBotOptions = {}) {
  const store = await openStore(':memory:');
  onTestFinished(() => store.close());
  const seen = wrap(store);
  let time = at(now);
  let written = first;
  let config = first;
  let ids = 0;
  let bodies = 0;
  const logged: { level: string; message: string }[] = [];
  const log = (level: string) => (_fields: Record<string, unknown>, message: string) => void logged.push({ level, message });
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const clock = { now: () => time };
  const slack = createFakeSlack(clock);
  const breathe = async (): Promise<void> => undefined;
  const shared = { store: seen, config: () => config, clock, newId: () => `id-${++ids}` };
  const sourceOf = (name: Source): CrmSource => ({
    source: name,
    path: `/webhooks/${name}`,
    verify: () => ({ ok: true, entries: [] }),
    parse: parse ?? (async (rows) => rows.map(({ body }) => ({ kind: 'signals', signals: JSON.parse(body) as Signal[] }))),
  });
  const ingests = new Map(
    (['signals', 'hubspot'] as const).map((name) => [name, createIngest({ ...shared, source: sourceOf(name), logger, breathe })]),
  );
  const ingestEntered = createIngest({ ...shared, source: slackInbox, logger, breathe });
  const search = createSearch({ store: seen, breathe });
  const stayLogs = createStayLogs({ ...shared, breathe });
  const alertLives = createAlertLives({ ...shared, breathe });
  const left = new Set<string>();
  let slackIsAway = false;
  const isMember = async (userId: string): Promise<boolean> => {
    if (slackIsAway) throw new Error('Slack is away');
    return !left.has(userId);
  };
  const evaluateDue = createEvaluateDue({ ...shared, breathe }, time);
  const digests = createDigesting({ ...shared, schedule, alertLives, stayLogs, isMember, evaluateDue, breathe });
  const records = createRecords({
    ...shared,
    search,
    emailOf: async (userId) => `${userId.toLowerCase()}@us.example`,
    onAccepted: () => undefined,
    takenIn: async () => undefined,
  });
  /** What says something of the whole map, as after a restart. */
  const restarted = () => {
    const review = createReview({ ...shared, stayLogs: createStayLogs({ ...shared, breathe }), alertLives, breathe });
    const suggestMonthly = createSuggestMonthly({
      ...shared,
      alertLives,
      patchFor: rulePatch,
      mapWith: async (rule, change) => ({ before: written, after: withNumber(written, rule, change) }),
      backtestChange: createBacktestChange({ ...shared, breathe }),
    });
    return { review, suggestMonthly };
  };
  const { review, suggestMonthly } = restarted();
  const learn = createLearn({
    ...shared,
    logger,
    stayLogs,
    breathe,
    onLearned(past) {
      config = teach(written, past);
    },
  });
  const amountsInSight = createAmountsInSight({
    ...shared,
    emailOf: async (userId) => `${userId.toLowerCase()}@us.example`,
    channelAmong: async (channels, id) => channels.find((channel) => id === `C-${channel}`) ?? null,
  });
  const deliver = createDeliver({ ...shared, notifier: slack.notifier, amountsInSight, logger });
  const bot = {
    store,
    slack,
    clock,
    logged,
    deliver,
    learn,
    digests,
    alertLives,
    review,
    suggestMonthly,
    restarted,
    acts: createActs({ ...shared, search, reviewDone: review.reviewDone, onActed: () => undefined }),
    answers: createAnswers({
      store: seen,
      search,
      stayLogs,
      previewDigest: digests.preview,
      review: review.review,
      config: () => config,
      clock,
      breathe,
    }),
    records,
    notes: createNotes({ search, records, clock }),
    /** Slack users who are no full members any more. */
    left,
    /** Slack does not say who somebody is. */
    askingFails(away: boolean): void {
      slackIsAway = away;
    },
    search,
    evaluateDue,
    releaseHistory: createReleaseHistory({ ...shared, breathe }),
    releaseBudget: createReleaseBudget(shared),
    watchFeeds: createWatchFeeds(shared),
    ingest: async (source: 'signals' | 'hubspot' = 'signals') => ingests.get(source)?.(),
    /** What was entered in Slack. */
    ingestEntered,
    setTime(when: string | EpochMs): void {
      time = typeof when === 'number' ? when : at(when);
    },
    setConfig(next: JourneyConfig): void {
      written = next;
      config = next;
    },
    /** One webhook body, received now; not processed yet. */
    async receive(signals: Signal[], source: Source = 'signals'): Promise<void> {
      await store.accept(source, [{ key: `body-${++bodies}`, body: JSON.stringify(signals) }], time);
    },
    /** Signals as they happen: each is received and processed at its own time. */
    async live(...signals: Signal[]): Promise<void> {
      for (const signal of [...signals].sort((a, b) => a.occurredAt - b.occurredAt)) {
        time = Math.max(time, signal.occurredAt);
        await bot.receive([signal], signal.source);
        await bot.ingest(signal.source as 'signals' | 'hubspot');
      }
    },
    /** Everything that is due at this time, and what follows from it. */
    async at(when: string | EpochMs): Promise<void> {
      bot.setTime(when);
      await bot.evaluateDue();
      await bot.releaseHistory();
      await deliver.run();
    },
    /** Hour after hour. */
    async until(when: string): Promise<void> {
      for (let next = time + hourMs; next <= at(when); next += hourMs) await bot.at(next);
      await bot.at(when);
    },
    /** The digest of everything, or of a filter, as it would be now. */
    async digestNow(filter = '', channel: { id: string; name: string | null } = { id: 'C1', name: null }) {
      const preview = await bot.answers.digestNow(channel, filter, { userId: 'U0DANA', email: 'dana@us.example' });
      if (!preview.ok) throw new Error(preview.message);
      return preview;
    },
    journey: async (id: string) => (await store.journeyState(id)).row,
    alerts: async (id: string) => (await store.journeyState(id)).alerts,
  };
  return bot;
}

export type SmallBot = Awaited<ReturnType<typeof aSmallBot>>;
