import { apiTest, authTest, botsInfo, connectionsOpen, teamInfo } from './app-methods.ts';
import * as chat from './chat.ts';
import * as conversations from './conversations.ts';
import * as files from './files.ts';
import * as history from './history.ts';
import type { Method } from './method.ts';
import { unfurl } from './unfurl.ts';
import * as users from './users.ts';
import * as views from './views.ts';

const all: readonly Method[] = [
  apiTest,
  authTest,
  connectionsOpen,
  teamInfo,
  botsInfo,
  chat.postMessage,
  chat.update,
  chat.remove,
  chat.postEphemeral,
  chat.getPermalink,
  unfurl,
  conversations.list,
  conversations.info,
  conversations.join,
  conversations.open,
  conversations.members,
  history.history,
  history.replies,
  files.getUploadURLExternal,
  files.completeUploadExternal,
  files.info,
  files.remove,
  users.info,
  users.list,
  users.lookupByEmail,
  views.open,
  views.push,
  views.update,
  views.publish,
];

/** The Web API, by method name. */
export const methods: ReadonlyMap<string, Method> = new Map(all.map((method) => [method.name, method]));
