import Fastify, { type FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { mountPage, type PageOptions } from '../../../src/sandbox/page/mount-page.ts';
import { plainPageText } from '../../../src/sandbox/page/page-text.ts';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';

type Injected = Awaited<ReturnType<FastifyInstance['inject']>>;

export type OpenPage = {
  sandbox: Sandbox;
  get(path: string): Promise<Injected>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Injected>;
  /** As the bot would. */
  botPosts(message: { channel: string; text: string; thread_ts?: string; blocks?: unknown[] }): Promise<string>;
  id(name: string): string;
};

/** A workspace and its page; ended with the test. */
export async function openPage(options: SandboxOptions = {}, page: PageOptions = {}): Promise<OpenPage> {
  const sandbox = await startSandbox({ ...options, page: false });
  const app = Fastify();
  mountPage(app, sandbox, { text: { ...plainPageText, workspaceName: 'Northwind' }, ...page });
  onTestFinished(async () => {
    await app.close();
    await sandbox.close();
  });
  const host = '127.0.0.1:4000';
  const id = (name: string): string => sandbox.workspace.users().find((user) => user.name === name)?.id ?? sandbox.workspace.channel(name)?.id ?? '';
  return {
    sandbox,
    id,
    get: (path) => app.inject({ method: 'GET', url: path, headers: { host } }),
    post: (path, body, headers = {}) =>
      app.inject({
        method: 'POST',
        url: path,
        headers: { host, origin: `http://${host}`, 'content-type': 'application/json', ...headers },
        payload: JSON.stringify(body),
      }),
    async botPosts(message) {
      const response = await fetch(`${sandbox.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox.botToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(message),
      });
      const answer = (await response.json()) as { ok: boolean; ts: string; error?: string };
      if (!answer.ok) throw new Error(answer.error);
      return answer.ts;
    },
  };
}
