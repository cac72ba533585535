import { z } from 'zod';
import { resolveReasons } from '../../core/alerts/alert.ts';
import { listNames } from '../../core/detectors/detector.ts';
import { contactDirections } from '../../core/journey/signal.ts';
import { limits } from './views/limits.ts';

/** What buttons and menus are called, and what they carry: written by views, read by listeners. */

export const actionIds = {
  acknowledge: 'acknowledge',
  acknowledgeCard: 'acknowledge_card',
  snooze: 'snooze',
  assign: 'assign',
  resolve: 'resolve',
  /** So called from when only votes were behind the three dots: cards that were posted then still stand in Slack. */
  more: 'vote',
  logTouchpoint: 'log_touchpoint',
  setRole: 'set_role',
  /** On an alert about a role that nobody has. */
  fillRole: 'fill_role',
  muteAccount: 'mute_account',
  openCrm: 'open_crm',
  show: 'show',
  previousPage: 'list_previous',
  nextPage: 'list_next',
  mute: 'mute',
  unmute: 'unmute',
  note: 'note',
  subscribe: 'subscribe',
  editSubscription: 'edit_subscription',
  endSubscription: 'end_subscription',
  homeGo: 'home_go',
  homePrevious: 'home_previous',
  homeNext: 'home_next',
  homeAcknowledge: 'home_acknowledge',
  homeShow: 'home_show',
  homeEnd: 'home_end_subscription',
  pickAccount: 'pick_account',
  pickMessageAccount: 'pick_message_account',
  otherAccount: 'other_account',
} as const;

/** Forms, by their callback id. */
export const formIds = {
  touchpoint: 'log_touchpoint_form',
  role: 'set_role_form',
  assign: 'assign_form',
  snooze: 'snooze_form',
  resolve: 'resolve_with_note',
  mute: 'mute_form',
  subscription: 'subscription',
  findAccount: 'find_account_form',
  logMessage: 'log_message_form',
} as const;
export type FormId = (typeof formIds)[keyof typeof formIds];

/** What Slack lists in its menus: manifest.yml names the same. */
export const shortcutIds = { logMessage: 'log_message', findAccount: 'find_account' } as const;
export type ShortcutId = (typeof shortcutIds)[keyof typeof shortcutIds];

/** `day` asks for one in a form. */
const snoozeChoices = ['2bd', '5bd', 'stage-change', 'day'] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

/** `note` asks for the reason and a note in a form. */
const resolveChoices = [...resolveReasons, 'note'] as const;
export type ResolveChoice = (typeof resolveChoices)[number];

/** What is behind the three dots: forms, and whether the alert was worth saying. */
const moreChoices = ['touchpoint', 'role', 'mute', 'useful', 'not-useful'] as const;
export type MoreChoice = (typeof moreChoices)[number];

/** Menus carry their choice and the alert it is for: `2bd:<alert id>`. */
export const snoozeValue = (choice: SnoozeChoice, alertId: string): string => `${choice}:${alertId}`;
export const resolveValue = (choice: ResolveChoice, alertId: string): string => `${choice}:${alertId}`;
export const moreValue = (choice: MoreChoice, alertId: string): string => `${choice}:${alertId}`;

export const readSnooze = (value: string): { choice: SnoozeChoice; alertId: string } | null => readChoice(snoozeChoices, value);
export const readResolve = (value: string): { choice: ResolveChoice; alertId: string } | null => readChoice(resolveChoices, value);
export const readMore = (value: string): { choice: MoreChoice; alertId: string } | null => readChoice(moreChoices, value);

/** `replace`: the answer takes the place of the question, as after a picker. */
const show = z.strictObject({
  view: z.enum(['account', 'deal', 'why', 'path']),
  kind: z.enum(['account', 'deal']),
  id: z.string(),
  replace: z.boolean().optional(),
});
const listPage = z.strictObject({ which: z.enum(listNames), filter: z.string(), page: z.int().positive() });
const mute = z.strictObject({ accountId: z.string(), duration: z.string().nullable(), reason: z.string() });
const unmute = z.strictObject({ accountId: z.string() });
const note = z.strictObject({
  kind: z.enum(['account', 'deal']),
  id: z.string(),
  note: z.strictObject({
    text: z.string(),
    mood: z.number().nullable(),
    direction: z.enum(contactDirections).nullable(),
    with: z.string().nullable(),
    type: z.string().nullable(),
  }),
});
const account = z.strictObject({ accountId: z.string() });
const subscription = z.strictObject({ subscriptionId: z.string() });
/** What a new one is to be filled in with. */
const newSubscription = z.strictObject({ filter: z.string() });

export const buttonValues = { show, listPage, mute, unmute, account, note, subscription, newSubscription };

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
