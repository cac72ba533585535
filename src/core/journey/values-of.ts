import type { EpochMs } from '../time.ts';
import { closeDatesOf } from './close-dates.ts';
import { isAlive, type JourneyRecord, type StageEvent } from './record.ts';
import { firstOfEachInstant } from './union.ts';

/**
 * What a record says, without when it was said: two records of the same values are the same to people. Touchpoints are left out, they are
 * facts of their own. Of its stages those since `since` count, and the one it was in then: what lies before that is not compared.
 */
export function valuesOf(record: JourneyRecord, since: EpochMs): string {
  return JSON.stringify([isAlive(record), record.erasedAt !== null, record.merges.map(({ from }) => from), ...ownValues(record, since)]);
}

function ownValues(record: JourneyRecord, since: EpochMs): unknown[] {
  switch (record.kind) {
    case 'account': {
      const { name, domain, segment, ownerEmail, renewalDate, url, stages, metrics, milestones } = record;
      const measured = Object.entries(metrics).map(([metric, [newest]]) => [metric, newest?.value]);
      return [...plain([name, domain, segment, ownerEmail, renewalDate, url]), pathSince(stages, since), measured, Object.keys(milestones)];
    }
    case 'deal': {
      const { accountId, name, pipeline, amount, currency, ownerEmail, status, url, nextStep, stages } = record;
      return [
        ...plain([accountId, name, pipeline, amount, currency, ownerEmail, status, url, nextStep, closeDatesOf(record)[0]]),
        pathSince(stages, since),
      ];
    }
    case 'person': {
      const { accountId, dealIds, name, title, email, url, roles, assigned } = record;
      return [...plain([accountId, dealIds, name, title, email, url, roles]), Object.keys(assigned)];
    }
  }
}

/** A field that was emptied and one that was never spoken of look the same. */
const plain = (registers: ({ value: unknown } | undefined)[]): unknown[] => registers.map((register) => register?.value ?? null);

/** The stages a record went through: saying the same one again is no step. */
function pathSince(events: readonly StageEvent[], since: EpochMs): string[] {
  let path: string[] = [];
  for (const { at, stage } of firstOfEachInstant(events).reverse()) {
    if (at < since) path = [stage];
    else if (path.at(-1) !== stage) path.push(stage);
  }
  return path;
}
