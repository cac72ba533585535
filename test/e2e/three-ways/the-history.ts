import { dayMs, type EpochMs, hourMs } from '../../../src/core/time.ts';
import type { Owner, Stage, Teller } from './teller.ts';

/** A working morning in Berlin: when the history has been told. */
export const today: EpochMs = Date.parse('2026-06-17T09:00:00Z');
export const beginning: EpochMs = today - 121 * dayMs;

export type Happening = { at: EpochMs; tell(teller: Teller): void };

/** The day so many days before (after) today. */
const day = (daysAgo: number): string => new Date(today - daysAgo * dayMs).toISOString().slice(0, 10);

const customers = ['Acme', 'Bolt', 'Calm', 'Dune', 'Ember', 'Fjord', 'Glade', 'Haven', 'Iris', 'Jolt', 'Kelp', 'Lark', 'Mire', 'Nave'];

/**
 * Four months of a dozen customers with two deals each, and of everybody on them: whatever can happen in a CRM happens here at least once. The names
 * say what is to come of each deal.
 */
export function theHistory(): Happening[] {
  const happenings: Happening[] = [];
  const on = (daysAgo: number, ...tells: ((teller: Teller) => void)[]): void => {
    for (const [index, tell] of tells.entries()) happenings.push({ at: today - daysAgo * dayMs + index * hourMs * 0.1, tell });
  };
  const deal = (number: number, name: string, amount: number, path: Path): void => {
    const customer = path.customer ?? number % 12;
    const owner: Owner = number % 3 === 0 ? 'omar' : 'dana';
    const began = 110 - (number % 12) * 2;
    on(
      began,
      (to) => to.deal(`d${number}`, { account: `a${customer}`, name, amount, closes: day(path.closes ?? -60), owner }),
      (to) => to.join(`p${customer}-cfo`, `d${number}`),
      (to) => to.join(`p${customer}-champ`, `d${number}`),
      (to) => to.talk(`d${number}`, `p${customer}-champ`, 'meeting', 'them'),
    );
    for (const [, daysAgo, stage] of path.moves.matchAll(/(\d+) (\w+)/g)) on(Number(daysAgo), (to) => to.move(`d${number}`, stage as Stage));
    for (const daysAgo of path.talks ?? []) {
      on(
        daysAgo,
        (to) => to.talk(`d${number}`, `p${customer}-champ`, 'email', 'us'),
        (to) => to.talk(`d${number}`, `p${customer}-champ`, 'call', 'them'),
      );
    }
  };

  for (const [number, name] of customers.entries()) {
    const owner: Owner = number % 2 === 0 ? 'dana' : 'omar';
    on(
      120 - number * 0.2,
      (to) => to.account(`a${number}`, { name, owner, ...(number % 3 === 0 ? { domain: `${name.toLowerCase()}.example` } : {}) }),
      (to) => to.person(`p${number}-cfo`, { account: `a${number}`, name: `Priya ${name}son`, title: 'CFO', role: 'economic_buyer' }),
      (to) => to.person(`p${number}-champ`, { account: `a${number}`, name: `Lena ${name}er`, title: 'Head of Operations', role: 'champion' }),
      (to) => to.person(`p${number}-user`, { account: `a${number}`, name: `Yuki ${name}ka`, title: 'Engineer' }),
    );
  }

  deal(0, 'Stalled', 48_000, { moves: '90 consideration, 70 proposal, 50 decision', talks: [80, 45, 2] });
  deal(1, 'Never heard again', 12_000, { moves: '80 consideration, 60 decision', talks: [75] });
  deal(2, 'Ghosted', 20_000, { moves: '60 consideration, 30 proposal', talks: [40] });
  for (const daysAgo of [26, 22, 18, 13, 9]) on(daysAgo, (to) => to.talk('d2', 'p2-champ', 'email', 'us'));
  deal(3, 'Went back', 51_000, { moves: '80 consideration, 60 decision, 12 qualification', talks: [50, 20, 3] });
  deal(4, 'Pushed', 70_000, { moves: '80 consideration, 40 proposal', closes: 40, talks: [30, 12, 4] });
  for (const [daysAgo, ahead] of [
    [60, -10],
    [45, -20],
    [30, -35],
    [15, -50],
  ] as const)
    on(daysAgo, (to) => to.change('d4', { closes: day(ahead) }));
  deal(5, 'Closed yesterday, said somebody', 9_000, { moves: '70 consideration, 20 decision', closes: 6, talks: [18] });
  for (const daysAgo of [5, 1]) on(daysAgo, (to) => to.talk('d5', 'p5-user', 'call', 'them'));
  deal(6, 'Won', 33_000, { moves: '80 consideration, 60 proposal, 40 decision, 25 won', talks: [70, 50, 30] });
  deal(7, 'Lost', 15_000, { moves: '70 consideration, 35 lost', talks: [60] });
  deal(8, 'Waits for a call', 22_000, { moves: '80 consideration, 60 decision', talks: [55, 3] });
  on(4, (to) => to.plan('call8', { deal: 'd8', what: 'call', on: day(-9) }));
  deal(9, 'Call was made', 23_000, { moves: '80 consideration, 60 decision', talks: [55, 3] });
  on(20, (to) => to.plan('call9', { deal: 'd9', what: 'call', on: day(-20) }));
  on(6, (to) => to.done('call9'));
  deal(10, 'Met', 24_000, { moves: '80 consideration, 60 decision', talks: [55, 3] });
  on(20, (to) => to.plan('meeting10', { deal: 'd10', what: 'meeting', on: day(10) }));
  on(9, (to) => to.done('meeting10'));
  deal(11, 'Skipped', 18_000, { moves: '30 decision', talks: [20, 2] });
  deal(12, 'Nobody knows the stage', 19_000, { moves: '45 consideration, 25 mystery', talks: [20, 2] });
  // Alone with its customer: what was said about a deal that is gone, some CRMs tell of its people, or of nobody.
  deal(13, 'Removed', 14_000, { customer: 12, moves: '60 consideration', talks: [50] });
  on(5.5, (to) => to.removeDeal('d13'));
  deal(14, 'Came back', 31_000, { moves: '80 consideration, 50 lost, 20 consideration, 10 proposal', talks: [15, 2] });
  deal(15, 'Of another', 27_000, { moves: '70 consideration, 30 proposal', talks: [25, 2] });
  on(18, (to) => to.change('d15', { account: 'a4' }));
  deal(16, 'Renamed', 52_000, { moves: '70 consideration, 30 proposal', talks: [25, 2] });
  on(33, (to) => to.change('d16', { name: 'Renamed twice', amount: 61_000 }));
  on(22, (to) => to.change('d16', { owner: 'omar', closes: day(-80) }));
  on(8, (to) => to.change('d16', { name: 'Renamed', owner: 'dana', amount: 64_000 }));
  deal(17, 'Champion left', 26_000, { moves: '70 consideration, 40 proposal', talks: [35] });
  on(2, (to) => to.talk('d17', 'p5-user', 'call', 'them'));
  on(11, (to) => to.removePerson('p5-champ'));
  // Who was deleted spoke alone, came from elsewhere, or was somebody else before: nobody knows any more with whom it was.
  deal(24, 'Those who spoke are gone', 29_000, { customer: 13, moves: '70 consideration, 30 proposal', talks: [60, 25, 2] });
  on(
    26,
    (to) => to.person('twin13', { account: 'a13', name: 'Yuki Twin', title: 'Engineer' }),
    (to) => to.talk('d24', 'twin13', 'call', 'them'),
    (to) => to.join('p11-user', 'd24'),
    (to) => to.talk('d24', 'p11-user', 'call', 'them'),
  );
  on(24, (to) => to.mergePeople('p13-user', 'twin13'));
  // Of several people one is left, or none, or one who was two.
  on(40, (to) => to.talk('d24', ['p13-user', 'p13-champ', 'p13-cfo'], 'meeting', 'them'));
  on(28, (to) => to.talk('d24', ['p13-champ', 'p13-user'], 'email', 'us'));
  on(23, (to) => to.talk('d24', ['p13-champ', 'p11-user'], 'call', 'them'));
  on(16, (to) => to.talk('d17', ['p5-champ', 'p5-cfo', 'p5-user'], 'meeting', 'them'));
  on(15, (to) => to.talk('d2', ['p2-champ', 'p2-cfo'], 'email', 'us'));
  on(21, (to) => to.leave('p11-user', 'd24'));
  for (const [daysAgo, person] of [
    [12, 'p13-user'],
    [7.5, 'p11-user'],
    [1.5, 'p13-champ'],
  ] as const)
    on(daysAgo, (to) => to.removePerson(person));
  deal(18, 'Round and round', 17_000, {
    moves: '80 consideration, 70 proposal, 60 consideration, 50 proposal, 35 decision, 8 proposal',
    talks: [30, 2],
  });
  deal(19, 'Won and grown', 44_000, { moves: '80 consideration, 65 decision, 52 won', talks: [70] });
  on(50, (to) => to.lifecycle('a7', 'onboarding'));
  on(16, (to) => to.lifecycle('a7', 'customer'));
  deal(20, 'Merged people', 21_000, { moves: '70 consideration, 25 proposal', talks: [20, 2] });
  on(
    30,
    (to) => to.person('twin', { account: 'a8', name: 'Lena Twin', title: 'Head of Operations' }),
    (to) => to.join('twin', 'd20'),
    (to) => to.talk('d20', 'twin', 'call', 'them'),
    (to) => to.talk('d20', ['twin', 'p8-champ'], 'call', 'them'),
  );
  on(14, (to) => to.mergePeople('p8-champ', 'twin'));
  deal(21, 'Left the committee', 28_000, { moves: '70 consideration, 30 decision', talks: [25, 2] });
  on(17, (to) => to.leave('p9-cfo', 'd21'));
  on(13, (to) => to.promote('p9-champ', 'VP Operations'));
  deal(22, 'Merged accounts', 35_000, { moves: '70 consideration, 30 proposal', talks: [25, 2] });
  on(
    40,
    (to) => to.account('again', { name: 'KELP', owner: 'omar' }),
    (to) => to.person('p-again', { account: 'again', name: 'Omar Again', title: 'Counsel' }),
  );
  on(19, (to) => to.mergeAccounts('a10', 'again'));
  deal(23, 'All is well', 8_000, { moves: '9 consideration', talks: [30, 8, 1] });
  on(3, (to) => to.rename('a11', 'Lark & Sons'));
  on(
    7,
    (to) => to.plan('call16', { deal: 'd16', what: 'call', on: day(-3) }),
    (to) => to.plan('meeting16', { deal: 'd16', what: 'meeting', on: day(-6) }),
  );
  on(2.5, (to) => to.cancel('meeting16'));
  on(3.2, (to) => to.plan('meeting18', { deal: 'd18', what: 'meeting', on: day(1) }));
  return happenings.sort((a, b) => a.at - b.at);
}

type Path = {
  /** Whose deal it is; default: one of the first twelve in turn. */
  customer?: number;
  /** Days ago, and into which stage: `80 consideration, 60 decision`. */
  moves: string;
  /** Days ago: one from us and one from them. */
  talks?: number[];
  /** Days ago. */
  closes?: number;
};
