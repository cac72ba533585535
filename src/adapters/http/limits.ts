/** How much the door lets in. Milliseconds, bytes, counts. */
export type HttpLimits = {
  bodyBytes: number;
  /** Verified requests a source may send in the long run, and at once. */
  requestsPerSecond: number;
  burst: number;
  /** Requests that wait to be made durable at one time. */
  underWay: number;
  /** Accepted bodies that wait to be processed: with more, a CRM had better come back later than wait for hours in our queue. */
  backlog: number;
  /** A client that dawdles over its headers, or its whole request, is cut off: slow requests must not use up the sockets. */
  headersMs: number;
  requestMs: number;
  keepAliveMs: number;
  /** A stop gives requests under way this long, then closes their sockets. The whole program has 10 s. */
  closeMs: number;
};

export const defaultLimits: HttpLimits = {
  bodyBytes: 1_048_576,
  requestsPerSecond: 5_000,
  burst: 50_000,
  underWay: 2_000,
  backlog: 100_000,
  headersMs: 10_000,
  requestMs: 15_000,
  // Longer than the 60 s that proxies keep theirs: the side that waits longer never meets a socket closed under its request.
  keepAliveMs: 65_000,
  closeMs: 8_000,
};
