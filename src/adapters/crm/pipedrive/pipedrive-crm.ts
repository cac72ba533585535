import type { Crm, CrmSurroundings } from '../../../app/crm.ts';
import { createDirectory } from './directory.ts';
import { connectPipedrive } from './pipedrive-api.ts';
import { createPipedriveHistory } from './pipedrive-history.ts';
import { createPipedriveSource } from './pipedrive-source.ts';

type PipedriveEnvironment = Partial<
  Record<'PIPEDRIVE_WEBHOOK_USER' | 'PIPEDRIVE_WEBHOOK_PASSWORD' | 'PIPEDRIVE_API_TOKEN' | 'PIPEDRIVE_API_URL', string | undefined>
>;

/** Pipedrive, listened to, asked, or both. Null where the environment allows neither. */
export function pipedriveCrm(environment: PipedriveEnvironment, { clock, logger, onIgnored, stopping }: CrmSurroundings): Crm | null {
  const { PIPEDRIVE_WEBHOOK_USER: user, PIPEDRIVE_WEBHOOK_PASSWORD: password } = environment;
  const { PIPEDRIVE_API_TOKEN: apiToken, PIPEDRIVE_API_URL: baseUrl } = environment;
  const at = baseUrl === undefined ? {} : { baseUrl };
  const connection = apiToken === undefined ? null : connectPipedrive({ apiToken, clock, logger, stopping, ...at });
  const lookUp = connection === null ? null : { api: connection.soon, directory: createDirectory(connection.soon, clock) };
  const ignored = (kind: string): void => onIgnored('pipedrive', kind);
  // Either alone will do: without the password Pipedrive is only asked, now and then; without the token only listened to.
  const webhooks =
    user === undefined || password === undefined ? null : createPipedriveSource({ user, password, lookUp, clock, logger, onIgnored: ignored });
  const history =
    connection === null || lookUp === null
      ? null
      : createPipedriveHistory({ api: connection.patiently, directory: lookUp.directory, missing: connection.missing, clock });
  return webhooks === null && history === null ? null : { source: 'pipedrive', webhooks, history, stream: null };
}
