import type { AppLink } from '../app-link.ts';
import type { ResponseUrls } from '../response-urls.ts';
import type { SlackError } from '../slack-error.ts';
import type { State } from '../state.ts';
import type { Triggers } from '../triggers.ts';
import type { SandboxChannel, SandboxUser } from '../workspace.ts';

export type InteractionContext = {
  readonly state: State;
  readonly link: AppLink;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  /** Domains whose links the app wants to hear of. */
  readonly unfurlDomains: readonly string[];
};

export function mustUser({ state }: InteractionContext, idOrName: string): SandboxUser {
  const user = state.directory.user(idOrName);
  if (!user) throw new Error(`the sandbox has no user ${idOrName}`);
  return user;
}

export function mustChannel({ state }: InteractionContext, idOrName: string): SandboxChannel {
  const channel = state.directory.channel(idOrName);
  if (!channel) throw new Error(`the sandbox has no channel ${idOrName}`);
  return channel;
}

/** One line about what Slack refused in an app's answer. */
export function describeRefusal(error: SlackError): string {
  const { errors } = error.detail;
  return Array.isArray(errors) && errors.length > 0 ? `${error.code}: ${errors.join('; ')}` : error.code;
}

export async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}
