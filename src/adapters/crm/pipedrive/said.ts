import { hash } from 'node:crypto';
import type { Signal } from '../../../core/journey/signal.ts';

type WithoutId<Kind> = Kind extends Signal ? Omit<Kind, 'id'> : never;

/** A signal whose id is a digest of what it says: the same state says the same once, whoever tells of it. */
export function said(about: string, body: WithoutId<Signal>): Signal {
  const digest = hash('sha256', JSON.stringify(body), 'base64url').slice(0, 16);
  return { ...body, id: `pipedrive:${about}:${body.occurredAt}:${digest}` } as Signal;
}
