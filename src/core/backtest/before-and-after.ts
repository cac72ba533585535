import { fewestForMetrics } from '../insight/stage-metrics.ts';
import { dayInWords, decimal, number, rateInWords } from './figures-in-words.ts';
import type { BacktestReport, Worth } from './report.ts';

/** The same past, replayed with the number in force and with the one suggested. */
type BeforeAndAfter = { before: BacktestReport; after: BacktestReport };

/** What a change would have made of one rule's alerts, in plain sentences; no figure without its n. */
export function beforeAndAfterInWords(rule: string, { before, after }: BeforeAndAfter, timezone: string): string[] {
  const { period, journeys } = before;
  const [was, would] = [worthOf(rule, before), worthOf(rule, after)];
  if (journeys.inPeriod < fewestForMetrics || was === null || would === null)
    return [`Not backtested: too few journeys (${number(was === null ? 0 : journeys.inPeriod)}; it takes ${fewestForMetrics}).`];
  const changes = (of: (worth: Worth) => string): string => `${of(was)} → ${of(would)}`;
  return [
    `Backtest, ${dayInWords(period.from, timezone)} to ${dayInWords(period.to - 1, timezone)}: ${number(journeys.inPeriod)} journeys, of which ${number(journeys.ended)} have ended. Now → with the change:`,
    `Alerts of this rule a week: ${changes(({ perWeek, alerts }) => `${decimal(perWeek)} (${number(alerts)} in all)`)}`,
    `Precision, how many of the alerted that ended were lost: ${changes(({ precision }) => rateInWords(precision))}`,
    `Recall, how many of the lost were alerted: ${changes(({ recall }) => rateInWords(recall))}`,
  ];
}

const worthOf = (rule: string, { rules }: BacktestReport): Worth | null => rules.find((each) => each.rule === rule) ?? null;
