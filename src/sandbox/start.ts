import Fastify from 'fastify';
import { defaultRetryDelaysMs } from './app-link.ts';
import { defaultFileProcessing } from './files/files.ts';
import { mountFiles } from './files/mount-files.ts';
import { createHttpMode } from './http-mode.ts';
import { createAct } from './interactions/act.ts';
import { runCommand } from './interactions/command.ts';
import type { InteractionContext } from './interactions/context.ts';
import { eventPayload } from './interactions/payloads.ts';
import { homeOpened, runGlobalShortcut, runMessageShortcut, say } from './interactions/say.ts';
import { closeView, submitView } from './interactions/submit.ts';
import { suggest } from './interactions/suggest.ts';
import { readManifest } from './manifest.ts';
import { mountResponseUrls } from './mount-response-urls.ts';
import { mountStateApi } from './mount-state-api.ts';
import { defaultChannels, defaultUsers } from './people.ts';
import { createResponseUrls } from './response-urls.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { SlackError } from './slack-error.ts';
import { createSocketMode } from './socket-mode.ts';
import { createState } from './state.ts';
import { defaultBotEvents, isSubscribed } from './subscriptions.ts';
import { team } from './team.ts';
import { createTriggers } from './triggers.ts';
import type { CallContext } from './web-api/method.ts';
import { mountWebApi } from './web-api/mount-web-api.ts';

const maxBodyBytes = 4 * 1024 * 1024;

/** Starts a Slack workspace on this machine: Web API, Socket Mode or HTTP mode, a page, and an API for tests. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const host = options.host ?? '127.0.0.1';
  const botToken = options.botToken ?? 'xoxb-sandbox';
  const appToken = options.appToken ?? 'xapp-1-sandbox';
  const signingSecret = options.signingSecret ?? 'sandbox-signing-secret';
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000;
  const retryDelaysMs = options.retryDelaysMs ?? defaultRetryDelaysMs;
  const botEvents = new Set(options.botEvents ?? defaultBotEvents);
  const manifest = readManifest();
  const scopes = new Set(options.scopes ?? manifest.scopes);
  const unfurlDomains = options.unfurlDomains ?? manifest.unfurlDomains;

  const server = Fastify({ bodyLimit: maxBodyBytes, forceCloseConnections: true });
  const address = (): string => {
    const bound = server.server.address();
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
    return `${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
  };
  const url = (): string => `http://${address()}`;
  const state = createState({
    now,
    url,
    fileProcessing: options.fileProcessing ?? defaultFileProcessing,
    keepMessages: options.keepMessages ?? 20_000,
    users: options.users ?? defaultUsers,
    channels: options.channels ?? defaultChannels,
  });

  const sockets = createSocketMode({ server: server.server, ids: state.ids, ackTimeoutMs, retryDelaysMs });
  const link =
    options.appUrl === undefined
      ? sockets
      : createHttpMode({ appUrl: options.appUrl, signingSecret, wallClock: Date.now, ackTimeoutMs, retryDelaysMs });
  const triggers = createTriggers({ now, ids: state.ids });
  const responseUrls = createResponseUrls({ state, baseUrl: url });
  const interactions: InteractionContext = { state, link, triggers, responseUrls, unfurlDomains };
  const act = createAct(interactions);
  const sendEvent: Sandbox['sendEvent'] = (event) => link.event(eventPayload(event, state));

  const calls: CallContext = {
    state,
    triggers,
    scopes,
    unfurlDomains,
    need(scope) {
      if (!scopes.has(scope)) throw new SlackError('missing_scope', { needed: scope, provided: [...scopes].join(',') });
    },
    socketUrl: () => `ws://${address()}${sockets.ticket()}`,
    get url() {
      return url();
    },
  };

  const sandbox: Sandbox = {
    get url() {
      return url();
    },
    get apiUrl() {
      return `${url()}/api/`;
    },
    teamId: team.id,
    botUserId: state.directory.bot.id,
    workspace: state.workspace,
    botToken,
    appToken,
    signingSecret,
    get environment() {
      return {
        SLACK_API_URL: `${url()}/api/`,
        SLACK_BOT_TOKEN: botToken,
        ...(options.appUrl === undefined ? { SLACK_APP_TOKEN: appToken } : { SLACK_SIGNING_SECRET: signingSecret }),
      };
    },
    connections: () => link.connections(),
    command: (input) => runCommand(input, interactions),
    act,
    submit: (input) => submitView(input, interactions),
    closeModal: (input) => closeView(input, interactions),
    say: async (input) => say(input, interactions),
    suggest: (input) => suggest(input, interactions),
    controls: options.controls ?? {},
    isReadOnly: options.isReadOnly ?? manifest.isReadOnly,
    shortcuts: options.shortcuts ?? manifest.shortcuts,
    openHome: async ({ user, tab = 'home' }) => {
      // Slack waits for nobody when a tab opens.
      const event = homeOpened(user, tab, interactions);
      if (isSubscribed(event, { botEvents, scopes })) void sendEvent(event);
    },
    messageShortcut: (input) => runMessageShortcut(input, interactions),
    globalShortcut: (input) => runGlobalShortcut(input, interactions),
    sendEvent,
    disconnect: (how = 'refresh_requested') => sockets.disconnect(how),
    async close() {
      await link.close();
      await sockets.close();
      await server.close();
    },
  };

  state.listeners.on('appEvent', (event) => {
    if (isSubscribed(event, { botEvents, scopes })) void sendEvent(event);
  });
  await server.register((slack, _options, done) => {
    // Bodies are read as Slack reads them, whatever a client calls them.
    slack.removeAllContentTypeParsers();
    slack.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
    mountWebApi(slack, { state, tokens: { bot: botToken, app: appToken }, context: calls });
    mountResponseUrls(slack, { state, responseUrls });
    done();
  });
  await server.register((files, _options, done) => {
    mountFiles(files, { state, botToken, scopes });
    done();
  });
  mountStateApi(server, sandbox);
  if (options.page !== false) {
    const { mountPage } = await import('./page/mount-page.ts');
    mountPage(server, sandbox, { ...(options.pageText === undefined ? {} : { text: options.pageText }), now });
  }
  try {
    await server.listen({ port: options.port ?? 0, host });
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  return sandbox;
}
