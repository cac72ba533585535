/** The store cannot do it now; trying again later may work. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}

/** Somebody else has committed first: reload and decide again. */
export class ConflictError extends StoreError {
  override readonly name = 'ConflictError';
}

export type DeliveryFailure =
  /** Try again, not before `retryAfterMs`. */
  | { kind: 'retry'; retryAfterMs: number | null }
  /** It may or may not have arrived: look it up before sending again. */
  | { kind: 'ambiguous' }
  /** This channel will not take it: archived, unknown, not a member. */
  | { kind: 'channel'; code: string }
  /** The message that was to be edited is gone. */
  | { kind: 'message-gone' }
  /** Slack refuses the content: trying again is useless. */
  | { kind: 'content'; code: string };

/** Says what the caller may do about a message that Slack did not take. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly failure: DeliveryFailure;
  constructor(message: string, failure: DeliveryFailure, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** A CRM does not answer now, or wants to be left alone: go on at `retryAt`. */
export class CrmAwayError extends Error {
  override readonly name = 'CrmAwayError';
  /** Epoch milliseconds. */
  readonly retryAt: number;
  constructor(message: string, retryAt: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAt = retryAt;
  }
}

/** A CRM will not answer until somebody changes something: the message says what. */
export class CrmRefusedError extends Error {
  override readonly name = 'CrmRefusedError';
}

/** What a signal says has no room in its record: it is refused, and told as a dead letter. */
export class FullRecordError extends Error {
  override readonly name = 'FullRecordError';
}

/** What to say of something that was thrown, which need not be an error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
