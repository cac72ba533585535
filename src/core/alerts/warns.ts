import { isGoodNews } from '../detectors/index.ts';
import type { Alert } from './alert.ts';

/** Whether an alert is a reason not to bring good news: more than a hint, and nothing else says it already. */
export const warns = ({ state, finding, rule, inhibitedBy }: Alert): boolean =>
  state !== 'resolved' && finding.severity !== 'info' && inhibitedBy === null && !isGoodNews(rule);
