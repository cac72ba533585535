import type { KnownBlock } from '@slack/types';
import { onTestFinished } from 'vitest';
import { createSlack, type Slack, type SlackOptions } from '../../../src/adapters/slack/app.ts';
import type { ChannelProblem } from '../../../src/adapters/slack/channel-directory.ts';
import type { Refusal } from '../../../src/adapters/slack/listeners/admission.ts';
import type { Clock, Logger } from '../../../src/app/ports.ts';
import type { ActResult, Acts, Answers, Homes, Links, MessagePlaces, Notes, Records, Subscriptions } from '../../../src/app/use-cases.ts';
import { openAccess } from '../../../src/core/access.ts';
import type { EpochMs } from '../../../src/core/time.ts';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';
import type { SandboxMessage } from '../../../src/sandbox/workspace.ts';
import { fakeSubscriptions, pathSummary } from './command-samples.ts';
import { homeSummary } from './home-samples.ts';
import { pictureMemory } from './pictures/picture-memory.ts';
import {
  accountPeople,
  accountSummary,
  alertSubject,
  digest,
  digestDetails,
  journeySummary,
  line,
  metricsSummary,
  reviewSummary,
  whySummary,
} from './samples.ts';

/** What the use cases were asked, and what they are to say. */
export type FakeUseCases = {
  calls: unknown[][];
  answers: Answers;
  acts: Acts;
  records: Records;
  notes: Notes;
  subscriptions: Subscriptions;
  homes: Homes;
  links: Links;
  places: MessagePlaces;
  results: ActResult[];
};

export type Logged = { level: string; fields: Record<string, unknown>; message: string };

export type SlackTest = {
  sandbox: Sandbox;
  slack: Slack;
  useCases: FakeUseCases;
  logged: Logged[];
  problems: ChannelProblem[][];
  joined: [channel: string, channelId: string][];
  refusals: Refusal[];
  limited: (EpochMs | null)[];
  fatal: Error[];
  clock: Clock & { advance(ms: number): void };
  /** Types `/journey …` and waits for the answer. */
  ask(text: string, user?: string, channel?: string): Promise<SandboxMessage>;
};

export async function openWorkspace(options: SandboxOptions = {}): Promise<Sandbox> {
  // What manifest.yml asks for, and no more.
  const sandbox = await startSandbox({ page: false, ...options });
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
  const joined: [channel: string, channelId: string][] = [];
  const refusals: Refusal[] = [];
  const limited: (EpochMs | null)[] = [];
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
    answers: { ...useCases.answers, ...options.answers },
    acts: useCases.acts,
    records: useCases.records,
    notes: useCases.notes,
    subscriptions: useCases.subscriptions,
    homes: useCases.homes,
    links: useCases.links,
    places: useCases.places,
    pictures: options.pictures ?? pictureMemory(),
    access: () => openAccess,
    clock,
    logger: recordingLogger(logged),
    onChannelProblems: (found) => found.length > 0 && problems.push(found),
    onJoined: async (...where) => void joined.push(where),
    onRefused: (refusal) => refusals.push(refusal),
    onRateLimited: (minute) => limited.push(minute),
    onFatal: (error) => fatal.push(error),
    ...(options.way === undefined ? {} : { way: options.way }),
    ...(options.access === undefined ? {} : { access: options.access }),
  });
  onTestFinished(() => slack.stop());

  async function ask(text: string, user = 'dana', channel = 'general'): Promise<SandboxMessage> {
    return answerTo(sandbox, (await sandbox.command({ user, channel, command: '/journey', text })).responseUrlId);
  }
  return { sandbox, slack, useCases, logged, problems, joined, refusals, limited, fatal, clock, ask };
}

export async function startedSlack(options: SandboxOptions & Partial<SlackOptions> = {}, channels: string[] = []): Promise<SlackTest> {
  const test = await slackInSandbox(options);
  await test.slack.start(channels);
  return test;
}

/** The first ephemeral that came through a response_url, once it is there: the picture of an answer may follow it. */
export function answerTo(sandbox: Sandbox, responseUrlId: string | undefined): Promise<SandboxMessage> {
  const find = () => sandbox.workspace.ephemerals().find((message) => message.responseUrlId === responseUrlId);
  const there = find();
  if (there !== undefined) return Promise.resolve(there);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer came')), 10_000);
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

/** Slack's own id of a block, which tells equal buttons apart. */
export const blockIdAt = ({ blocks }: SandboxMessage, index: number): string => String(((blocks ?? []) as KnownBlock[])[index]?.block_id);

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
        if (filter === 'denied') return { ok: false, message: 'You may not see amounts, say `sort:age`.', denied: true };
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
      async path(query) {
        record('path', query);
        return search(query, pathSummary());
      },
      async pathById(match) {
        record('pathById', match);
        return pathSummary();
      },
      async subscriptionsOf(userId) {
        record('answers.subscriptionsOf', userId);
        return [];
      },
      async digestNow(channel, filter, user) {
        record('digestNow', channel, filter, user);
        if (filter === 'nonsense') return { ok: false, message: 'I do not understand “nonsense”.' };
        return { ok: true, digest: digest(), details: digestDetails(), scheduled: [] };
      },
    },
    acts: {
      acknowledge: (...args) => acted('acknowledge', ...args),
      assign: (...args) => acted('assign', ...args),
      snooze: (...args) => acted('snooze', ...args),
      resolve: (...args) => acted('resolve', ...args),
      vote: (...args) => acted('vote', ...args),
      acknowledgeCard: (...args) => acted('acknowledgeCard', ...args),
      mute: (...args) => acted('mute', ...args),
      unmute: (...args) => acted('unmute', ...args),
      reviewDone: (...args) => acted('reviewDone', ...args),
      async findAccount(query) {
        record('findAccount', query);
        if (query === 'rollout')
          return {
            kind: 'deals',
            query,
            isNamed: true,
            deals: [{ deal: { kind: 'deal', id: 'd-1', name: 'Acme rollout', detail: null }, account: { id: 'a-1', name: 'Acme GmbH' } }],
          };
        return search(query, { kind: 'account', id: 'a-1', name: 'Acme GmbH', detail: null });
      },
      async subjectOf(alertId) {
        record('subjectOf', alertId);
        return alertId === 'al-1' ? alertSubject() : null;
      },
    },
    notes: {
      async note(query, note, by) {
        record('note', query, note, by);
        return search(query, { kind: 'done' as const, message: 'note done' });
      },
      noteOn: (...args) => acted('noteOn', ...args),
    },
    subscriptions: fakeSubscriptions(record),
    homes: {
      async summary(asker, pages) {
        record('home.summary', asker, pages);
        return homeSummary({ email: asker.email });
      },
    },
    places: {
      async placeOf(message) {
        record('placeOf', message);
        return null;
      },
    },
    links: {
      async summary(url) {
        record('links.summary', url);
        return url.includes('unknown') ? null : accountSummary();
      },
      async noteShown(at, shown) {
        record('links.noteShown', at, [...shown.keys()]);
      },
    },
    records: {
      logTouchpoint: (...args) => acted('logTouchpoint', ...args),
      setRole: (...args) => acted('setRole', ...args),
      async findAccountOptions(query) {
        record('findAccountOptions', query);
        return [{ kind: 'account', id: 'a-1', name: 'Acme GmbH', detail: null }];
      },
      async peopleOfAccount(accountId) {
        record('peopleOfAccount', accountId);
        return accountId === 'a-1' ? accountPeople() : null;
      },
      async around(ref) {
        record('around', ref);
        return accountPeople();
      },
      async takenIn() {
        record('takenIn');
      },
    },
  };
}
