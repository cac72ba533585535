import { describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../src/adapters/store/group-commit.ts';

describe('group commit', () => {
  const setUp = () => {
    const groups: number[][] = [];
    const group = createGroupCommit(async (calls: number[]) => {
      groups.push(calls);
      if (calls.includes(13)) throw new Error('thirteen');
      return calls.map((call) => call * 2);
    });
    return { group, groups };
  };

  it('hands over together what comes in one turn of the event loop, and answers each', async () => {
    const { group, groups } = setUp();
    expect(await Promise.all([group.add(1), group.add(2), Promise.resolve().then(() => group.add(3))])).toEqual([2, 4, 6]);
    expect(await group.add(4)).toBe(8);
    expect(groups).toEqual([[1, 2, 3], [4]]);
  });

  it('tries each alone when they fail together, and refuses only the one at fault', async () => {
    const { group, groups } = setUp();
    const [one, two, three] = await Promise.allSettled([group.add(1), group.add(13), group.add(3)]);
    expect([one, three]).toEqual([
      { status: 'fulfilled', value: 2 },
      { status: 'fulfilled', value: 6 },
    ]);
    expect(two).toMatchObject({ status: 'rejected', reason: { message: 'thirteen' } });
    expect(groups).toEqual([[1, 13, 3], [1], [13], [3]]);
  });

  it('is idle when everything added is answered', async () => {
    const { group, groups } = setUp();
    const waiting = group.add(1);
    await group.idle();
    expect(groups).toEqual([[1]]);
    expect(await waiting).toBe(2);
    await group.idle();
    expect(groups).toEqual([[1]]);
  });
});
