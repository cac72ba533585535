import { describe, expect, it } from 'vitest';
import { toMarkup } from '../../../../src/sandbox/page/drawing/markup.ts';
import { drawMessage, type MessagePlace } from '../../../../src/sandbox/page/drawing/message.ts';
import type { SandboxMessage } from '../../../../src/sandbox/workspace.ts';
import { bot, contextOf, dana, messageOf, textOf } from '../draw-fixture.ts';

const at = (iso: string, micros = '000100'): string => `${Date.parse(iso) / 1000}.${micros}`;
const first = messageOf({ ts: at('2026-03-04T08:00:00Z') });

function html(message: SandboxMessage, place: Partial<MessagePlace> = {}): string {
  return toMarkup(drawMessage(message, { pane: 'channel', previous: first, ...place }, contextOf()));
}

describe('messages', () => {
  it('shows who wrote, when in the reader’s zone, and that an app did', () => {
    const markup = html(messageOf({ ts: at('2026-03-04T08:20:00Z'), user: bot.id }));
    expect(textOf(markup)).toContain('Journey');
    expect(markup).toContain('<span class="badge">APP</span>');
    expect(markup).toContain('>9:20 AM</time>');
  });

  it('joins what one person writes within five minutes', () => {
    expect(html(messageOf({ ts: at('2026-03-04T08:04:00Z') }))).toContain('message--compact');
    expect(html(messageOf({ ts: at('2026-03-04T08:05:00Z') }))).not.toContain('message--compact');
    expect(html(messageOf({ ts: at('2026-03-04T08:04:00Z'), user: bot.id }))).not.toContain('message--compact');
  });

  it('draws a line before the first message of a day', () => {
    const later = messageOf({ ts: at('2026-03-04T08:01:00Z') });
    expect(html(later)).not.toContain('class="day"');
    expect(textOf(html(later, { previous: undefined }))).toMatch(/^Today/);
    expect(textOf(html(later, { previous: messageOf({ ts: at('2026-03-03T22:59:00Z') }) }))).toMatch(/^Today/);
    expect(html(later, { previous: messageOf({ ts: at('2026-03-03T23:01:00Z') }) })).not.toContain('class="day"');
  });

  it('marks what was edited and what only the reader sees', () => {
    expect(textOf(html(messageOf({ ts: at('2026-03-04T08:10:00Z'), editedTs: at('2026-03-04T08:11:00Z') })))).toContain('(edited)');
    expect(textOf(html(messageOf({ ts: at('2026-03-04T08:10:00Z'), ephemeralTo: dana.id })))).toContain('Only visible to you');
  });

  it('counts the replies of a thread and leads to it', () => {
    const thread = { replies: 2, lastTs: at('2026-03-04T09:27:00Z'), people: [bot] };
    const markup = html(first, { previous: undefined, thread });
    expect(textOf(markup)).toContain('2 repliesLast reply 3 minutes ago');
    expect(markup).toContain(`href="/?as=U1&amp;channel=C1&amp;thread=${first.ts}"`);
  });

  it('draws the text of a message without blocks, and a bar in an attachment’s colour', () => {
    expect(html(messageOf({ ts: at('2026-03-04T08:10:00Z'), text: '*Hi*' }))).toContain('<strong>Hi</strong>');
    const attached = html(
      messageOf({
        ts: at('2026-03-04T08:10:00Z'),
        attachments: [
          { color: 'good', text: 'fine' },
          { color: 'red;x:y', text: 'odd' },
        ],
      }),
    );
    expect(attached).toContain('border-left-color:#2eb67d');
    expect(attached).not.toContain('x:y');
  });
});
