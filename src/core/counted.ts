/** `1 alert`, `12 alerts`, `1,200 alerts`. */
export const counted = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
