import { durationInWords } from '../duration.ts';
import type { Notify } from '../journey/journey-map.ts';
import type { EpochMs } from '../time.ts';
import type { Alert, Escalation } from './alert.ts';
import { type EscalateSetting, nextStepAt } from './escalate.ts';

/**
 * What follows while nobody takes an alert, for `/journey why`. `waits`: for its card to be posted, or to be released; `by`: who stopped it. Of a step: `at`: when it was said, or is due;
 * `passed-over`: it came due while nobody looked, and a newer one was said.
 */
export type ChainLine = {
  headline: string;
  state: 'goes-on' | 'waits' | 'stopped' | 'done';
  by: string | null;
  steps: ChainStep[];
};
export type ChainStep = {
  wait: string;
  channel: string;
  notify: Notify[];
  emails: string[];
  state: 'said' | 'passed-over' | 'next' | 'later';
  at: EpochMs | null;
  /** Where it was said instead: its channel takes no messages. */
  saidIn?: string;
};

/** Null: it has no chain, or is over. */
export function chainLine(alert: Alert, setting: EscalateSetting): ChainLine | null {
  const { escalation: chain } = alert;
  if (chain === undefined || alert.state === 'resolved') return null;
  const nextAt = nextStepAt(alert, setting);
  const stopped = chain.stopped !== null || alert.state !== 'open' || alert.snooze !== null;
  return {
    headline: alert.finding.headline,
    state: chain.next >= chain.steps.length ? 'done' : stopped ? 'stopped' : nextAt === null ? 'waits' : 'goes-on',
    by: chain.stopped?.by ?? alert.acknowledged?.by ?? alert.snooze?.by ?? null,
    steps: chain.steps.map((_, index) => stepOf(chain, index, nextAt, setting)),
  };
}

function stepOf(chain: Escalation, index: number, nextAt: EpochMs | null, { emailsOf }: EscalateSetting): ChainStep {
  const step = chain.steps[index];
  const told = chain.told.find((candidate) => candidate.step === index);
  const notify = step?.notify ?? [];
  const isNext = index === chain.next;
  return {
    wait: step === undefined ? '' : durationInWords(step.after),
    channel: step?.channel ?? chain.channel,
    notify,
    emails: told?.emails ?? emailsOf(notify),
    state: told !== undefined ? 'said' : index < chain.next ? 'passed-over' : isNext ? 'next' : 'later',
    at: told?.at ?? (isNext ? nextAt : null),
    ...(told?.saidIn === undefined ? {} : { saidIn: told.saidIn }),
  };
}
