import type { Crm } from '../app/crm.ts';
import type { Logger } from '../app/ports.ts';
import { crmsOf } from '../crms.ts';
import type { Environment } from '../environment.ts';

const silent = (): void => undefined;
/** For commands that say themselves what happens. */
export const quietLogger: Logger = { debug: silent, info: silent, warn: silent, error: silent };

/** The CRMs of an environment, for a command that only asks them something. */
export const openCrms = (environment: Environment): Promise<Crm[]> =>
  crmsOf(environment, { clock: { now: Date.now }, logger: quietLogger, onIgnored: silent, stopping: new AbortController().signal });
