import type { Clock, Logger } from '../../../app/ports.ts';
import { createSeldom } from '../../../app/seldom.ts';
import { hourMs } from '../../../core/time.ts';

/**
 * What Pipedrive has given up of its API (404 or 410 where there was an answer once; v1 goes piece by piece). Everything else is read on, and what is missing is
 * said: here, in the log once an hour, and in what could not be read of an import.
 */
export type Missing = {
  note(path: string): void;
  has(path: string): boolean;
  /** `what`: in words; `why`: with what to do about it. */
  all(): { where: string; what: string; why: string }[];
};

/** What is not read without it. */
const withoutIt: Record<string, string> = {
  '/v1/notes': 'notes are not read',
  '/v1/recents': 'people, organizations and plans that were deleted stay, unless a webhook says so',
  '/v1/users': 'owners have no e-mail addresses: say under `owners` in journey.yml who they are',
  '/v1/users/me': "links to records, and the account's time zone, are not known",
  '/v1/deals/{id}/changelog': 'deals have no history: their stage counts from when Pipedrive says that it was last changed',
  '/v1/deals/{id}/participants': 'of the people on a deal only the main contact is known',
  '/v1/deals/{id}/participantsChangelog': 'since when somebody is on a deal, and who left it, is not known',
  '/v1/organizations/{id}/changelog': 'accounts have no history of their lifecycle stage',
};

export function createMissing({ clock, logger }: { clock: Clock; logger: Logger }): Missing {
  const known = new Map<string, { where: string; what: string; why: string }>();
  const seldom = createSeldom(clock, hourMs);
  return {
    note(path) {
      const what = `Pipedrive no longer has ${path} (404 or 410): ${withoutIt[path] ?? 'it is not read'}`;
      const why = `${what}; everything else is read. ${newerVersion}`;
      known.set(path, { where: path, what, why });
      const more = seldom(path);
      if (more !== null) logger.error({ path, ...more, reason: why }, 'Pipedrive has given up something that is read');
    },
    has: (path) => known.has(path),
    all: () => [...known.values()],
  };
}

export const newerVersion = 'Look for a newer version of the bot';
