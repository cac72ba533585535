/** What can be typed to filter. `amounts`: whoever reads it may see them, and so may filter and sort by them; `sorted`: for lists, which come in an order, too. */
export const filterHint = (amounts: boolean, sorted: 'sorted' | 'unsorted'): string =>
  forEyes(`owner:@me segment:… stage:… map:… rule:… severity:… amount:>50000${sorted === 'sorted' ? ' sort:amount or sort:age' : ''}`, amounts);

/** A text of ours that names filters, without those that its reader is refused. */
export const forEyes = (text: string, amounts: boolean): string =>
  amounts ? text : text.replaceAll(/(?:^|\s)(?:amount:\S+|sort:amount)(?: or)?/g, '').trim();
