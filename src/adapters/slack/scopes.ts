/** What the bot asks of a workspace, and why. manifest.yml lists the same, which a test holds together. */
export const botScopes = {
  commands: 'the /journey command',
  'chat:write': 'posts cards and digests, edits them, answers clicks',
  'channels:read': 'finds the ids of the channels that journey.yml names',
  'channels:join': 'joins those channels itself',
  'channels:history': 'looks up whether a message arrived, before it is sent again',
  'files:write': 'uploads pictures, and deletes them when what they show is erased',
  'files:read': 'asks whether Slack can show a picture yet',
  'links:read': 'hears of links to your CRM that somebody pastes',
  'links:write': 'shows the account below such a link',
  'groups:read': 'finds private channels that the bot was invited to',
  'groups:history': 'looks up whether a message arrived in a private channel',
  'im:write': 'sends a digest to whoever wants it as a direct message',
  'im:history': 'looks up whether such a message arrived',
  'users:read': 'tells members from guests and people of other organisations',
  'users:read.email': 'finds the Slack user of a CRM owner, and whose alerts are “mine”',
} as const;

/** Without these the bot works, but for what they are for: an app that was installed with an older manifest goes on. */
const optionalScopes: ReadonlySet<string> = new Set(['files:write', 'files:read', 'links:read', 'links:write', 'im:write', 'im:history']);

/** Which scopes a token lacks. */
export function lackingScopes(granted: readonly string[]): { needed: string[]; optional: string[] } {
  const lacking = Object.keys(botScopes).filter((scope) => !granted.includes(scope));
  return { needed: lacking.filter((scope) => !optionalScopes.has(scope)), optional: lacking.filter((scope) => optionalScopes.has(scope)) };
}
