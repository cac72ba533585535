import { setTimeout as wait } from 'node:timers/promises';
import type { Company } from '../company/create-company.ts';
import type { Random } from '../company/random.ts';
import type { WireSignal } from '../company/wire-signal.ts';
import { asSentByACrm, type CrmFeed } from './crm-feed.ts';
import type { StoryWatch } from './story-watch.ts';

export type StoryDeps = {
  company: Company;
  /** The past goes this way. */
  feed: CrmFeed;
  /** What happens now. */
  tell(signals: readonly WireSignal[]): Promise<void>;
  /** Epoch milliseconds. */
  now(): number;
  watch: StoryWatch;
  random: Random;
  print(line: string): void;
  stop: AbortSignal;
  /** How long the bot may take to say what it should. */
  patienceMs: number;
};

/** Sends the year that was. False, and the terminal says why, when the bot did not find what there is to find. */
export async function tellHistory({ company, feed, watch, random, print, stop, patienceMs }: StoryDeps): Promise<boolean> {
  print(`   ${company.history.length.toLocaleString('en')} signals of a year go to the bot's webhook: signed, out of order, some of them twice.`);
  print('   It says nothing of the healthy deals. This is what it does say:');
  print('');
  for (const batch of asSentByACrm(company.history, random)) {
    if (stop.aborted) return false;
    await feed.send(batch);
  }
  const missing = await watch.missing(company.alerts, patienceMs);
  if (stop.aborted || missing.length === 0) return !stop.aborted;
  print('');
  print(`The story is not complete: ${missing.length} of ${company.alerts.length} alerts did not appear in Slack.`);
  for (const { name, rule, because } of missing) print(`   ${name}: ${rule} (${because})`);
  return false;
}

/** Lets the scenes happen, each after a pause. False when one did not end as it should. */
export async function playScenes({ company, tell, now, watch, print, stop, patienceMs }: StoryDeps, pauseMs: number): Promise<boolean> {
  let asExpected = true;
  for (const { title, say, signals, expect } of company.scenes) {
    await wait(pauseMs, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return false;
    print('');
    print(`▶  ${title}. ${say}`);
    await tell(signals(now()));
    if ((await watch.ended(expect, patienceMs)) || stop.aborted) continue;
    asExpected = false;
    print(
      `   This did not happen within ${patienceMs / 1000} seconds: ${expect.kind === 'clear' ? `the card of ${expect.name} is not green` : `no alert about ${expect.alert.name}`}.`,
    );
  }
  return asExpected;
}
