import { addBackground } from './background.ts';
import { createLedger } from './ledger.ts';
import { createOfficeTime } from './office-time.ts';
import { ordinaryDays } from './ordinary-days.ts';
import { createRandom } from './random.ts';
import { createScenes, type Scene } from './scenes.ts';
import { addAcme } from './story/acme.ts';
import { addForgottenCustomer, addHealthyWin } from './story/customers.ts';
import { addGhosted, addMissingBuyer, addSilentChampion, addSingleThreaded } from './story/people.ts';
import type { StoryAlert } from './story/story-journey.ts';
import { addBackwards, addOverdueCloseDate, addPushedCloseDate, addSoonBackwards, addWaitingCustomer } from './story/timing.ts';
import type { WireSignal } from './wire-signal.ts';

export type Company = {
  /** A year of its CRM, oldest first, up to the working day before `now`. */
  history: WireSignal[];
  /** What the bot has to say once it knows the history; it says nothing of any other journey. */
  alerts: StoryAlert[];
  /** What happens next, live. */
  scenes: Scene[];
  /** What happens by itself, where all is well, after `from` and not after `to` (epoch milliseconds). */
  ordinaryDays(from: number, to: number): WireSignal[];
};

/**
 * The customers of a company that does not exist: some 40 accounts, 60 deals and 250 people, in the wire format of the signals endpoint.
 * Most deals are healthy, so that whatever the bot says of the others stands out. The same seed and day give the same company.
 * `now`: epoch milliseconds.
 */
export function createCompany({ seed, now }: { seed: number; now: number }): Company {
  const ledger = createLedger({ office: createOfficeTime(now), random: createRandom(seed) });
  const acme = addAcme(ledger);
  const waiting = addWaitingCustomer(ledger);
  const silent = addSilentChampion(ledger);
  const overdue = addOverdueCloseDate(ledger);
  const others = [addMissingBuyer(ledger), addBackwards(ledger), addPushedCloseDate(ledger), addGhosted(ledger), addSingleThreaded(ledger)];
  const forgotten = addForgottenCustomer(ledger);
  addHealthyWin(ledger);
  const soonBackwards = addSoonBackwards(ledger);
  const calm = addBackground(ledger);
  return {
    history: ledger.signals(),
    alerts: [...[acme, waiting, silent, overdue, ...others].map(({ alert }) => alert), forgotten],
    ordinaryDays: (from, to) => ordinaryDays(calm, from, to),
    scenes: createScenes({ acme: acme.deal, waiting: waiting.deal, overdue: overdue.deal, silent: silent.deal, soonBackwards }),
  };
}
