import { dayInWords, decimal, few, number, rateInWords } from '../../core/backtest/figures-in-words.ts';
import type { BacktestReport, RuleWorth, Worth } from '../../core/backtest/report.ts';
import { type RecordKind, recordKinds } from '../../core/journey/signal.ts';

/** What a report is of, beside what it says. `map`: the file. */
export type About = { map: string; version: string; timezone: string };

/** How the figures are said, wherever they are. */
export const headings = { precision: 'precision', recall: 'recall', lift: 'lift', lead: 'lead' } as const;

/** What the figures mean, a line each. */
export const legend: readonly (readonly [string, string])[] = [
  ['base rate', 'of all journeys that the rule was on for and that have ended, how many were lost'],
  [headings.precision, 'of the alerted ones that have ended, how many were lost'],
  [headings.recall, 'of those that were lost, how many were alerted'],
  [headings.lift, 'precision against the base rate, of as many: 1 is no better than chance'],
  [headings.lead, 'days from the first alert to the loss, the median'],
];

export const doubts: readonly string[] = [
  'Whoever was alerted may have acted on it, and a journey that goes on for long has more time to be alerted: a figure is no proof of a cause.',
  'Nobody acknowledges, snoozes, mutes or resolves anything here, and every CRM counts as heard all the time.',
];

export const liftInWords = ({ lift }: Worth): string =>
  lift.kind === 'few' ? few(lift.n) : `${decimal(lift.value)} (${decimal(lift.low)}–${decimal(lift.high)})`;

export const leadInWords = ({ leadDays }: Worth): string =>
  leadDays.kind === 'few' ? few(leadDays.n) : `${number(Math.round(leadDays.value))} d of ${number(leadDays.n)}`;

/** What was replayed, in lines of two parts. */
export function factsOf(report: BacktestReport, { timezone }: About): [string, string][] {
  const { period, journeys, signals, knownFrom, base, limitsLearned } = report;
  const [from, to] = [dayInWords(period.from, timezone), dayInWords(period.to - 1, timezone)];
  return [
    ['period', `${from} to ${to}, ${decimal(period.weeks)} weeks`],
    ['signals', `${number(signals)}, known from when they ${knownFrom === 'occurred' ? 'happened' : 'came in'}`],
    ...erasedOf(report),
    ['journeys', `${number(journeys.replayed)}, of which ${number(journeys.inPeriod)} were open in the period`],
    ['ended since', `${number(journeys.ended)}: ${number(journeys.won)} won, ${number(journeys.lost)} lost`],
    ['base rate', base.kind === 'few' ? `${few(base.n)} have ended` : `${rateInWords(base)} were lost`],
    ...(limitsLearned === 0
      ? []
      : [
          [
            'limits',
            `learned anew ${limitsLearned === 1 ? 'once, from' : `${number(limitsLearned)} times, each time from`} what had ended by then`,
          ] as [string, string],
        ]),
  ];
}

/** Who reads the same backtest twice would else look for what has gone. */
function erasedOf({ erased }: BacktestReport): [string, string][] {
  const said = recordKinds.flatMap((kind) => (erased[kind] === 0 ? [] : [`${number(erased[kind])} ${names[kind][erased[kind] === 1 ? 0 : 1]}`]));
  return said.length === 0 ? [] : [['erased', `${said.join(', ')}: missing from all of this, as if they had never been there`]];
}

const names: Record<RecordKind, readonly [string, string]> = {
  account: ['account', 'accounts'],
  deal: ['deal', 'deals'],
  person: ['person', 'people'],
};

/** A rule that said nothing, would have said nothing with any other number, and that nothing held back. */
export const isSilent = ({ alerts, journeys, heldBack, variants }: RuleWorth): boolean =>
  alerts === 0 && journeys === 0 && heldBack === 0 && variants.every((variant) => variant.journeys === 0);
