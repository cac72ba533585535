import { setTimeout as wait } from 'node:timers/promises';
import { type Company, createCompany } from '../company/create-company.ts';
import { timezone } from '../company/office-time.ts';
import type { WireSignal } from '../company/wire-signal.ts';
import type { Controls } from '../controls.ts';
import { type CrmFeed, createCrmFeed } from './crm-feed.ts';
import { createDemoCrm } from './demo-crm.ts';
import { type MovableClock, type Skip, skips, skipTo } from './movable-clock.ts';

/** What goes on behind Slack in the demo: a company, its CRM, and the time. */
export type Backstage = {
  company: Company;
  /** For the page. Without a bot they say that there is none. */
  controls: Controls;
  /** From now on, what happens is told to this bot. Returns the CRM's way to it. */
  connect(bot: Listener, secret: string): CrmFeed;
  /** Something happens in the CRM. @throws Error when the bot does not take it */
  tell(signals: readonly WireSignal[]): Promise<void>;
};

type Listener = { url: string; idle(): Promise<void> };

/** A bot that cannot get its messages out must not stop the time. */
const patienceMs = 5000;

const skipLabels: Readonly<Record<Skip, string>> = { hour: 'Skip 1 hour', day: 'Skip 1 day', monday: 'Skip to Monday 9:00' };

export function createBackstage({ seed, clock }: { seed: number; clock: MovableClock }): Backstage {
  const company = createCompany({ seed, now: clock.now() });
  let stage: { bot: Listener; feed: CrmFeed } | null = null;
  const crm = createDemoCrm({ company, feed: () => stage?.feed ?? null, now: clock.now });

  async function tell(signals: readonly WireSignal[]): Promise<void> {
    await stage?.feed.send(signals);
    crm.apply(signals);
  }

  /** The healthy part of the company goes on working, and the bot hears of that before it looks at the clock. */
  async function live(from: number, to: number): Promise<void> {
    await tell(company.ordinaryDays(from, to));
    await Promise.race([stage?.bot.idle(), wait(patienceMs, undefined, { ref: false })]);
  }

  return {
    company,
    controls: {
      crm,
      clock: {
        timezone,
        skips: skips.map((key) => ({ key, label: skipLabels[key] })),
        async skip(key) {
          const skip = skips.find((each) => each === key);
          if (skip === undefined) throw new RangeError(`nobody offers to skip “${key}”`);
          await clock.jump(skipTo(skip, clock.now()), live);
        },
      },
    },
    connect(bot, secret) {
      const feed = createCrmFeed({ url: bot.url, secret, now: clock.now });
      stage = { bot, feed };
      return feed;
    },
    tell,
  };
}
