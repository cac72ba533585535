import type { ActResult } from '../../../app/use-cases.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { actions, button, section, type View, view } from './blocks.ts';
import { coded, type Mrkdwn, md, person } from './escape.ts';
import { day } from './words.ts';

/** Short answers. */

export const saidView = (said: Mrkdwn): View => view(said, [section([said])]);

/** Why a question was not understood: it lists what there is, with what is to be typed between backticks. */
export const notUnderstoodView = (message: string): View => saidView(coded(message, 1000));

const actMarks: Record<ActResult['kind'], string> = { done: '✅', stale: 'ℹ️', refused: '✋' };

/** What became of a click or a command. */
export const actView = (result: ActResult): View => saidView(actText(result));

export function actText(result: ActResult): Mrkdwn {
  const said = md`${actMarks[result.kind]} ${coded(result.message, 600)}`;
  if (result.kind === 'done' && result.when !== undefined) return md`${said} ${day(result.when.at, `${result.when.words} `)}.`;
  return result.kind === 'stale' && result.by != null ? md`${said} It was ${person(result.by)}.` : said;
}

/** A mute can be taken back at once. */
export function muteView(result: ActResult, accountId: string): View {
  const { text, blocks } = actView(result);
  const value = writeValue({ accountId });
  if (result.kind !== 'done' || value === null) return { text, blocks };
  return { text, blocks: [...blocks, actions([button('Unmute', { id: actionIds.unmute, value })])] };
}

/** `reference` finds the error in the log. */
export const failureView = (reference: string): View => saidView(failureText(reference));

export const failureText = (reference: string): Mrkdwn =>
  md`Something went wrong here, nothing was changed. Please try again; if it stays so, give whoever runs the bot this reference: ${reference}`;
