import { z } from 'zod';
import type { CrmHistory } from '../../../app/crm.ts';
import { keepAnswers } from '../../../app/keep-answers.ts';
import type { Clock } from '../../../app/ports.ts';
import { minuteMs } from '../../../core/time.ts';
import { parseJson } from '../parse-json.ts';
import { readCatalogue } from './catalogue.ts';
import type { Directory } from './directory.ts';
import { createPhases, type Phase, type PhasePage } from './history-phases.ts';
import type { Missing } from './missing.ts';
import type { PipedriveApi } from './pipedrive-api.ts';
import { probe } from './probe.ts';

const whole = ['organizations', 'persons', 'deals', 'archived-deals', 'deleted-deals', 'activities', 'notes'] as const;
const changed = ['stages', ...whole, 'gone'] as const;

/** Where a reading stands: a phase, and Pipedrive's own cursor in it. */
const position = z.object({ phase: z.enum(changed), cursor: z.string().nullable() });
type Position = z.output<typeof position>;

type PipedriveHistoryDeps = { api: PipedriveApi; directory: Directory; missing: Pick<Missing, 'all'>; clock: Clock };

/** Pipedrive's lists may lag behind its changes. */
const overlapMs = 5 * minuteMs;

/**
 * Pipedrive's own memory. Every page is a new question with the cursor of the one before, and says the same signals as the webhooks about the same
 * objects: a reading that was broken off goes on, and one that is done twice says nothing new.
 */
export function createPipedriveHistory({ api, directory, missing, clock }: PipedriveHistoryDeps): CrmHistory {
  const kept = keepAnswers(api, clock);
  const phases = createPhases({ api: kept.api, directory, now: () => clock.now() });
  return {
    source: 'pipedrive',
    async *pages({ since, cursor }, stopping) {
      const order: readonly (keyof typeof phases)[] = since === null ? whole : changed;
      const updatedSince = since === null ? null : Math.max(0, since - overlapMs);
      let at: Position | null = readCursor(cursor) ?? { phase: order[0] ?? 'deals', cursor: null };
      const told = new Set<string>();
      while (at !== null && !stopping.aborted) {
        const phase: Phase = phases[at.phase];
        const { next, ...page }: PhasePage = await phase.read({ updatedSince, cursor: at.cursor, limit: phase.limit });
        const following: (typeof order)[number] | undefined = order[order.indexOf(at.phase) + 1];
        at = next !== null ? { phase: at.phase, cursor: next } : following === undefined ? null : { phase: following, cursor: null };
        kept.forget();
        const lacking = missing.all().flatMap(({ where, why }) => (told.has(where) ? [] : { where, why }));
        for (const { where } of lacking) told.add(where);
        yield { ...page, refused: [...page.refused, ...lacking], total: null, cursor: at === null ? null : JSON.stringify(at) };
      }
    },
    catalogue: () => readCatalogue(api),
    probe: () => probe(api, missing),
  };
}

/** Null: not one of ours; better to read everything again than to leave something out. */
function readCursor(text: string | null): Position | null {
  const read = position.safeParse(parseJson(text ?? ''));
  return read.success ? read.data : null;
}
