import type { Clock } from '../../../app/ports.ts';
import { createKnownIds } from '../known-ids.ts';
import { fieldFor } from './custom-fields.ts';
import type { Field, PipedriveStage } from './pipedrive-answers.ts';
import type { PipedriveApi } from './pipedrive-api.ts';

/** What objects refer to: stages, users, the team's own fields, and the address of their pages. */
export type Directory = {
  /**
   * Reads what is not known yet, or no longer fresh; asks again for ids that are not known, but not more often than once a minute.
   * @throws CrmAwayError, CrmRefusedError
   */
  prepare(wanted: { stages: Iterable<string>; owners: Iterable<string> }): Promise<Known>;
  /** Stages or fields were changed: they are read anew. */
  forget(): void;
};

export type Known = {
  stage(id: string): PipedriveStage | undefined;
  /** Null for a user without one; undefined where Pipedrive knows no such user. */
  ownerEmail(id: string): string | null | undefined;
  fields: Record<'role' | 'title' | 'website' | 'segment' | 'lifecycle' | 'renewal', Field | null>;
  /** `https://acme.pipedrive.com`. */
  site: string;
};

const optionTypes = ['enum', 'set', 'varchar', 'varchar_auto'];

export function createDirectory(api: PipedriveApi, clock: Clock): Directory {
  const stages = createKnownIds(async () => new Map((await api.stages()).map((stage) => [stage.id, stage])), clock);
  const owners = createKnownIds(async () => new Map((await api.users()).map(({ id, email }) => [id, email || null])), clock);
  const rest = createKnownIds(async () => new Map([['all', await readRest(api)]]), clock);
  return {
    async prepare(wanted) {
      const [stageOf, ownerOf, restOf] = await Promise.all([stages.prepare(wanted.stages), owners.prepare(wanted.owners), rest.prepare(['all'])]);
      const found = restOf.get('all');
      if (found === undefined) throw new TypeError('the cache lost what it has just read');
      return { stage: (id) => stageOf.get(id), ownerEmail: (id) => ownerOf.get(id), ...found };
    },
    forget() {
      stages.forget();
      rest.forget();
    },
  };
}

async function readRest(api: PipedriveApi): Promise<Pick<Known, 'fields' | 'site'>> {
  const [me, persons, organizations] = await Promise.all([api.me(), api.fields('personFields'), api.fields('organizationFields')]);
  return {
    site: `https://${me?.companyDomain ?? 'app'}.pipedrive.com`,
    fields: {
      role: fieldFor(persons, 'role', optionTypes),
      title: fieldFor(persons, 'title'),
      website: fieldFor(organizations, 'website'),
      segment: fieldFor(organizations, 'segment', optionTypes),
      lifecycle: fieldFor(organizations, 'lifecycle', optionTypes),
      renewal: fieldFor(organizations, 'renewal', ['date']),
    },
  };
}
