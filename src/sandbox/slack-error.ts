/** A refusal in Slack's words: `code` is the `error` of the answer, `detail` what it says beside it. */
export class SlackError extends Error {
  readonly code: string;
  readonly detail: Record<string, unknown>;

  constructor(code: string, detail: Record<string, unknown> = {}) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.detail = detail;
  }
}

/** What Slack says about arguments, blocks and views: one line a mistake. */
export function refusal(code: string, messages: readonly string[]): SlackError {
  const lines = messages.map((message) => `[ERROR] ${message}`);
  return new SlackError(code, { errors: [...messages], response_metadata: { messages: lines } });
}
