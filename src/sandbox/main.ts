import { parseArgs } from 'node:util';
import type { Sandbox } from './sandbox.ts';
import { startSandbox } from './start.ts';
import type { SandboxMessage } from './workspace.ts';

/** The workspace as a process of its own: `node src/sandbox/main.ts --port 4100 [--host 0.0.0.0] [--app-url URL] [--no-page]`. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    'app-url': { type: 'string' },
    'no-page': { type: 'boolean', default: false },
  },
});

const sandbox = await startSandbox({
  port: Number(values.port),
  host: values.host,
  page: !values['no-page'],
  ...(values['app-url'] === undefined ? {} : { appUrl: values['app-url'] }),
});

console.log(`Slack workspace: ${sandbox.url}`);
for (const [name, value] of Object.entries(sandbox.environment)) console.log(`${name}=${value}`);
sandbox.workspace.on('message', (message) => console.log(lineOf('posted', message, sandbox)));
sandbox.workspace.on('update', (message) => console.log(lineOf('edited', message, sandbox)));
sandbox.workspace.on('ephemeral', (message) => console.log(lineOf('showed', message, sandbox)));

const stop = (): void => {
  // A second signal finds the default handler, so a hanging close cannot hold the process.
  process.off('SIGTERM', stop);
  process.off('SIGINT', stop);
  void sandbox.close();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

function lineOf(verb: string, message: SandboxMessage, { workspace }: Sandbox): string {
  const place = workspace.channel(message.channel)?.name ?? message.channel;
  const who = workspace.user(message.user)?.name ?? message.user;
  const to = message.ephemeralTo === undefined ? '' : ` to ${workspace.user(message.ephemeralTo)?.name ?? message.ephemeralTo}`;
  return `${message.ts} ${who} ${verb} in #${place}${to}: ${message.text.replaceAll('\n', ' ')}`;
}
