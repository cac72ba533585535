import { standingInWords } from '../../../core/stage-standing.ts';
import type { TrackStep } from '../../../core/summary.ts';
import { bold, join, type Mrkdwn, md } from './escape.ts';
import { count } from './words.ts';

/** The stages of a journey in one line, with working days against what is expected. */
export function trackLine(track: readonly TrackStep[]): Mrkdwn {
  return join(track.slice(0, 15).map(stepText), ' › ');
}

function stepText({ label, state, workingDays, expected, overdue }: TrackStep): Mrkdwn {
  switch (state) {
    case 'done':
      return workingDays === null ? md`✓ ${label}` : md`✓ ${label} (${workingDays})`;
    case 'skipped':
    case 'unseen':
      return md`${label} (${standingInWords[state]})`;
    case 'ahead':
      return md`${label}`;
    case 'current': {
      const spent = workingDays === null ? [] : [md`${count(workingDays, 'working day')}`];
      const limit = expected === null ? [] : [md`expected: ${expected}`];
      const facts = join([...spent, ...limit, ...(overdue ? [md`late`] : [])], ', ');
      const mark = overdue ? '⚠️' : '▶';
      return facts.mrkdwn === '' ? md`${mark} ${bold(label)}` : md`${mark} ${bold(label)} (${facts})`;
    }
  }
}
