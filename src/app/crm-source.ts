import type { Signal, Source } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import type { InboxEntry, InboxRow } from './ports.ts';

/** A webhook as it came in. Header names are lower case; `path` brings its query along, unchanged. */
export type WebhookRequest = { method: string; path: string; headers: Record<string, string | undefined>; body: Buffer };

/** `signals`: how many are in one entry, for the answer of a source whose senders count these. */
export type Verdict = { ok: true; entries: InboxEntry[]; signals?: number } | { ok: false; status: 400 | 401; message: string };

/** One CRM. `verify` is synchronous and fast: signature on the raw bytes, then what the answer's code needs; nothing else. */
export type CrmSource = {
  source: Source;
  path: string;
  /** Media types it takes, lower case; `application/json` where it does not say. */
  contentTypes?: readonly string[];
  /** What to answer with 200 when all is durable; a JSON count where it does not say. */
  answer?: { contentType: string; body: string };
  /** Takes nothing over HTTP: a stream fills its inbox. */
  closed?: boolean;
  verify(request: WebhookRequest, now: EpochMs): Verdict;
  /** Bodies to signals, asking the CRM's API where a webhook is only a hint. One outcome for each row, in their order. Does not throw for bad bodies. */
  parse(rows: InboxRow[], now: EpochMs): Promise<Parsed[]>;
};

export type Parsed = { kind: 'signals'; signals: Signal[] } | { kind: 'dead'; error: string } | { kind: 'later'; retryAt: EpochMs; error: string };
