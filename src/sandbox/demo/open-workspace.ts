import type { Sandbox } from '../sandbox.ts';
import { startSandbox } from '../start.ts';
import { demoPageText } from './demo-page-text.ts';

const preferredPort = 4000;

/** The workspace with its page. Null, and the terminal says why, when the port that was asked for is taken. */
export async function openWorkspace(port: number | undefined, print: (line: string) => void): Promise<Sandbox | null> {
  try {
    return await openOn(port ?? preferredPort);
  } catch (error) {
    if (!isTaken(error)) throw error;
    if (port === undefined) return await openOn(0);
    print(`Port ${port} is taken by another program. Choose another one:  npm run demo -- --port ${port === 65_535 ? preferredPort : port + 1}`);
    return null;
  }
}

const openOn = (port: number): Promise<Sandbox> => startSandbox({ port, page: true, pageText: demoPageText });

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
