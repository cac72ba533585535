import { App, SocketModeReceiver } from '@slack/bolt';
import { ErrorCode, type Logger, LogLevel, WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start.ts';

/** A workspace that ends with the test. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ page: false, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Slack's own client, which sends each call once. */
export function clientOf(sandbox: Sandbox, options: { token?: string; timeout?: number } = {}): WebClient {
  return new WebClient(options.token ?? sandbox.botToken, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
    timeout: options.timeout ?? 0,
  });
}

/** A Bolt app in Socket Mode that stops with the test. */
export async function connectApp(sandbox: Sandbox, register: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } };
  // The client waits this long before it reconnects.
  const receiver = new SocketModeReceiver({
    appToken: sandbox.appToken,
    clientPingTimeout: 3000,
    logger: silent,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: sandbox.botToken, receiver, convoStore: false, logger: silent, clientOptions });
  register(app);
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  return app;
}

/** The error code that Slack answered; undefined when it did what it was asked. */
export async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  return (await answerOf(call)).error as string | undefined;
}

/** The whole answer of a refused call. */
export async function answerOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    return (await call) as Record<string, unknown>;
  } catch (error) {
    const known = error as { code?: string; data?: Record<string, unknown> };
    if (known.code === ErrorCode.PlatformError && known.data) return known.data;
    throw error;
  }
}

const nothing = (): void => {};
export const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
