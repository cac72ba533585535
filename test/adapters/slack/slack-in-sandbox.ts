import { onTestFinished } from 'vitest';
import { createSlack, type Slack, type SlackOptions } from '../../../src/adapters/slack/app.ts';
import type { ChannelProblem } from '../../../src/adapters/slack/channel-directory.ts';
import type { Refusal } from '../../../src/adapters/slack/listeners/admission.ts';
import { botScopes } from '../../../src/adapters/slack/scopes.ts';
import type { Clock, Logger } from '../../../src/app/ports.ts';
import type { ActResult, Acts, Answers } from '../../../src/app/use-cases.ts';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';
import type { SandboxMessage } from '../../../src/sandbox/workspace.ts';
import { accountSummary, digest, journeySummary, line, metricsSummary, reviewSummary, whySummary } from './samples.ts';

/** What the use cases were asked, and what they are to say. */
export type FakeUseCases = { calls: unknown[][]; answers: Answers; acts: Acts; results: ActResult[] };

export type Logged = { level: string; fields: Record<string, unknown>; message: string };

export type SlackTest = {
  sandbox: Sandbox;
  slack: Slack;
  useCases: FakeUseCases;
  logged: Logged[];
  problems: ChannelProblem[][];
  refusals: Refusal[];
  fatal: Error[];
  clock: Clock & { advance(ms: number): void };
  /** Types `/journey …` and waits for the answer. */
  ask(text: string, user?: string, channel?: string): Promise<SandboxMessage>;
};

export async function openWorkspace(options: SandboxOptions = {}): Promise<Sandbox> {
  // What manifest.yml asks for, and no more.
  const sandbox = await startSandbox({ page: false, scopes: Object.keys(botScopes), ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The whole adapter over a workspace of its own; not started. */
export async function slackInSandbox(given: SandboxOptions & { sandbox?: Sandbox } & Partial<SlackOptions> = {}): Promise<SlackTest> {
  const { sandbox: running, ...options } = given;
  const sandbox = running ?? (await openWorkspace(options));
  const useCases = fakeUseCases();
  const logged: Logged[] = [];
  const problems: ChannelProblem[][] = [];
  const refusals: Refusal[] = [];
  const fatal: Error[] = [];
  let offset = 0;
  const clock = {
    now: () => Date.now() + offset,
    advance(ms: number) {
      offset += ms;
    },
  };
  const slack = createSlack({
    botToken: sandbox.botToken,
    way: { mode: 'socket', appToken: sandbox.appToken },
    apiUrl: sandbox.apiUrl,
    answers: useCases.answers,
    acts: useCases.acts,
    clock,
    logger: recordingLogger(logged),
    onChannelProblems: (found) => problems.push(found),
    onRefused: (refusal) => refusals.push(refusal),
    onFatal: (error) => fatal.push(error),
    ...(options.way === undefined ? {} : { way: options.way }),
  });
  onTestFinished(() => slack.stop());

  async function ask(text: string, user = 'dana', channel = 'general'): Promise<SandboxMessage> {
    return answerTo(sandbox, (await sandbox.command({ user, channel, command: '/journey', text })).responseUrlId);
  }
  return { sandbox, slack, useCases, logged, problems, refusals, fatal, clock, ask };
}

export async function startedSlack(options: SandboxOptions & Partial<SlackOptions> = {}, channels: string[] = []): Promise<SlackTest> {
  const test = await slackInSandbox(options);
  await test.slack.start(channels);
  return test;
}

/** The ephemeral that came through a response_url, once it is there. */
export function answerTo(sandbox: Sandbox, responseUrlId: string | undefined): Promise<SandboxMessage> {
  const find = () => sandbox.workspace.ephemerals().findLast((message) => message.responseUrlId === responseUrlId);
  const there = find();
  if (there !== undefined) return Promise.resolve(there);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer came')), 4000);
    const listen = () => {
      const message = find();
      if (message === undefined) return;
      clearTimeout(timer);
      for (const off of offs) off();
      resolve(message);
    };
    const offs = [sandbox.workspace.on('ephemeral', listen), sandbox.workspace.on('update', listen)];
  });
}

export const recordingLogger = (logged: Logged[]): Logger => {
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => void logged.push({ level, fields, message });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

/** Small use cases: everything is called Acme, and every act succeeds unless `results` says otherwise. */
export function fakeUseCases(): FakeUseCases {
  const calls: unknown[][] = [];
  const results: ActResult[] = [];
  const record = (name: string, ...args: unknown[]) => void calls.push([name, ...args]);
  const acted = async (name: string, ...args: unknown[]): Promise<ActResult> => {
    record(name, ...args);
    return results.shift() ?? { kind: 'done', message: `${name} done` };
  };
  const deal = { accountName: 'Acme GmbH', accountId: 'a-1', journey: journeySummary(), committee: [], touchpoints: [] };
  const several = {
    kind: 'several' as const,
    query: 'ac',
    matches: [
      { kind: 'account' as const, id: 'a-1', name: 'Acme GmbH', detail: null },
      { kind: 'deal' as const, id: 'd-1', name: 'Acme rollout', detail: null },
    ],
  };
  const search = <Summary>(query: string, summary: Summary) => (query === 'ac' ? several : { kind: 'one' as const, summary });
  return {
    calls,
    results,
    answers: {
      async home(user) {
        record('home', user);
        return { mine: [line()], mineTotal: 1, openTotal: 3 };
      },
      async account(query) {
        record('account', query);
        if (query === 'boom') throw new Error('the store is away');
        if (query === 'nobody') return { kind: 'none', query, nearest: [] };
        return search(query, accountSummary());
      },
      async accountById(id) {
        record('accountById', id);
        return id === 'a-1' ? accountSummary() : null;
      },
      async deal(query) {
        record('deal', query);
        return search(query, deal);
      },
      async dealById(id) {
        record('dealById', id);
        return deal;
      },
      async list(which, filter, page, user) {
        record('list', which, filter, page, user);
        if (filter === 'nonsense') return { ok: false, message: 'There is no filter “nonsense”' };
        const lines = [{ ...line(), stageLabel: 'Decision', ownerEmail: null, rules: ['stalled'], alertCount: 1 }];
        return { ok: true, list: { title: 'Journeys that stand still', lines, total: 11, page, pages: 2, filter } };
      },
      async why(query) {
        record('why', query);
        return search(query, whySummary());
      },
      async whyById(match) {
        record('whyById', match);
        return whySummary();
      },
      async metrics(filter) {
        record('metrics', filter);
        if (filter === 'nowhere') return { ok: false, message: 'There is no map “nowhere”.' };
        return { ok: true, metrics: metricsSummary() };
      },
      async review() {
        record('review');
        return reviewSummary();
      },
      async digestNow(channel) {
        record('digestNow', channel);
        return { digest: digest(), scheduled: [] };
      },
    },
    acts: {
      acknowledge: (...args) => acted('acknowledge', ...args),
      snooze: (...args) => acted('snooze', ...args),
      resolve: (...args) => acted('resolve', ...args),
      vote: (...args) => acted('vote', ...args),
      acknowledgeCard: (...args) => acted('acknowledgeCard', ...args),
      mute: (...args) => acted('mute', ...args),
      unmute: (...args) => acted('unmute', ...args),
      reviewDone: (...args) => acted('reviewDone', ...args),
      async findAccount(query) {
        record('findAccount', query);
        return search(query, { kind: 'account', id: 'a-1', name: 'Acme GmbH', detail: null });
      },
    },
  };
}
