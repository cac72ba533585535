import type { EpochMs } from '../../../core/time.ts';

/** Says what becomes of the webhooks that needed the answer: looked at again later, or put aside because trying again is useless. */
export type HubspotFailure = { kind: 'later'; retryAt: EpochMs } | { kind: 'dead' };

export class HubspotError extends Error {
  override readonly name = 'HubspotError';
  readonly failure: HubspotFailure;
  constructor(message: string, failure: HubspotFailure, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
