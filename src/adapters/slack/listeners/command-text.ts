/** What a person typed behind `/journey`, read back out of the form in which Slack sends it. */

export type Token = { text: string; quoted: boolean };

/**
 * Undoes Slack's escaping (`should_escape`): `<@U1|dana>` becomes what `emailOf` says of it, channels and links their labels, entities
 * their characters.
 */
export async function unescapeCommand(text: string, emailOf: (userId: string) => Promise<string | null>): Promise<string> {
  const found = [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|([^>]*))?>/g)];
  const emails = new Map(
    await Promise.all(found.slice(0, 5).map(async ([whole, id = '', name = '']) => [whole, (await emailOf(id)) ?? name] as const)),
  );
  return text
    .replace(/<@[UW][A-Z0-9]+(?:\|[^>]*)?>/g, (mention) => emails.get(mention) ?? '')
    .replace(/<#[CG][A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replace(/<(?:https?:\/\/|mailto:)[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(?:mailto:)?((?:https?:\/\/)?[^|>!@#]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

const tokenPattern = /(?:([A-Za-z]+):)?(?:"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»)|(\S+)/gu;

/** Words; what stands in quotation marks, straight or curly, is one. `stage:"Proof of value"` is a filter whose value has spaces. */
export function tokenise(text: string): Token[] {
  return [...text.matchAll(tokenPattern)].map(([whole, name, ...quotes]) => {
    const bare = quotes.at(4);
    if (bare !== undefined) return { text: bare, quoted: false };
    const inner = (quotes.find((quote) => quote !== undefined) ?? whole).trim();
    return name === undefined ? { text: inner, quoted: true } : { text: `${name}:${inner}`, quoted: false };
  });
}
