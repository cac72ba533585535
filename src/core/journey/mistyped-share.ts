/**
 * How much of what was typed is wrong, if the beginning of one of the name's words was meant: the fewest letters to be put in, left out, replaced or
 * swapped with their neighbour, as a share of what was typed. 0: nothing; 1 and more: it is another name. Both are folded.
 */
export function mistypedShare(typed: string, name: string): number {
  let fewest = typed.length;
  for (const { index } of name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)) {
    // A beginning that is twice as long as what was typed is further from it than nothing at all.
    fewest = Math.min(fewest, mistakes(typed, name.slice(index, index + 2 * typed.length)));
  }
  return typed.length === 0 ? 1 : fewest / typed.length;
}

/** The optimal string alignment distance to whichever beginning of `text` is closest. */
function mistakes(typed: string, text: string): number {
  let before: number[] = [];
  let last = Array.from({ length: text.length + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row++) {
    const here = [row];
    for (let column = 1; column <= text.length; column++) {
      const replaced = at(last, column - 1) + (typed[row - 1] === text[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && typed[row - 1] === text[column - 2] && typed[row - 2] === text[column - 1];
      const swapped = isSwap ? at(before, column - 2) + 1 : replaced;
      here.push(Math.min(at(last, column) + 1, at(here, column - 1) + 1, replaced, swapped));
    }
    before = last;
    last = here;
  }
  return Math.min(...last);
}

const at = (row: number[], column: number): number => row[column] ?? 0;
