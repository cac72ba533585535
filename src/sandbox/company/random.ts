/** Repeatable chance: the same seed gives the same company on every machine. */
export type Random = {
  /** [0, 1) */
  next(): number;
  /** Both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<Item>(items: readonly Item[]): Item;
  shuffled<Item>(items: readonly Item[]): Item[];
};

/** mulberry32: 32 bits of state are plenty for a few thousand draws. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    shuffled(items) {
      const drawn = [...items];
      for (let last = drawn.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [drawn[last], drawn[other]] = [drawn[other] as (typeof drawn)[number], drawn[last] as (typeof drawn)[number]];
      }
      return drawn;
    },
  };
}
