import { z } from 'zod';
import { refusal } from '../slack-error.ts';
import type { State } from '../state.ts';
import type { Triggers } from '../triggers.ts';
import { describeArguments } from './arguments.ts';

export type CallContext = {
  readonly state: State;
  readonly triggers: Triggers;
  readonly scopes: ReadonlySet<string>;
  /** Domains whose links the app may draw. */
  readonly unfurlDomains: readonly string[];
  /** Throws `missing_scope`. */
  need(scope: string): void;
  /** The URL that the app's next socket connects to. */
  socketUrl(): string;
  readonly url: string;
};

export type Answer = Record<string, unknown>;

export type Method = {
  readonly name: string;
  /** The kind of token it takes. */
  readonly token: 'bot' | 'app';
  /** Throws SlackError. What it returns becomes `{ ok: true, … }`. */
  run(args: Record<string, unknown>, context: CallContext): Answer;
};

/** One Web API method: its arguments as a schema, the scope it always needs, and what it does. */
export function defineMethod<Shape extends z.ZodRawShape>(method: {
  name: string;
  token?: 'bot' | 'app';
  scope?: string;
  args: Shape;
  run(args: z.output<z.ZodObject<Shape>>, context: CallContext): Answer;
}): Method {
  const schema = z.object(method.args);
  return {
    name: method.name,
    token: method.token ?? 'bot',
    run(args, context) {
      if (method.scope !== undefined) context.need(method.scope);
      const parsed = schema.safeParse(args, { reportInput: true });
      if (!parsed.success) throw refusal('invalid_arguments', describeArguments(parsed.error));
      return method.run(parsed.data, context);
    },
  };
}
