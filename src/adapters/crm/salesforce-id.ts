const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * Ids of 15 characters differ by case; those of 18 end in three that say which of the 15 are capitals. Both name the same thing, so there is
 * one form here: 18. What is no id stays as it is.
 */
export function to18(id: string): string {
  if (id.length !== 15) return id;
  const capitals = [0, 5, 10].map((start) =>
    [...id.slice(start, start + 5)].reduce((bits, letter, index) => (letter >= 'A' && letter <= 'Z' ? bits + 2 ** index : bits), 0),
  );
  return id + capitals.map((bits) => letters[bits]).join('');
}

export const isSameId = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15) && a.length >= 15 && b.length >= 15;

export const idPattern = /^[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?$/;

/** Whether Salesforce would take it for an id: one wrong id in a query, and it refuses all the others with it. */
export const isId = (id: string): boolean => idPattern.test(id) && (id.length === 15 || to18(id.slice(0, 15)) === id);
