import { expect, it } from 'vitest';
import { noticeView } from '../../../../src/adapters/slack/views/notice.ts';

const notice = (title: string, line: string, ids: string[]) => noticeView({ kind: 'notice', severity: 'info', title, lines: [line], ids });

it('names people and channels where their ids stand', () => {
  const { text, blocks } = notice('I cannot post in C0DEALS', 'It was subscribed to by U02DANA, who left, for C0DEALS & others.', [
    'U02DANA',
    'C0DEALS',
  ]);
  expect(text).toBe('I cannot post in <#C0DEALS>: It was subscribed to by <@U02DANA>, who left, for <#C0DEALS> &amp; others.');
  expect(JSON.stringify(blocks)).toContain('*I cannot post in <#C0DEALS>*');
});

it('leaves names of channels, other ids and what people wrote as text', () => {
  const { text } = notice('I cannot post in #deals', 'Of <@U02DANA>, U02DANAX and U0OTHER.', ['#deals', 'U02DANA']);
  expect(text).toBe('I cannot post in #deals: Of &lt;@<@U02DANA>&gt;, U02DANAX and U0OTHER.');
});
