import { randomUUID } from 'node:crypto';
import type { Content } from './content.ts';
import { maxPostText, readContent } from './content.ts';
import { SlackError } from './slack-error.ts';
import type { State } from './state.ts';
import { team } from './team.ts';
import type { SandboxMessage } from './workspace.ts';

/** Slack's bounds of a response_url. */
const maxUses = 5;
const lifeMs = 30 * 60_000;

type Origin = {
  kind: 'commands' | 'actions';
  user: string;
  channel: string;
  /** The message that was clicked: it can be replaced and deleted. */
  message?: SandboxMessage;
};

type ResponseUrl = Origin & { id: string; secret: string; uses: number; issuedAt: number };

export type ResponseUrls = {
  issue(origin: Origin): { id: string; url: string };
  /** What was posted to the URL. Throws SlackError. */
  use(id: string, secret: string, answer: Record<string, unknown>): void;
  /** An acknowledgement may carry a message, too, and uses nothing up. Throws SlackError. */
  answer(id: string, answer: Record<string, unknown>): SandboxMessage | undefined;
};

export function createResponseUrls({ state, baseUrl }: { state: State; baseUrl: () => string }): ResponseUrls {
  const known = new Map<string, ResponseUrl>();

  const reply = (url: ResponseUrl, answer: Record<string, unknown>): SandboxMessage | undefined => {
    const original = url.message && current(url.message, state);
    if (answer.delete_original === true) {
      if (original) state.remove(original);
      return undefined;
    }
    const content = contentOf(answer, state);
    if (answer.replace_original === true && original) return replace(original, content, state);
    const threadTs = typeof answer.thread_ts === 'string' ? { threadTs: answer.thread_ts } : {};
    const draft = { channel: url.channel, user: state.directory.bot.id, responseUrlId: url.id, ...threadTs, ...content };
    if (answer.response_type === 'in_channel') return state.post(draft);
    return state.postEphemeral({ ...draft, ephemeralTo: url.user });
  };

  return {
    issue(origin) {
      const url = { ...origin, id: state.ids.next('R'), secret: randomUUID(), uses: 0, issuedAt: state.now() };
      known.set(url.id, url);
      for (const oldest of known.size > 5000 ? [...known.keys()].slice(0, 2500) : []) known.delete(oldest);
      return { id: url.id, url: `${baseUrl()}/${url.kind}/${team.id}/${url.id}/${url.secret}` };
    },
    use(id, secret, answer) {
      const url = known.get(id);
      if (!url || url.secret !== secret) throw new SlackError('no_service');
      if (state.now() - url.issuedAt > lifeMs) throw new SlackError('expired_url');
      if (url.uses >= maxUses) throw new SlackError('used_url');
      url.uses += 1;
      reply(url, answer);
    },
    answer(id, answer) {
      const url = known.get(id);
      return url && reply(url, answer);
    },
  };
}

function contentOf(answer: Record<string, unknown>, state: State): Content {
  const { text, blocks, attachments } = answer;
  return readContent(
    { text: typeof text === 'string' ? text : undefined, blocks, attachments },
    // Not known to be refused here, unlike in chat.postMessage.
    { maxText: maxPostText, uniqueBlockIds: false, newId: () => state.ids.next('b'), isPicture: state.files.isPicture },
  );
}

function current(message: SandboxMessage, state: State): SandboxMessage | undefined {
  const { channel, ts } = message;
  return message.ephemeralTo === undefined ? state.history.get(channel, ts) : state.ephemerals.get(channel, ts);
}

function replace(original: SandboxMessage, content: Content, state: State): SandboxMessage {
  const { blocks: _blocks, attachments: _attachments, ...kept } = original;
  const changed = { ...kept, ...content, editedTs: state.history.stamp(original.channel) };
  state.change(changed);
  return changed;
}
