import type { Crm } from '../../../app/crm.ts';
import { createSignalsSource } from './signals-source.ts';

type SignalsEnvironment = { SIGNALS_SECRET?: string[] | undefined; SIGNALS_TOKEN?: string[] | undefined };

/** The generic endpoint: it only listens. Null where neither secret nor token is set. */
export function signalsCrm({ SIGNALS_SECRET: secrets = [], SIGNALS_TOKEN: tokens = [] }: SignalsEnvironment): Crm | null {
  if (secrets.length === 0 && tokens.length === 0) return null;
  return { source: 'signals', webhooks: createSignalsSource({ secrets, tokens }), history: null, stream: null };
}
