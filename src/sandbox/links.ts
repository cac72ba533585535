import { createHash } from 'node:crypto';
import { unescapeText } from './slack-escapes.ts';

export type SharedLink = { url: string; domain: string };

/** The web addresses of a message's text, as Slack tells them to an app: without their label, unescaped, each once. */
export function linksOf(text: string): SharedLink[] {
  const found = [...text.matchAll(/<(https?:\/\/[^<>|\s]+)(?:\|[^<>]*)?>|(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"*_~])/g)];
  const urls = new Set(found.map(([, wrapped, bare]) => unescapeText(wrapped ?? bare ?? '')));
  return [...urls].flatMap((url) => (URL.canParse(url) ? [{ url, domain: new URL(url).hostname }] : []));
}

/** A domain stands for what is under it, too. */
export function isOfDomain({ domain }: SharedLink, domains: readonly string[]): boolean {
  return domains.some((each) => domain === each || domain.endsWith(`.${each}`));
}

/** Names a message to chat.unfurl; no table is needed to read it back. */
export function unfurlIdOf(channel: string, ts: string): string {
  const seal = createHash('sha256').update(`${channel} ${ts}`).digest('hex');
  return `${channel}.${ts}.${seal}`;
}

export function readUnfurlId(id: string): { channel: string; ts: string } | undefined {
  const [, channel = '', ts = ''] = /^(\w+)\.(\d+\.\d+)\.[0-9a-f]{64}$/.exec(id) ?? [];
  return unfurlIdOf(channel, ts) === id ? { channel, ts } : undefined;
}
