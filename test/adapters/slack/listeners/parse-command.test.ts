import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenise, unescapeCommand } from '../../../../src/adapters/slack/listeners/command-text.ts';
import { parseCommand } from '../../../../src/adapters/slack/listeners/parse-command.ts';
import { hostileUnit } from '../hostile-text.ts';

describe('parseCommand', () => {
  it.each([
    ['', { do: 'home' }],
    ['  ', { do: 'home' }],
    ['help', { do: 'help' }],
    ['account Acme GmbH', { do: 'account', query: 'Acme GmbH' }],
    ['ACCOUNT “Acme GmbH”', { do: 'account', query: 'Acme GmbH' }],
    ["why O'Brien & Sons", { do: 'why', query: "O'Brien & Sons" }],
    ['deal', { do: 'incomplete', usage: '/journey deal NAME' }],
    ['stalled owner:@me stage:"Proof of value"', { do: 'list', which: 'stalled', filter: 'owner:@me stage:"Proof of value"' }],
    ['gaps', { do: 'list', which: 'gaps', filter: '' }],
    ['digest now', { do: 'digest' }],
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

  it('names the nearest command, and takes anything else for a name', () => {
    expect(parseCommand('stalld')).toEqual({ do: 'unknown', word: 'stalld', suggestion: '/journey stalled' });
    expect(parseCommand('acount acme')).toMatchObject({ suggestion: '/journey account' });
    expect(parseCommand('zyxel networks')).toMatchObject({ suggestion: '/journey account zyxel networks' });
  });

  it('never fails and never grows', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: hostileUnit }),
          fc.string().map((text) => `mute ${text}`),
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
