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

const tokenPattern = /"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|(\S+)/gu;

/** Words; what stands in quotation marks, straight or curly, is one. */
export function tokenise(text: string): Token[] {
  return [...text.matchAll(tokenPattern)].map(([whole, ...quotes]) => {
    const bare = quotes.at(4);
    return bare === undefined ? { text: (quotes.find((quote) => quote !== undefined) ?? whole).trim(), quoted: true } : { text: bare, quoted: false };
  });
}
