import { newDelivery } from '../core/change.ts';
import { titleOf } from '../core/detectors/index.ts';
import { actionRates } from '../core/insight/action-rate.ts';
import type { StayLog } from '../core/insight/stay-log.ts';
import { committeeOf } from '../core/journey/committee.ts';
import type { PersonRole } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import {
  expectedRoles,
  frictionOf,
  isUnused,
  reviewEveryMs,
  type StageUse,
  silentRules,
  stageUse,
  unconfirmedRoles,
  unconfirmedSegments,
} from '../core/review.ts';
import { byPresentNumbers, suggest } from '../core/suggestion.ts';
import type { EpochMs } from '../core/time.ts';
import type { AlertLives } from './alert-lives.ts';
import type { Clock, Store } from './ports.ts';
import type { StayLogs } from './stay-logs.ts';
import type { Acts, Answers } from './use-cases.ts';

type ReviewDependencies = {
  store: Pick<Store, 'meta' | 'commit' | 'peopleAfter' | 'rulesSeen'>;
  stayLogs: Pick<StayLogs, 'current'>;
  alertLives: AlertLives;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  breathe(): Promise<void>;
};

export type Review = Pick<Answers, 'review'> &
  Pick<Acts, 'reviewDone'> & {
    /** Tells the admin channel, once, that a review is due. */
    remind(): Promise<void>;
  };

/** `since`: when it was last done, or when the bot first knew of it (`by` null). `reminded`: of the one that is due after that. */
type Kept = { since: EpochMs; by: string | null; reminded: boolean };

const keptKey = 'review';
/** About three milliseconds' work. */
const peopleAtOnce = 100;

/** The review of the journey map: what it says and reality does not; and when it is due. */
export function createReview({ store, stayLogs, alertLives, config, clock, newId, breathe }: ReviewDependencies): Review {
  return {
    async review() {
      // One map for the whole answer, although another may come into force while the past is read.
      const read = config();
      const [log, lives, seen] = [await stayLogs.current(), await alertLives(), await store.rulesSeen()];
      const now = clock.now();
      const stages = await stagesOf(log, read, now - reviewEveryMs);
      const listed = (is: (use: StageUse) => boolean) =>
        stages.flatMap(({ map, uses }) => uses.filter(is).map(({ label }) => ({ map, stage: label })));
      const kept = (await keptNow()) ?? { since: now, by: null };
      return {
        at: now,
        done: kept.by === null ? null : { at: kept.since, by: kept.by },
        dueAt: kept.since + reviewEveryMs,
        unusedStages: listed(isUnused),
        rates: actionRates(byPresentNumbers(lives, read)).map((rate) => ({ ...rate, title: titleOf(rate.rule) })),
        suggestion: suggest(lives, read),
        friction: stages.map(({ map, uses }) => frictionOf(map, uses)),
        unconfirmed: {
          stages: listed(({ ever }) => !ever),
          ...unconfirmedRoles(read, await roleOrigins(read)),
          segments: unconfirmedSegments(read, log),
          rules: silentRules(read, seen),
        },
      };
    },

    async reviewDone(by) {
      const now = clock.now();
      await store.commit([
        keep({ since: now, by, reminded: false }),
        { kind: 'audit.add', entry: { id: newId(), at: now, journeyId: null, alertId: null, who: by, what: 'reviewed the journey map', why: null } },
      ]);
      return {
        kind: 'done',
        message: 'Noted: the journey map was reviewed. The next review is',
        when: { words: 'due', at: now + reviewEveryMs },
      };
    },

    async remind() {
      const { adminChannel, calendar } = config();
      const now = clock.now();
      const kept = await keptNow();
      if (kept === null) return store.commit([keep({ since: now, by: null, reminded: false })]);
      if (kept.reminded || adminChannel === null || now < kept.since + reviewEveryMs || !calendar.isOpen(now)) return;
      await store.commit([
        newDelivery({
          id: `notice:review:${kept.since}`,
          channel: adminChannel,
          message: { kind: 'notice', severity: 'info', ...reminder(kept) },
          now,
        }),
        keep({ ...kept, reminded: true }),
      ]);
    },
  };

  async function keptNow(): Promise<Kept | null> {
    const text = await store.meta(keptKey);
    return text === null ? null : (JSON.parse(text) as Kept);
  }

  async function stagesOf(log: StayLog, { maps }: JourneyConfig, from: EpochMs): Promise<{ map: string; uses: StageUse[] }[]> {
    const stages: { map: string; uses: StageUse[] }[] = [];
    for (const map of maps) {
      const uses: StageUse[] = [];
      for (const stage of map.stages) {
        uses.push(stageUse(log, map, stage, from));
        await breathe();
      }
      stages.push({ map: map.label, uses });
    }
    return stages;
  }

  /** Goes through the people until nothing more can be learned from them. */
  async function roleOrigins(read: JourneyConfig): Promise<Map<string, Set<PersonRole['origin']>>> {
    const origins = new Map<string, Set<PersonRole['origin']>>();
    const doubted = new Set(expectedRoles(read));
    for (let after: string | null = null; doubted.size > 0; await breathe()) {
      const people = await store.peopleAfter(after, peopleAtOnce);
      for (const { role, origin } of committeeOf(people, read.roles).flatMap(({ roles }) => roles)) {
        origins.set(role, (origins.get(role) ?? new Set()).add(origin));
        if (origin !== 'title') doubted.delete(role);
      }
      if (people.length < peopleAtOnce) break;
      after = people.at(-1)?.id ?? null;
    }
    return origins;
  }
}

const keep = (kept: Kept) => ({ kind: 'meta.put' as const, key: keptKey, value: JSON.stringify(kept) });

const reminder = ({ by }: Kept): { title: string; lines: string[] } => ({
  title: 'The journey map is due for a review',
  lines: [
    by === null ? 'It has been in use for ninety days and was never reviewed.' : 'The last review was ninety days ago.',
    '/journey review shows stages that nobody uses, rules that only make noise, where journeys get stuck, and what was expected and never seen.',
    '/journey review done notes that it was done; until then I shall not ask again.',
  ],
});
