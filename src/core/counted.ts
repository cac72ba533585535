/** `1 card`, `2 cards`, `1,204 cards`. What needs no comma needs none of the tables of languages either, which cost a process that hardly speaks five megabytes. */
export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${number < 1_000 ? number : number.toLocaleString('en')} ${number === 1 ? one : many}`;
