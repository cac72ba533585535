import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** Where Slack finds a bot that takes HTTP requests: to be replaced by one's own address. */
const exampleUrl = 'https://journey.example.com/slack/events';

const headline = `# The Slack app of a bot that Slack reaches over HTTP: manifest.yml, made over by \`npm run manifests\`.
# Put your own address in the place of ${exampleUrl}, everywhere.
`;

/** manifest.yml for HTTP instead of Socket Mode; its comments stay. */
export function httpManifest(text: string): string {
  const manifest = parseDocument(text.replace(/^(#.*\n)+/, ''));
  const commands = manifest.getIn(['features', 'slash_commands']);
  for (const command of isSeq(commands) ? commands.items : []) if (isMap(command)) command.set('url', exampleUrl);
  // Menus that search ask at an address of their own.
  for (const address of ['request_url', 'message_menu_options_url']) manifest.setIn(['settings', 'interactivity', address], exampleUrl);
  if (manifest.hasIn(['settings', 'event_subscriptions'])) manifest.setIn(['settings', 'event_subscriptions', 'request_url'], exampleUrl);
  const settings = manifest.get('settings');
  const socketMode = isMap(settings) ? settings.items.find(({ key }) => isScalar(key) && key.value === 'socket_mode_enabled') : undefined;
  if (isScalar(socketMode?.key)) socketMode.key.commentBefore = ' Slack calls the addresses above.';
  manifest.setIn(['settings', 'socket_mode_enabled'], false);
  return headline + manifest.toString({ lineWidth: 0 });
}

/** Opens Slack with the manifest filled in: what is left is to choose a workspace. */
export const createAppLink = (text: string): string =>
  `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(parseDocument(text).toJS()))}`;

const linkText = /https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_json=[^)\s]*/;

/** A page with the link in it brought up to date. @throws Error where the page has none */
export function withCreateAppLink(page: string, manifest: string): string {
  if (!linkText.test(page)) throw new Error('the page has no link that creates the app');
  // Markdown would end the address at a bracket.
  return page.replace(linkText, createAppLink(manifest).replaceAll('(', '%28').replaceAll(')', '%29').replaceAll("'", '%27'));
}
