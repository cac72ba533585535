import { z } from 'zod';
import { resolveReasons } from '../../core/alerts/alert.ts';
import { limits } from './views/limits.ts';

/** What buttons and menus are called, and what they carry: written by views, read by listeners. */

export const actionIds = {
  acknowledge: 'acknowledge',
  acknowledgeCard: 'acknowledge_card',
  snooze: 'snooze',
  resolve: 'resolve',
  vote: 'vote',
  openCrm: 'open_crm',
  show: 'show',
  previousPage: 'list_previous',
  nextPage: 'list_next',
  mute: 'mute',
  unmute: 'unmute',
} as const;

export const resolveModalId = 'resolve_with_note';

const snoozeChoices = ['2bd', '5bd', 'stage-change'] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

/** `note` asks for the reason and a note in a modal. */
const resolveChoices = [...resolveReasons, 'note'] as const;
export type ResolveChoice = (typeof resolveChoices)[number];

export const voteChoices = ['useful', 'not-useful'] as const;
type VoteChoice = (typeof voteChoices)[number];

/** Menus carry their choice and the alert it is for: `2bd:<alert id>`. */
export const snoozeValue = (choice: SnoozeChoice, alertId: string): string => `${choice}:${alertId}`;
export const resolveValue = (choice: ResolveChoice, alertId: string): string => `${choice}:${alertId}`;
export const voteValue = (choice: VoteChoice, alertId: string): string => `${choice}:${alertId}`;

export const readSnooze = (value: string): { choice: SnoozeChoice; alertId: string } | null => readChoice(snoozeChoices, value);
export const readResolve = (value: string): { choice: ResolveChoice; alertId: string } | null => readChoice(resolveChoices, value);
export const readVote = (value: string): { choice: VoteChoice; alertId: string } | null => readChoice(voteChoices, value);

/** `replace`: the answer takes the place of the question, as after a picker. */
const show = z.strictObject({
  view: z.enum(['account', 'deal', 'why']),
  kind: z.enum(['account', 'deal']),
  id: z.string(),
  replace: z.boolean().optional(),
});
const listPage = z.strictObject({ which: z.enum(['stalled', 'gaps']), filter: z.string(), page: z.int().positive() });
const mute = z.strictObject({ accountId: z.string(), duration: z.string().nullable(), reason: z.string() });
const unmute = z.strictObject({ accountId: z.string() });

export const buttonValues = { show, listPage, mute, unmute };

/** JSON for a button; null where it is longer than Slack lets a button carry. */
export function writeValue(value: z.infer<(typeof buttonValues)[keyof typeof buttonValues]>): string | null {
  const text = JSON.stringify(value);
  return text.length > limits.buttonValue ? null : text;
}

/** Null for what this version did not write. */
export function readValue<Schema extends z.ZodType>(schema: Schema, text: string | undefined): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    return null;
  }
}

function readChoice<Choice extends string>(choices: readonly Choice[], value: string): { choice: Choice; alertId: string } | null {
  const end = value.indexOf(':');
  const choice = choices.find((candidate) => candidate === value.slice(0, end));
  return choice === undefined ? null : { choice, alertId: value.slice(end + 1) };
}
