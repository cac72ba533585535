import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessages, lowerBound } from '../../src/sandbox/messages.ts';
import { parseTs } from '../../src/sandbox/timestamps.ts';

type Step = { kind: 'post' | 'reply' | 'broadcast' | 'edit' | 'remove'; pick: number; at: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('post', 'reply', 'broadcast', 'edit', 'remove'),
  pick: fc.nat(50),
  at: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }),
});

describe('messages', () => {
  it('agree with a plain list, whatever happens and however the clock runs', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = 0;
        const messages = createMessages({ now: () => now, keep: 1000 });
        let plain: { ts: string; text: string; threadTs?: string; isBroadcast?: boolean }[] = [];
        for (const [index, { kind, pick, at }] of steps.entries()) {
          now = at;
          const some = plain[pick % Math.max(1, plain.length)];
          const base = { channel: 'C', user: 'U', text: `t${index}` };
          if (kind === 'post') plain.push(messages.add(base));
          else if (!some) continue;
          else if (kind === 'reply') plain.push(messages.add({ ...base, threadTs: some.ts }));
          else if (kind === 'broadcast') plain.push(messages.add({ ...base, threadTs: some.ts, isBroadcast: true }));
          else if (kind === 'remove') {
            messages.remove('C', some.ts);
            plain = plain.filter((each) => each.ts !== some.ts);
          } else {
            const edited = { ...base, ...some, text: `e${index}` };
            messages.replace(edited);
            plain = plain.map((each) => (each.ts === some.ts ? edited : each));
          }
        }
        expect(messages.all('C')).toEqual(plain);
        expect(messages.topLevel('C')).toEqual(plain.filter((each) => each.threadTs === undefined || each.isBroadcast));
        for (const { ts } of plain) {
          expect(messages.replies('C', ts)).toEqual(plain.filter((each) => each.threadTs === ts));
          expect(messages.get('C', ts)).toEqual(plain.find((each) => each.ts === ts));
        }
        const stamps = plain.map(({ ts }) => parseTs(ts));
        expect(stamps).toEqual([...new Set(stamps)].toSorted((a, b) => a - b));
      }),
      { numRuns: 150 },
    );
  });

  it('finds the first message that is not before a time', () => {
    const messages = createMessages({ now: () => 1_700_000_000_000, keep: 10 });
    const [first, second] = [1, 2].map(() => messages.add({ channel: 'C', user: 'U', text: '' }));
    const list = messages.all('C');
    expect(lowerBound(list, parseTs(first?.ts ?? ''))).toBe(0);
    expect(lowerBound(list, parseTs(second?.ts ?? ''))).toBe(1);
    expect(lowerBound(list, parseTs(second?.ts ?? '') + 1)).toBe(2);
  });

  it('keeps no more than it is told, and no replies of what it forgot', () => {
    const messages = createMessages({ now: () => 1_700_000_000_000, keep: 100 });
    const parent = messages.add({ channel: 'C', user: 'U', text: 'parent' });
    messages.add({ channel: 'C', user: 'U', text: 'reply', threadTs: parent.ts });
    for (let index = 0; index < 1000; index += 1) messages.add({ channel: 'C', user: 'U', text: `m${index}` });
    expect(messages.all('C').length).toBeLessThanOrEqual(125);
    expect(messages.topLevel('C')).toEqual(messages.all('C'));
    expect(messages.get('C', parent.ts)).toBeUndefined();
    expect(messages.replies('C', parent.ts)).toEqual([]);
  });
});
