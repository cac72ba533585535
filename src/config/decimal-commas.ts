import { type Document, isMap, isScalar, type Pair, Scalar, visit } from 'yaml';

/**
 * Within `{ }` a comma ends an entry: `{ after: 1,5d }` is an `after` of 1 and a key `5d` without a value. Nobody means that, so it becomes the one text that
 * was written, which is refused as one. Returns where the keys stood that were none.
 */
export function joinDecimalCommas(document: Document.Parsed, text: string): ReadonlySet<number> {
  const taken = new Set<number>();
  visit(document, {
    Map(_, map) {
      if (map.flow !== true) return;
      for (let index = 1; index < map.items.length; index += 1) {
        const rest = map.items[index];
        const pair = map.items[index - 1];
        const joined = pair === undefined || rest === undefined ? null : joinedOf(pair, rest, text);
        if (pair === undefined || joined === null) continue;
        pair.value = joined.value;
        map.items.splice(index, 1);
        taken.add(joined.key);
      }
    },
  });
  return taken;
}

/** Whole digits, a comma with nothing around it, and a key that begins with digits and has no value. */
function joinedOf(pair: Pair, rest: Pair, text: string): { value: Scalar; key: number } | null {
  const { key, value } = { key: rest.key, value: pair.value };
  if (!isScalar(value) || !isScalar(key) || !value.range || !key.range || isMap(rest.value)) return null;
  if (rest.value !== null && !(isScalar(rest.value) && rest.value.value === null && !rest.value.source)) return null;
  const written = text.slice(value.range[0], key.range[1]);
  if (!/^\d+,\d+\s*[a-z]*$/i.test(written)) return null;
  const whole = new Scalar(written);
  whole.range = [value.range[0], key.range[1], key.range[2]];
  return { value: whole, key: key.range[0] };
}
