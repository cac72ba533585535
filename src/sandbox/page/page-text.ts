/** An example that a newcomer may click: it is typed and sent in `channel` (id, name or #name) for them. */
export type PageExample = { label: string; command: string; channel: string };

/** A line of the composer's hint list, e.g. `account NAME`: what stands before the first space completes the command. */
export type CommandHint = { command: string; usage: string; description: string };

/** What the page says that the workspace itself does not know. */
export type PageText = {
  workspaceName: string;
  appName: string;
  /** The channel (id, name or #name) that an address without one shows. */
  homeChannel: string;
  intro: { title: string; lines: string[]; tryThese: PageExample[] };
  commands: CommandHint[];
};

/** The page of a workspace that runs on its own, without a demo. */
export const plainPageText: PageText = {
  workspaceName: 'Sandbox',
  appName: 'Journey',
  homeChannel: 'general',
  intro: {
    title: 'What you are looking at',
    lines: [
      'A Slack workspace that lives on this machine. Nothing here reaches slack.com.',
      'A bot that is pointed at it posts in these channels; you can answer, press its buttons and type its commands.',
    ],
    tryThese: [],
  },
  commands: [{ command: '/journey', usage: 'help', description: 'What the app can do' }],
};
