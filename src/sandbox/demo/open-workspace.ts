import { readManifest } from '../manifest.ts';
import { defaultChannels } from '../people.ts';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import { startSandbox } from '../start.ts';
import { demoPageText } from './demo-page-text.ts';

type Given = Pick<SandboxOptions, 'now' | 'controls'>;

const preferredPort = 4000;

/** The workspace with its page. Null, and the terminal says why, when the port that was asked for is taken. */
export async function openWorkspace(port: number | undefined, print: (line: string) => void, given: Given): Promise<Sandbox | null> {
  try {
    return await openOn(port ?? preferredPort, given);
  } catch (error) {
    if (!isTaken(error)) throw error;
    if (port === undefined) return await openOn(0, given);
    print(`Port ${port} is taken by another program. Choose another one:  npm run demo -- --port ${port === 65_535 ? preferredPort : port + 1}`);
    return null;
  }
}

/** Of the company's own CRM: who installs the app adds theirs to the manifest, too. */
const crmDomain = 'crm.example';

/** With no more rights than the bot's manifest asks for. */
function openOn(port: number, given: Given): Promise<Sandbox> {
  const { botEvents, unfurlDomains } = readManifest();
  return startSandbox({
    port,
    page: true,
    pageText: demoPageText,
    channels: [...defaultChannels, sharedChannel],
    botEvents,
    unfurlDomains: [...unfurlDomains, crmDomain],
    ...given,
  });
}

/** Where a guest and somebody of another organisation read along: what the bot refuses them can be tried. */
const sharedChannel = {
  name: 'with-partners',
  purpose: 'Shared with another organisation',
  isShared: true,
  members: ['dana', 'marco', 'theo', 'gail', 'sam'],
};

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
