import { readEntries, readPassage, readThread } from './conversation.ts';
import { drawPlaceSidebar, titleOf } from './draw-page.ts';
import { drawCrmForm } from './drawing/controls/crm-section.ts';
import type { DrawContext } from './drawing/draw-context.ts';
import { drawHome } from './drawing/main-pane.ts';
import { toMarkup } from './drawing/markup.ts';
import { messageElementId } from './drawing/message.ts';
import { drawEntry, drawPassage, drawReply } from './drawing/message-list.ts';
import { drawModal } from './drawing/modal.ts';
import type { Changes } from './live.ts';
import type { PageState } from './page-state.ts';
import { drawContextOf, type Place } from './place.ts';

/** What the page's script gets over the event stream; markup, drawn as on the page. */
export type PageUpdate = {
  /** To be replaced where they are, else inserted in ts order. `threadTs`: in that thread's pane, if it is open. */
  messages: { id: string; ts: string; threadTs?: string; html: string }[];
  /** The whole list of messages, in place of what is shown. */
  list?: string;
  sidebar?: string;
  home?: string;
  /** The form of the CRM: its deals and people. */
  crm?: string;
  /** The workspace's time, when it was moved: epoch milliseconds. */
  now?: number;
  /** Empty when no view is open. */
  modal?: string;
};

export function drawUpdate(state: PageState, place: Place, changes: Changes): PageUpdate {
  const context = drawContextOf(state.host, place.reader, state.now());
  const update: PageUpdate = { messages: place.channel && !changes.all ? drawChangedMessages(state, place.channel.id, changes, context) : [] };
  if (place.channel) state.readMarks.markRead(place.reader.id, place.channel.id);
  if (place.channel && changes.all) {
    const passage = readPassage(state.host.workspace, place.channel.id, place.reader);
    update.list = toMarkup(drawPassage(passage, place.channel.id, titleOf(state, place.channel), context));
  }
  if (changes.sidebar || changes.all) update.sidebar = toMarkup(drawPlaceSidebar(state, place, context));
  if (changes.modal || changes.all) update.modal = drawOpenModal(state, context);
  if (changes.all) update.now = state.now();
  const { crm } = state.host.controls;
  if (crm !== undefined && (changes.crm || changes.all)) update.crm = toMarkup(drawCrmForm(crm));
  if (place.isHome && (changes.home || changes.all)) update.home = toMarkup(drawHome(state.host.workspace.home(place.reader.id), context));
  return update;
}

export function drawOpenModal(state: PageState, context: DrawContext): string {
  const modal = state.host.workspace.modal(context.reader.id);
  return modal ? toMarkup(drawModal(modal, state.text.appName, context)) : '';
}

function drawChangedMessages(state: PageState, channelId: string, changes: Changes, context: DrawContext): PageUpdate['messages'] {
  const { workspace } = state.host;
  const entries = readEntries(workspace, channelId, context.reader, changes.messages).map((entry) => ({
    id: messageElementId('channel', entry.message.ts),
    ts: entry.message.ts,
    html: toMarkup(drawEntry(entry, context)),
  }));
  const replies = [...new Set(changes.replies.values())].flatMap((threadTs) => {
    const thread = readThread(workspace, channelId, context.reader, threadTs);
    if (!thread) return [];
    return [thread.parent, ...thread.replies].flatMap((message, index, all) => {
      if (message !== thread.parent && !changes.replies.has(message.ts)) return [];
      const previous = index > 1 ? all[index - 1] : undefined;
      return [{ id: messageElementId('thread', message.ts), ts: message.ts, threadTs, html: toMarkup(drawReply(message, previous, context)) }];
    });
  });
  const parents = entries.flatMap(({ ts }) => {
    const message = workspace.message(channelId, ts);
    return message ? [{ id: messageElementId('thread', ts), ts, threadTs: ts, html: toMarkup(drawReply(message, undefined, context)) }] : [];
  });
  return [...entries, ...parents, ...replies];
}
