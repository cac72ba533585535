import type { Source } from '../../../src/core/journey/signal.ts';
import { shuffled } from '../../shuffled.ts';

export type Stage = 'qualification' | 'consideration' | 'proposal' | 'decision' | 'won' | 'lost' | 'mystery';
export type Owner = 'dana' | 'omar';
export type Pipeline = 'sales' | 'partners';
/** Whoever acted. */
export type Actor = 'them' | 'us';

/** What people do in a CRM, in words that every CRM has. All but days are names that the history itself gives. */
export type Teller = {
  account(account: string, fields: { name: string; owner: Owner; domain?: string }): void;
  rename(account: string, name: string): void;
  reassign(account: string, owner: Owner): void;
  lifecycle(account: string, stage: 'onboarding' | 'customer'): void;
  deal(deal: string, fields: { account: string; name: string; amount: number; closes: string; owner: Owner }): void;
  change(deal: string, fields: { name?: string; account?: string; amount?: number; closes?: string; owner?: Owner }): void;
  move(deal: string, stage: Stage): void;
  /** Into another pipeline, which has stages of its own. */
  transfer(deal: string, pipeline: Pipeline, stage: Stage): void;
  person(person: string, fields: { account: string; name: string; title: string; role?: 'economic_buyer' | 'champion' }): void;
  promote(person: string, title: string): void;
  /** The only role they have, or none. */
  give(person: string, role: 'economic_buyer' | 'champion' | null): void;
  address(person: string, email: string): void;
  /** They work for another company now. */
  employ(person: string, account: string): void;
  join(person: string, deal: string): void;
  leave(person: string, deal: string): void;
  /** With one person or with several. */
  talk(deal: string, people: string | readonly string[], what: 'call' | 'email' | 'meeting', who: Actor): void;
  /** An e-mail from one of them, of which the others have a copy; null: the CRM does not say from whom. */
  write(deal: string, people: readonly string[], sender: string | null): void;
  /** A call to be made or a meeting to be held on that day. */
  plan(step: string, fields: { deal: string; what: 'call' | 'meeting'; on: string }): void;
  /** To another day. */
  reschedule(step: string, on: string): void;
  done(step: string): void;
  cancel(step: string): void;
  mergePeople(into: string, from: string): void;
  mergeAccounts(into: string, from: string): void;
  /** Not there: the CRM merges no deals. */
  mergeDeals?(into: string, from: string): void;
  removeDeal(deal: string): void;
  restoreDeal(deal: string): void;
  removePerson(person: string): void;
  /** Not in Salesforce, where what belongs to an account goes with it. */
  removeAccount?(account: string): void;
};

/** How what the CRM has to tell goes out. `seed` shuffles it. */
export type Sending = { seed?: number; times?: number; lose?: boolean };

/** A local CRM over real HTTP, with somebody who works in it. */
export type CrmAtHand = {
  source: Source;
  teller: Teller;
  /** What the bot needs to hear of it, and to ask it. */
  environment(botUrl: string): Record<string, string>;
  /** What is needed to ask it only. */
  access: Record<string, string>;
  /** Sends what has not been sent yet. */
  send(botUrl: string, how?: Sending): Promise<number[]>;
  /** The address that differs from one local server to the next, as it shows in links. */
  origin: string;
  close(): Promise<unknown>;
};

/** `now` is the CRM's clock; `tick` lets it go on a moment, so that no two things happen at once. */
export type OpenCrm = (clock: { now(): number; tick(): void }) => Promise<CrmAtHand>;

/** Which of `count` things are lost: a third of them, by a number. */
export const lostOf = (count: number, seed: number): ReadonlySet<number> =>
  new Set(
    shuffled(
      Array.from({ length: count }, (_, index) => index),
      seed + 1,
    ).slice(0, Math.ceil(count / 3)),
  );

/** Names to a CRM's ids. */
export function names<Id>() {
  const ids = new Map<string, Id>();
  return {
    put: (name: string, id: Id): void => void ids.set(name, id),
    of(name: string): Id {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`nobody is called ${name}`);
      return id;
    },
  };
}
