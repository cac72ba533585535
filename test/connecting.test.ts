import { afterEach, expect, it, vi } from 'vitest';
import { SlackStartError } from '../src/adapters/slack/workspace-identity.ts';
import { createConnecting } from '../src/connecting.ts';

afterEach(() => vi.useRealTimers());

/** `answers`: what Slack says to each attempt in turn; null: come in. */
function connecting(answers: (Error | null)[]) {
  vi.useFakeTimers();
  const ending = new AbortController();
  const logged: string[] = [];
  const fatal: Error[] = [];
  let asked = 0;
  const { connect } = createConnecting({
    async start() {
      const answer = answers[asked++] ?? null;
      if (answer !== null) throw answer;
    },
    stopping: ending.signal,
    logger: { debug() {}, info() {}, warn() {}, error: (fields) => void logged.push(String((fields as { error: string }).error)) },
    onFatal: (error) => fatal.push(error),
  });
  return { connect, ending, logged, fatal, asked: () => asked };
}

const away = (why: string) => new SlackStartError(why, { unreachable: true });

it('asks again while Slack is away, and says so once a reason', async () => {
  const slack = connecting([away('refused'), away('refused'), away('too slow'), null]);
  await slack.connect();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slack.asked()).toBe(4);
  expect(slack.logged).toEqual(['refused', 'too slow']);
  expect(slack.fatal).toEqual([]);
});

it('ends where Slack says no: at the start, and later', async () => {
  const no = new SlackStartError('invalid_auth', { unreachable: false });
  await expect(connecting([no]).connect()).rejects.toBe(no);
  const later = connecting([away('refused'), no]);
  await later.connect();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(later.fatal).toEqual([no]);
});

it('asks no more once the bot stops', async () => {
  const slack = connecting([away('refused'), null]);
  await slack.connect();
  slack.ending.abort();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slack.asked()).toBe(1);
});
