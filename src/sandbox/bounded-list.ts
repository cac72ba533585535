export type BoundedList<Item> = {
  readonly items: Item[];
  /** Returns what had to go. Drops in batches, so that a long run pays no shift an item. */
  push(item: Item): Item[];
};

export function createBoundedList<Item>(keep: number): BoundedList<Item> {
  const items: Item[] = [];
  const margin = Math.max(1, Math.ceil(keep / 4));
  return {
    items,
    push(item) {
      items.push(item);
      return items.length > keep + margin ? items.splice(0, items.length - keep) : [];
    },
  };
}
