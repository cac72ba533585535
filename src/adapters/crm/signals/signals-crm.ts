import type { Crm } from '../../../app/crm.ts';
import { createSignalsSource } from './signals-source.ts';

type SignalsEnvironment = { SIGNALS_SECRET?: string | undefined; SIGNALS_TOKEN?: string | undefined };

/** The generic endpoint: it only listens. Null where neither secret nor token is set. */
export function signalsCrm({ SIGNALS_SECRET: secret, SIGNALS_TOKEN: token }: SignalsEnvironment): Crm | null {
  if (secret === undefined && token === undefined) return null;
  const webhooks = createSignalsSource({ ...(secret === undefined ? {} : { secret }), ...(token === undefined ? {} : { token }) });
  return { source: 'signals', webhooks, history: null, stream: null };
}
