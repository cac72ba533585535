import { accessSync, constants } from 'node:fs';
import { chromiumPath } from './chromium.ts';

/** Says what the browser tests need before the first of them fails without saying so. */
export function setup(): void {
  try {
    accessSync(chromiumPath, constants.X_OK);
  } catch {
    throw new Error(
      `The browser tests need Chromium, and ${chromiumPath} is not there. Install it (Debian, Ubuntu: apt-get install chromium), or put the path of a Chromium or Chrome into the environment variable CHROMIUM.`,
    );
  }
}
