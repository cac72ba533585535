import type { FastifyInstance } from 'fastify';
import { sendFile } from '../files/mount-files.ts';
import type { PageHost } from '../sandbox.ts';
import { loadAssets } from './assets.ts';
import { mountControlPosts } from './control-posts.ts';
import { readPassage } from './conversation.ts';
import { drawPage, drawThreadAside, titleOf } from './draw-page.ts';
import { drawUpdate } from './draw-update.ts';
import { toMarkup } from './drawing/markup.ts';
import { drawPassage } from './drawing/message-list.ts';
import { guardPage } from './guard.ts';
import { createLive, type Live } from './live.ts';
import type { PageState } from './page-state.ts';
import { type PageText, plainPageText } from './page-text.ts';
import { drawContextOf, findPlace, type PlaceQuery } from './place.ts';
import { mountPosts } from './posts.ts';
import { createReadMarks } from './read-marks.ts';

export type PageOptions = {
  text?: PageText;
  /** Epoch milliseconds, for "today" and "3 minutes ago". */
  now?: () => number;
};

type PageQuery = PlaceQuery & { before?: string; since?: string };

/** Serves the workspace as a web page: `/`, and what belongs to it under `/page/`. */
export function mountPage(app: FastifyInstance, host: PageHost, options: PageOptions = {}): void {
  const { assets, version } = loadAssets();
  const live = createLive(host);
  const text = options.text ?? plainPageText;
  const state: PageState = {
    host,
    text,
    readMarks: createReadMarks(host.workspace),
    now: options.now ?? Date.now,
    assetVersion: version,
    eventCount: live.eventCount,
    redraw: live.redraw,
  };

  app.register((page, _options, done) => {
    guardPage(page);
    // The rest of the server may read bodies raw; the page's are JSON.
    page.removeAllContentTypeParsers();
    page.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) => {
      try {
        parsed(null, JSON.parse(String(body)));
      } catch (error) {
        parsed(error as Error);
      }
    });
    mountPosts(page, state);
    mountControlPosts(page, state);
    mountEvents(page, state, live);

    page.get<{ Querystring: PageQuery }>('/', async (request, reply) => {
      const place = findPlace(host, request.query, text.homeChannel);
      // The home tab appears when the app publishes it; a page without an app stays empty.
      if (place.isHome || place.channel?.isDirect === true) {
        host.openHome({ user: place.reader.id, tab: place.isHome ? 'home' : 'messages' }).catch(() => undefined);
      }
      return reply.type('text/html; charset=utf-8').send(drawPage(state, place));
    });

    page.get<{ Querystring: PageQuery }>('/page/thread', async (request, reply) => {
      const place = findPlace(host, request.query, text.homeChannel);
      const aside = drawThreadAside(state, place, drawContextOf(host, place.reader, state.now()));
      return reply.type('text/html; charset=utf-8').send(toMarkup(aside));
    });

    page.get<{ Querystring: PageQuery }>('/page/older', async (request, reply) => {
      const place = findPlace(host, request.query, text.homeChannel);
      if (!place.channel) return reply.code(404).send({ notice: 'no such channel' });
      const passage = readPassage(host.workspace, place.channel.id, place.reader, request.query.before);
      const context = drawContextOf(host, place.reader, state.now());
      return reply.type('text/html; charset=utf-8').send(toMarkup(drawPassage(passage, place.channel.id, titleOf(state, place.channel), context)));
    });

    page.get<{ Params: { id: string } }>('/page/files/:id', async (request, reply) => sendFile(host.workspace.file(request.params.id), reply));

    page.get<{ Params: { name: string } }>('/page/assets/:name', async (request, reply) => {
      const asset = assets.get(request.params.name);
      if (!asset) return reply.code(404).send({ notice: 'no such file' });
      return reply.header('cache-control', 'max-age=3600').type(asset.type).send(asset.body);
    });
    done();
  });
}

/** The stream of updates (Server-Sent Events) of one open page. */
function mountEvents(app: FastifyInstance, state: PageState, live: Live): void {
  const open = new Set<() => void>();
  app.get<{ Querystring: PageQuery }>('/page/events', (request, reply) => {
    const place = findPlace(state.host, request.query, state.text.homeChannel);
    const lastEventId = request.headers['last-event-id'];
    const since = Number(lastEventId ?? request.query.since ?? 0);
    reply.hijack();
    const headers = reply.getHeaders() as Record<string, string>;
    reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream', connection: 'keep-alive' });
    reply.raw.write('retry: 500\n\n');
    const stop = live.watch(
      {
        userId: place.reader.id,
        channelId: place.channel?.id ?? null,
        onChanges(changes, eventCount) {
          reply.raw.write(`id: ${eventCount}\ndata: ${JSON.stringify(drawUpdate(state, place, changes))}\n\n`);
        },
      },
      since,
    );
    const end = () => {
      stop();
      open.delete(end);
      reply.raw.end();
    };
    open.add(end);
    request.raw.on('close', end);
  });
  app.addHook('preClose', async () => {
    live.close();
    for (const end of open) end();
  });
}
