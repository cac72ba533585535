import type { CrmHistory, HistoryPage } from '../../../app/crm.ts';
import { CrmAwayError, CrmRefusedError } from '../../../app/errors.ts';
import { keepAnswers } from '../../../app/keep-answers.ts';
import type { Clock } from '../../../app/ports.ts';
import { readCatalogue } from './catalogue.ts';
import { createDirectory } from './directory.ts';
import { deletionSignal } from './event-signals.ts';
import { cursorOf, type Place, placeOf, type Step, stepsSince } from './history-steps.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { HubspotError } from './hubspot-error.ts';
import type { HubspotLists } from './hubspot-lists.ts';
import { ownId } from './object-kinds.ts';
import { probeHubspot } from './probe.ts';
import { createReadStep, isOptional } from './read-step.ts';

export type HubspotHistoryDeps = { api: HubspotApi & HubspotLists; clock: Clock };

/**
 * HubSpot's own memory: the same signals, with the same ids, that webhooks bring. Nothing is kept between two pages but the cursor, and pages are
 * some 100 objects, so that a kill costs no more than one.
 */
export function createHubspotHistory({ api, clock }: HubspotHistoryDeps): CrmHistory {
  const kept = keepAnswers(api, clock);
  const readStep = createReadStep({ api: kept.api, directory: createDirectory(kept.api, clock), clock });

  async function* pages({ since, cursor }: Parameters<CrmHistory['pages']>[0], stopping: AbortSignal): AsyncGenerator<HistoryPage> {
    let at: Place | null = cursor === null ? null : placeOf(cursor);
    at ??= { step: 0, after: null, at: clock.now(), done: 0, total: since === null ? await total(clock.now()) : null };
    const steps = stepsSince(since, at.at);
    for (;;) {
      const step: Step | undefined = steps[at.step];
      if (step === undefined || stopping.aborted) return;
      const { signals, rows, refused, after } = await readStep(step, at.after, since);
      const done: number = at.done + rows;
      // What was deleted is not counted before it is read.
      const all: number | null = at.total === null ? null : Math.max(at.total, done);
      at = { ...at, done, total: all, after, step: after === null ? at.step + 1 : at.step };
      kept.forget();
      yield { signals, rows, refused, total: all, cursor: at.step < steps.length ? cursorOf(at) : null };
    }
  }

  /** How many objects an import of everything is going to read. */
  async function total(now: number): Promise<number> {
    let sum = 0;
    for (const step of stepsSince(null, now)) {
      if (step.read === 'gone') continue;
      try {
        sum += await kept.api.countObjects(step.kind, step.read === 'all' ? [] : step.groups);
      } catch (error) {
        if (!isOptional(step.kind, error)) throw error;
      }
    }
    return sum;
  }

  return {
    source: 'hubspot',
    async *pages(from, stopping) {
      try {
        yield* pages(from, stopping);
      } catch (error) {
        // What was under way when the bot stops is read again by whoever goes on.
        if (error instanceof HubspotError && stopping.aborted) return;
        throw inWordsOfTheApp(error);
      }
    },
    async gonePeople(ids, at) {
      try {
        const missing = await api.missingObjects('contacts', ids.map(ownId));
        return missing.map((id) => deletionSignal('contacts', id, at));
      } catch (error) {
        throw inWordsOfTheApp(error);
      }
    },
    async catalogue() {
      try {
        return await readCatalogue(api);
      } catch (error) {
        throw inWordsOfTheApp(error);
      }
    },
    probe: () => probeHubspot(api),
  };
}

function inWordsOfTheApp(error: unknown): unknown {
  if (!(error instanceof HubspotError)) return error;
  const { message, failure } = error;
  return failure.kind === 'later'
    ? new CrmAwayError(message, failure.retryAt, { cause: error })
    : new CrmRefusedError(`${message}: see docs/crm/hubspot.md`, { cause: error });
}
