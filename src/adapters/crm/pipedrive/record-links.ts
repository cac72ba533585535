import type { RecordLink } from '../../../app/crm.ts';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { recordId } from './pipedrive-objects.ts';

const host = /^([a-z0-9][a-z0-9-]*)\.pipedrive\.com$/;
const path = /^\/(deal|organization|person)\/(\d{1,20})(?:\/|$)/;
const kinds: Record<string, RecordKind> = { deal: 'deal', organization: 'account', person: 'person' };

/** The record that a page of Pipedrive shows. Ids are those of one company; `app.pipedrive.com` is whoever opens it. */
export function pipedriveLink({ hostname, pathname }: URL): RecordLink | null {
  const company = host.exec(hostname)?.[1];
  const [, word = '', id] = path.exec(pathname) ?? [];
  const kind = kinds[word];
  if (company === undefined || kind === undefined || id === undefined) return null;
  return { kind, id: recordId(id), place: company === 'app' ? null : company };
}
