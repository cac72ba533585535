import type { AccountSummary } from '../../../core/summary.ts';
import { long, type Mrkdwn, md, person } from './escape.ts';
import { day } from './words.ts';

/** Who muted the account, for how long, and why. */
export const mutedLine = ({ by, until, reason }: NonNullable<AccountSummary['mute']>): Mrkdwn =>
  md`🔕 Muted by ${person(by)} ${until === null ? 'until somebody unmutes it' : day(until, 'until ')}: ${long(reason, 200)}`;
