import type { ReactNode } from 'react';
import { readPassage, readThread } from './conversation.ts';
import { drawComposer } from './drawing/composer.ts';
import { drawDocument } from './drawing/document.ts';
import type { DrawContext } from './drawing/draw-context.ts';
import { drawIntro } from './drawing/intro.ts';
import { drawChannelPane, drawHomePane, drawNowhere } from './drawing/main-pane.ts';
import { drawMessageList, drawThread } from './drawing/message-list.ts';
import { drawModal } from './drawing/modal.ts';
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
      className: aside === null ? '' : 'has-thread',
    },
    assetVersion: state.assetVersion,
    topbar: drawTopbar(text.workspaceName, actors(host), place.channel ? { channel: place.channel.id } : {}, context),
    sidebar: drawPlaceSidebar(state, place, context),
    main: drawMain(state, place, context),
    aside,
    intro: drawIntro(text.intro, context),
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
  const composer = drawComposer({ channelId: place.channel.id, title: '', threadTs: place.threadTs }, []);
  return drawThread(thread, titleOf(state, place.channel), composer, context);
}

export function titleOf(state: PageState, channel: NonNullable<Place['channel']>): string {
  const title = channelTitle(state.host, channel, state.text.appName);
  return channel.isDirect ? title : `#${title}`;
}

function drawMain(state: PageState, place: Place, context: DrawContext): ReactNode {
  const { host, text } = state;
  if (place.isHome) return drawHomePane(text.appName, host.workspace.home(place.reader.id), context);
  if (!place.channel) return drawNowhere();
  const title = titleOf(state, place.channel);
  const list = drawMessageList(readPassage(host.workspace, place.channel.id, place.reader), place.channel.id, title, context);
  const composer = drawComposer({ channelId: place.channel.id, title, threadTs: null }, text.commands);
  return drawChannelPane(place.channel, channelTitle(host, place.channel, text.appName), list, composer);
}
