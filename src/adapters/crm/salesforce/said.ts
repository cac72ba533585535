import { hash } from 'node:crypto';
import type { Signal } from '../../../core/journey/signal.ts';

type WithoutId<Said> = Said extends Signal ? Omit<Said, 'id' | 'source'> : never;

/** Ids are digests of what is said: what the same objects say by webhook, stream and import is one fact. */
export function said<Said extends WithoutId<Signal>>(body: Said, objectId: string): Said & { id: string; source: 'salesforce' } {
  const digest = hash('sha256', JSON.stringify(body), 'base64url').slice(0, 16);
  return { ...body, source: 'salesforce', id: `salesforce:${body.type.split('.', 1)[0]}:${objectId}:${body.occurredAt}:${digest}` };
}

/** Without the fields that say nothing. */
export function present<Fields extends object>(fields: { [Name in keyof Fields]: Fields[Name] | undefined }): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
