import type { EpochMs } from '../../../core/time.ts';

/**
 * Says what becomes of whoever needed the answer: `later`, HubSpot is away or wants to be left alone; `refused`, somebody has to change something in
 * HubSpot first (a webhook waits for that, an import ends); `dead`, trying again is useless.
 */
export type HubspotFailure = { kind: 'later'; retryAt: EpochMs } | { kind: 'refused'; what: 'token' | 'scope'; retryAt: EpochMs } | { kind: 'dead' };

export class HubspotError extends Error {
  override readonly name = 'HubspotError';
  readonly failure: HubspotFailure;
  constructor(message: string, failure: HubspotFailure, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
