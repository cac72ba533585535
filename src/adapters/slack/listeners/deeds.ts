import type { Deed } from '../../../core/access.ts';
import { actionIds, type FormId, formIds, type MoreChoice, readMore, type ShortcutId, shortcutIds } from '../action-values.ts';
import { commandWords, type JourneyCommand, parseCommand } from './parse-command.ts';
import { actionIdOf, callbackIdOf, chosenOf, commandTextOf, eventOf } from './request.ts';

/** What a request is for, as far as journey.yml can keep it to some people and channels. `deed` null: it only asks. */
export type Asked = { deed: Deed | null; showsAccounts: boolean };

const asks: Asked = { deed: null, showsAccounts: false };
const showsAccounts: Asked = { deed: null, showsAccounts: true };
const does = (deed: Deed): Asked => ({ deed, showsAccounts: false });

type ActionId = (typeof actionIds)[keyof typeof actionIds];

/** Every button and menu there is: whoever adds one says here who may use it. What is behind the three dots is told by what was chosen. */
const ofAction: Record<Exclude<ActionId, typeof actionIds.more>, Asked> = {
  [actionIds.acknowledge]: does('acknowledge'),
  [actionIds.acknowledgeCard]: does('acknowledge'),
  [actionIds.snooze]: does('acknowledge'),
  [actionIds.resolve]: does('acknowledge'),
  [actionIds.assign]: does('acknowledge'),
  [actionIds.logTouchpoint]: does('record'),
  [actionIds.setRole]: does('record'),
  [actionIds.fillRole]: does('record'),
  [actionIds.muteAccount]: does('mute'),
  [actionIds.openCrm]: asks,
  [actionIds.show]: showsAccounts,
  [actionIds.previousPage]: showsAccounts,
  [actionIds.nextPage]: showsAccounts,
  [actionIds.mute]: does('mute'),
  [actionIds.unmute]: does('mute'),
  [actionIds.note]: does('record'),
  [actionIds.subscribe]: does('subscribe'),
  [actionIds.editSubscription]: does('subscribe'),
  [actionIds.endSubscription]: does('subscribe'),
  // On the Home tab and in its forms, one person alone reads.
  [actionIds.homeGo]: asks,
  [actionIds.homePrevious]: asks,
  [actionIds.homeNext]: asks,
  [actionIds.homeAcknowledge]: does('acknowledge'),
  [actionIds.homeShow]: asks,
  [actionIds.homeEnd]: does('subscribe'),
  [actionIds.pickAccount]: asks,
  [actionIds.pickMessageAccount]: asks,
  [actionIds.otherAccount]: asks,
};

const ofMore: Record<MoreChoice, Asked> = {
  touchpoint: does('record'),
  role: does('record'),
  mute: does('mute'),
  // An opinion, not a decision: whoever sees an alert may have one.
  useful: asks,
  'not-useful': asks,
};

/** Every form, by its callback id, and every shortcut. */
const ofCallback: Record<FormId | ShortcutId, Asked> = {
  [formIds.assign]: does('acknowledge'),
  [formIds.snooze]: does('acknowledge'),
  [formIds.resolve]: does('acknowledge'),
  [formIds.touchpoint]: does('record'),
  [formIds.role]: does('record'),
  [formIds.mute]: does('mute'),
  [formIds.subscription]: does('subscribe'),
  // Nothing is submitted in these: what is clicked in them is asked for itself.
  [formIds.findAccount]: asks,
  [formIds.logMessage]: asks,
  [shortcutIds.logMessage]: does('record'),
  [shortcutIds.findAccount]: asks,
};

/** Events by which somebody asks for something; all others only tell what has happened. */
const ofEvent: Record<string, Asked> = {
  app_home_opened: asks,
  link_shared: showsAccounts,
};

const ofCommand: Record<JourneyCommand['do'], Asked> = {
  home: showsAccounts,
  account: showsAccounts,
  deal: showsAccounts,
  path: showsAccounts,
  why: showsAccounts,
  list: showsAccounts,
  digest: showsAccounts,
  metrics: asks,
  review: asks,
  help: asks,
  incomplete: asks,
  unknown: asks,
  mute: does('mute'),
  unmute: does('mute'),
  note: does('record'),
  subscribe: does('subscribe'),
};

/** What a request of Slack is for; null: nobody asks for anything. */
export function askedOf(body: unknown): Asked | null {
  const command = commandTextOf(body);
  if (command !== null) return ofTyped(parseCommand(command));
  const action = actionIdOf(body);
  if (action === actionIds.more) return ofMenu(chosenOf(body));
  if (action !== null) return isIn(ofAction, action) ? ofAction[action] : asks;
  const callback = callbackIdOf(body);
  if (callback !== null) return isIn(ofCallback, callback) ? ofCallback[callback] : asks;
  const event = eventOf(body).type;
  return event === undefined ? asks : (ofEvent[String(event)] ?? null);
}

/** Whether a listener of ours acknowledges it: in a form or a search that another version has shown, none does. */
export function isAnsweredHere(body: unknown): boolean {
  const action = actionIdOf(body);
  return action === null ? isIn(ofCallback, callbackIdOf(body) ?? '') : isIn(ofAction, action);
}

/** The command with its first word, the name of the button, form, shortcut or event: nothing of its content. */
export function whatOf(body: unknown): string {
  const typed = commandTextOf(body)?.trim().split(/\s/, 1)[0]?.toLowerCase();
  if (typed !== undefined) return ['/journey', ...commandWords.filter((word) => word === typed)].join(' ');
  const action = actionIdOf(body);
  if (action === actionIds.more) return readMore(chosenOf(body) ?? '')?.choice ?? action;
  return action ?? callbackIdOf(body) ?? String(eventOf(body).type ?? 'unknown');
}

const ofTyped = (command: JourneyCommand): Asked => (command.do === 'review' && command.done ? does('acknowledge') : ofCommand[command.do]);

/** A choice of another version does nothing: its listener says so. */
function ofMenu(chosen: string | null): Asked {
  const choice = chosen === null ? undefined : readMore(chosen)?.choice;
  return choice === undefined ? asks : ofMore[choice];
}

const isIn = <Id extends string>(table: Record<Id, Asked>, id: string): id is Id => Object.hasOwn(table, id);
