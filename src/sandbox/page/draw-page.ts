import type { ReactNode } from 'react';
import { readPassage, readThread } from './conversation.ts';
import { drawComposer, drawNoComposer } from './drawing/composer.ts';
import { drawControls } from './drawing/controls/controls.ts';
import { drawDocument } from './drawing/document.ts';
import type { DrawContext } from './drawing/draw-context.ts';
import { drawIntro } from './drawing/intro.ts';
import { drawAppTabs, drawChannelPane, drawHomePane, drawNowhere } from './drawing/main-pane.ts';
import { drawMessageList, drawThread } from './drawing/message-list.ts';
import { drawModal } from './drawing/modal.ts';
import { drawMessageMenu, drawShortcutMenu } from './drawing/shortcuts.ts';
import { drawSidebar } from './drawing/sidebar.ts';
import { drawTopbar } from './drawing/topbar.ts';
import type { PageState } from './page-state.ts';
import { actors, channelTitle, drawContextOf, type Place, visibleChannels } from './place.ts';

/** The whole page as a person sees it at a place. Reading a channel marks it as read. */
export function drawPage(state: PageState, place: Place): string {
  const { host, text } = state;
  const since = state.eventCount();
  const context = drawContextOf(host, place.reader, state.now());
  if (place.channel) state.readMarks.markRead(place.reader.id, place.channel.id);
  const modal = host.workspace.modal(place.reader.id);
  const aside = drawThreadAside(state, place, context);
  return drawDocument({
    title: `${place.channel ? titleOf(state, place.channel) : text.appName} · ${text.workspaceName}`,
    data: {
      'data-as': place.reader.id,
      'data-channel': place.channel?.id ?? '',
      'data-place': place.isHome ? 'home' : 'channel',
      'data-since': String(since),
      'data-now': String(state.now()),
      className: aside === null ? '' : 'has-thread',
    },
    assetVersion: state.assetVersion,
    topbar: drawTopbar(
      {
        workspaceName: text.workspaceName,
        people: actors(host),
        query: queryOf(place),
        timezone: host.controls.clock?.timezone ?? null,
        menus: [drawMessageMenu(host.shortcuts, text.appName), drawShortcutMenu(host.shortcuts, text.appName)],
      },
      context,
    ),
    sidebar: drawPlaceSidebar(state, place, context),
    main: drawMain(state, place, context),
    aside,
    intro: drawIntro(text.intro, context),
    controls: drawControls(host.controls, host.workspace, state.now()),
    modal: modal && drawModal(modal, text.appName, context),
  });
}

export function drawPlaceSidebar(state: PageState, place: Place, context: DrawContext): ReactNode {
  const entries = visibleChannels(state.host, place.reader).map((channel) => ({
    channel,
    title: channelTitle(state.host, channel, state.text.appName),
    unread: state.readMarks.unread(place.reader.id, channel.id),
  }));
  return drawSidebar(
    {
      entries,
      currentChannel: place.channel?.id ?? null,
      isHome: place.isHome,
      appName: state.text.appName,
      isAppConnected: state.host.connections() > 0,
    },
    context,
  );
}

/** The pane of the place's thread, if it has one. */
export function drawThreadAside(state: PageState, place: Place, context: DrawContext): ReactNode {
  if (!place.channel || place.threadTs === null) return null;
  const thread = readThread(state.host.workspace, place.channel.id, place.reader, place.threadTs);
  if (!thread) return null;
  const composer = drawComposer({ channelId: place.channel.id, title: '', threadTs: place.threadTs }, [], []);
  return drawThread(thread, titleOf(state, place.channel), composer, context);
}

export function titleOf(state: PageState, channel: NonNullable<Place['channel']>): string {
  const title = channelTitle(state.host, channel, state.text.appName);
  return channel.isDirect ? title : `#${title}`;
}

/** Where the same place is for somebody else. Their direct conversation is another one. */
function queryOf({ channel, isHome }: Place): Record<string, string> {
  if (isHome) return { home: '1' };
  return channel === null || channel.isDirect ? {} : { channel: channel.id };
}

function drawMain(state: PageState, place: Place, context: DrawContext): ReactNode {
  const { host, text } = state;
  if (place.isHome) {
    const tabs = drawAppTabs('home', host.workspace.direct(place.reader.id).id, context);
    return drawHomePane(text.appName, host.workspace.home(place.reader.id), tabs, context);
  }
  if (!place.channel) return drawNowhere();
  const title = titleOf(state, place.channel);
  const list = drawMessageList(readPassage(host.workspace, place.channel.id, place.reader), place.channel.id, title, context);
  const composer =
    place.channel.isDirect && host.isReadOnly
      ? drawNoComposer()
      : drawComposer({ channelId: place.channel.id, title, threadTs: null }, text.commands, host.shortcuts);
  const tabs = place.channel.isDirect ? drawAppTabs('messages', place.channel.id, context) : null;
  return drawChannelPane(place.channel, channelTitle(host, place.channel, text.appName), list, composer, tabs);
}
