/** A text with nothing in it that `like … escape '!'` would take for a pattern. */
export const likeText = (text: string): string => text.replaceAll(/[!%_]/g, '!$&');
