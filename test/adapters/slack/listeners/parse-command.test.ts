import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenise, unescapeCommand } from '../../../../src/adapters/slack/listeners/command-text.ts';
import { parseCommand } from '../../../../src/adapters/slack/listeners/parse-command.ts';
import { hostileUnit } from '../hostile-text.ts';

describe('parseCommand', () => {
  it.each([
    ['', { do: 'home' }],
    ['  ', { do: 'home' }],
    ['help', { do: 'help', about: null }],
    ['help Metrics', { do: 'help', about: 'metrics' }],
    ['help me', { do: 'help', about: null }],
    ['path Acme rollout', { do: 'path', query: 'Acme rollout' }],
    ['silent sort:age', { do: 'list', which: 'silent', filter: 'sort:age', page: 1 }],
    ['subscribe owner:@me', { do: 'subscribe', filter: 'owner:@me' }],
    ['account Acme GmbH', { do: 'account', query: 'Acme GmbH' }],
    ['ACCOUNT “Acme GmbH”', { do: 'account', query: 'Acme GmbH' }],
    ["why O'Brien & Sons", { do: 'why', query: "O'Brien & Sons" }],
    ['deal', { do: 'incomplete', word: 'deal', problem: 'A name is missing.' }],
    ['mute', { do: 'incomplete', word: 'mute', problem: 'A name is missing.' }],
    ['stalled owner:@me stage:"Proof of value"', { do: 'list', which: 'stalled', filter: 'owner:@me stage:"Proof of value"', page: 1 }],
    ['gaps', { do: 'list', which: 'gaps', filter: '', page: 1 }],
    ['stalled page:2', { do: 'list', which: 'stalled', filter: '', page: 2 }],
    ['stalled Page:12 owner:@me', { do: 'list', which: 'stalled', filter: 'owner:@me', page: 12 }],
    ['stalled page:0 page:two', { do: 'list', which: 'stalled', filter: 'page:0 page:two', page: 1 }],
    ['digest now', { do: 'digest', filter: '' }],
    ['digest NOW segment:enterprise', { do: 'digest', filter: 'segment:enterprise' }],
    ['digest stage:“Proof of value”', { do: 'digest', filter: 'stage:"Proof of value"' }],
    ['review', { do: 'review', done: false }],
    ['Review DONE', { do: 'review', done: true }],
    ['review done tomorrow', { do: 'review', done: false }],
    ['metrics', { do: 'metrics', filter: '' }],
    ['Metrics new-business segment:enterprise', { do: 'metrics', filter: 'new-business segment:enterprise' }],
    ['unmute acme', { do: 'unmute', query: 'acme' }],
  ])('%s', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each([
    ['mute "Acme GmbH" 5bd on holiday', 'Acme GmbH', '5bd', 'on holiday'],
    ['mute „Acme GmbH“ 5bd', 'Acme GmbH', '5bd', 'no reason given'],
    ['mute Acme GmbH 5bd on holiday', 'Acme GmbH', '5bd', 'on holiday'],
    ['mute "Acme GmbH" on holiday', 'Acme GmbH', null, 'on holiday'],
    ['mute Acme GmbH', 'Acme GmbH', null, 'no reason given'],
    ['mute 3d printing 2bd', '3d printing', '2bd', 'no reason given'],
    ['mute "4h club" 3d "waits for legal"', '4h club', '3d', 'waits for legal'],
  ])('%s', (text, query, duration, reason) => {
    expect(parseCommand(text)).toEqual({ do: 'mute', query, duration, reason });
  });

  it.each([
    ['mute "Acme GmbH" 2w holiday', '2w'],
    ['mute "Acme GmbH" -5bd', '-5bd'],
    ['mute "Acme GmbH" 1.5d', '1.5d'],
    ['mute "Acme GmbH" 5 days off', '5 days'],
    ['mute "Acme GmbH" 5', '5'],
    ['mute "Acme GmbH" for 5bd', 'for 5bd'],
    ['mute "Acme GmbH" until Monday', 'until Monday'],
    ['mute Acme 2w', '2w'],
    ['mute Acme GmbH 5 bd', '5 bd'],
    ['mute Acme GmbH 5 Days holiday', '5 Days'],
    ['mute Acme until Monday', 'until Monday'],
  ])('mutes nobody for good because of a time that is none: %s', (text, time) => {
    const problem = `I do not understand “${time}” as a time. Say 5bd (working days), 3d or 4h.`;
    expect(parseCommand(text)).toEqual({ do: 'incomplete', word: 'mute', problem });
  });

  it.each([
    ['mute Studio 54', 'Studio 54', null, 'no reason given'],
    ['mute Center for Art', 'Center for Art', null, 'no reason given'],
    ['mute 3 Days Ltd', '3 Days Ltd', null, 'no reason given'],
    ['mute "Acme GmbH" "2 weeks of holiday"', 'Acme GmbH', null, '2 weeks of holiday'],
    ['mute "Acme GmbH" 5bd until 2 weeks from now', 'Acme GmbH', '5bd', 'until 2 weeks from now'],
  ])('takes a number in a name or in quotation marks for no time: %s', (text, query, duration, reason) => {
    expect(parseCommand(text)).toEqual({ do: 'mute', query, duration, reason });
  });

  it.each([
    ['note acme "Budget is gone"', 'acme', { text: 'Budget is gone' }],
    [
      'note Acme rollout mood:-1 with:priya type:call “They have a new owner”',
      'Acme rollout',
      { text: 'They have a new owner', mood: -1, with: 'priya', type: 'call' },
    ],
    ['note "Made in Italy" out "Sent the offer"', 'Made in Italy', { text: 'Sent the offer', direction: 'outbound' }],
    ['note Made in Italy in "Asked for a price"', 'Made in Italy', { text: 'Asked for a price', direction: 'inbound' }],
    ['note acme mood:−2', 'acme', { text: '', mood: -2 }],
    ['note acme "Went well" mood:+2 in', 'acme', { text: 'Went well', mood: 2, direction: 'inbound' }],
    ['note acme with:"Priya Nair" "Called"', 'acme', { text: 'Called', with: 'Priya Nair' }],
  ])('%s', (text, query, note) => {
    expect(parseCommand(text)).toEqual({ do: 'note', query, note: { mood: null, direction: null, with: null, type: null, ...note } });
  });

  it.each([
    ['note', 'needs a name'],
    ['note acme', 'needs a name'],
    ['note acme budget is gone', 'quotation marks'],
    ['note acme mood:3 "x"', '-2, -1, 0, +1 or +2'],
    ['note acme mood:bad "x"', '“bad” is no mood'],
    [`note acme "${'x'.repeat(301)}"`, 'at most 300 characters, this one has 301'],
  ])('%s says what is missing', (text, problem) => {
    expect(parseCommand(text)).toMatchObject({ do: 'incomplete', word: 'note', problem: expect.stringContaining(problem) });
  });

  it('names the commands that begin so, else the nearest, and takes anything else for a name', () => {
    expect(parseCommand('acc')).toEqual({ do: 'unknown', word: 'acc', suggestions: ['/journey account'] });
    expect(parseCommand('s')).toMatchObject({ suggestions: ['/journey stalled', '/journey silent', '/journey subscribe'] });
    expect(parseCommand('stalld')).toEqual({ do: 'unknown', word: 'stalld', suggestions: ['/journey stalled'] });
    expect(parseCommand('acount acme')).toMatchObject({ suggestions: ['/journey account'] });
    expect(parseCommand('zyxel networks')).toMatchObject({ suggestions: ['/journey account zyxel networks'] });
  });

  it('never fails and never grows', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: hostileUnit }),
          fc.string().map((text) => `mute ${text}`),
          fc.string({ unit: hostileUnit }).map((text) => `note ${text} "${text}"`),
        ),
        (text) => {
          expect(JSON.stringify(parseCommand(text)).length).toBeLessThan(3000);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('what Slack escapes', () => {
  const emailOf = async (id: string) => (id === 'U1' ? 'dana@us.example' : null);

  it.each([
    ['stalled owner:<@U1|dana>', 'stalled owner:dana@us.example'],
    ['stalled owner:<@U2|marco>', 'stalled owner:marco'],
    ['account <http://acme.example|acme.example>', 'account acme.example'],
    ['stalled owner:<mailto:dana@us.example|dana@us.example>', 'stalled owner:dana@us.example'],
    ['why <#C1|general> A &amp; B &lt;x&gt; &amp;lt;', 'why #general A & B <x> &lt;'],
  ])('%s', async (text, expected) => {
    expect(await unescapeCommand(text, emailOf)).toBe(expected);
  });

  it('keeps apostrophes and inner quotation marks in one word', () => {
    expect(tokenise(`O’Brien «La Poste» 5"`)).toEqual([
      { text: 'O’Brien', quoted: false },
      { text: 'La Poste', quoted: true },
      { text: '5"', quoted: false },
    ]);
  });
});
