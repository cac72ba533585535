import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { Fragment, createElement as h, type ReactNode } from 'react';
import type { DrawContext } from './draw-context.ts';
import { emojiCharacter } from './emoji.ts';
import { type Inline, type Passage, parseMrkdwn, parsePlain } from './mrkdwn.ts';
import { formatSlackDate } from './slack-date.ts';

export function drawText(text: PlainTextElement | MrkdwnElement, context: DrawContext): ReactNode {
  return text.type === 'mrkdwn' ? drawMrkdwn(text.text, context) : drawPlain(text.text);
}

export function drawMrkdwn(text: string, context: DrawContext): ReactNode {
  return h('div', { className: 'text' }, ...parseMrkdwn(text).map((passage) => drawPassage(passage, context)));
}

export function drawPlain(text: string): ReactNode {
  return h(Fragment, null, ...parsePlain(text).map((inline) => (inline.type === 'emoji' ? drawEmoji(inline.name) : 'text' in inline && inline.text)));
}

/** For places that hold no elements: titles, aria-labels, options of a menu. */
export function plainString(text: string): string {
  return parsePlain(text)
    .map((inline) => (inline.type === 'emoji' ? (emojiCharacter(inline.name) ?? `:${inline.name}:`) : 'text' in inline ? inline.text : ''))
    .join('');
}

export function drawUserMention(id: string, context: DrawContext): ReactNode {
  const mine = id === context.reader.id ? ' mention--me' : '';
  return h('span', { className: `mention${mine}` }, `@${context.user(id)?.realName ?? id}`);
}

export function drawChannelMention(id: string, label: string, context: DrawContext): ReactNode {
  const channel = context.channel(id);
  if (!channel) return h('span', { className: 'mention' }, `#${label || id}`);
  return h('a', { className: 'mention', href: `/?${new URLSearchParams({ as: context.reader.id, channel: id })}` }, `#${channel.name}`);
}

/** Only addresses of the web and of mail are followed; everything else is shown as text. */
export function drawLink(url: string, label: ReactNode): ReactNode {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return h(Fragment, null, label);
  return h('a', { className: 'link', href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
}

export function drawDate(date: { seconds: number; format: string; url: string; fallback: string }, context: DrawContext): ReactNode {
  const { tz } = context.reader;
  const text = formatSlackDate(date.seconds, date.format, { tz, now: context.now }) || date.fallback;
  const title = formatSlackDate(date.seconds, '{date_long} at {time}', { tz, now: context.now });
  const time = h('time', { dateTime: new Date(date.seconds * 1000).toISOString(), title }, text);
  return date.url ? drawLink(date.url, time) : time;
}

export function drawEmoji(name: string): ReactNode {
  const character = emojiCharacter(name);
  return character === null ? `:${name}:` : h('span', { className: 'emoji', role: 'img', 'aria-label': name.replaceAll('_', ' ') }, character);
}

function drawPassage(passage: Passage, context: DrawContext): ReactNode {
  if (passage.type === 'code') return h('pre', { className: 'code-block' }, passage.text);
  const children = passage.children.map((inline) => drawInline(inline, context));
  return passage.type === 'quote' ? h('blockquote', { className: 'quote' }, ...children) : h('p', null, ...children);
}

function drawInline(inline: Inline, context: DrawContext): ReactNode {
  switch (inline.type) {
    case 'text':
      return inline.text;
    case 'bold':
      return h('strong', null, ...drawInlines(inline.children, context));
    case 'italic':
      return h('em', null, ...drawInlines(inline.children, context));
    case 'strike':
      return h('s', null, ...drawInlines(inline.children, context));
    case 'code':
      return h('code', { className: 'code' }, inline.text);
    case 'emoji':
      return drawEmoji(inline.name);
    case 'link':
      return drawLink(inline.url, inline.label);
    case 'user':
      return drawUserMention(inline.id, context);
    case 'channel':
      return drawChannelMention(inline.id, inline.label, context);
    case 'group':
      return h('span', { className: 'mention' }, inline.label);
    case 'broadcast':
      return h('span', { className: 'mention mention--me' }, `@${inline.range}`);
    case 'date':
      return drawDate(inline, context);
  }
}

function drawInlines(inlines: Inline[], context: DrawContext): ReactNode[] {
  return inlines.map((inline) => drawInline(inline, context));
}
