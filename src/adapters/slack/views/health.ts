import type { KnownBlock } from '@slack/types';
import type { HealthSummary } from '../../../core/summary.ts';
import { section } from './blocks.ts';
import { bold, join, type Mrkdwn, md } from './escape.ts';

const reasonsShown = 4;
const missingShown = 6;

/** Health with its reasons, and what is not known of it. */
export function healthBlocks(health: HealthSummary | undefined): KnownBlock[] {
  if (health === undefined) return [];
  const { reasons, missing } = health;
  const lines = [headLine(health)];
  if (reasons.length > 0) lines.push(md`Pulled down by: ${listed(reasons, reasonsShown)}`);
  if (missing.length > 0) lines.push(md`Missing, and not counted: ${listed(missing, missingShown)}`);
  return [section(lines)];
}

function headLine({ index, usual }: HealthSummary): Mrkdwn {
  if (index === null) return md`${bold('Health')}: too little is known`;
  return usual === null ? md`${bold('Health')}: ${index} of 100` : md`${bold('Health')}: ${index} of 100 (usually ${usual})`;
}

function listed(words: readonly string[], shown: number): Mrkdwn {
  const kept = words.slice(0, shown).map((each) => md`${each}`);
  if (words.length > shown) kept.push(md`and ${words.length - shown} more`);
  return join(kept, '; ');
}
