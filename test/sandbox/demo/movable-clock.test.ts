import { describe, expect, it } from 'vitest';
import { createMovableClock, skipTo } from '../../../src/sandbox/demo/movable-clock.ts';

const at = (text: string): number => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;

describe('a clock that can be moved', () => {
  it('goes with the machine’s from wherever it was set to', async () => {
    let real = 1000;
    const clock = createMovableClock(() => real);
    await clock.jump(5000);
    real += 10;
    expect(clock.now()).toBe(5010);
  });

  it('tells of a jump when what happened meanwhile is through', async () => {
    const clock = createMovableClock(() => 1000);
    const said: string[] = [];
    clock.onJump(() => said.push('jumped'));
    const stop = clock.onJump(() => said.push('never'));
    stop();
    await clock.jump(3000, async (from, to) => {
      await Promise.resolve();
      said.push(`${from} to ${to}, at ${clock.now()}`);
    });
    expect(said).toEqual(['1000 to 3000, at 3000', 'jumped']);
  });

  it('is never set back', async () => {
    const clock = createMovableClock(() => 1000);
    let told = 0;
    clock.onJump(() => {
      told += 1;
    });
    await clock.jump(500);
    expect([clock.now(), told]).toEqual([1000, 0]);
  });

  it('finds the next Monday at nine, in the company’s zone, whatever the day', () => {
    expect(skipTo('monday', at('2026-11-20T14:31'))).toBe(at('2026-11-23T09:00'));
    expect(skipTo('monday', at('2026-11-23T08:59'))).toBe(at('2026-11-23T09:00'));
    expect(skipTo('monday', at('2026-11-23T09:00'))).toBe(at('2026-11-30T09:00'));
    // Over the end of summer time.
    expect(skipTo('day', at('2026-10-24T12:00'))).toBe(at('2026-10-25T12:00'));
    expect(skipTo('hour', at('2026-11-20T14:31'))).toBe(at('2026-11-20T15:31'));
  });
});
