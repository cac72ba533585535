import { randomBytes } from 'node:crypto';
import { probeSlack } from '../adapters/slack/probe-slack.ts';
import { localTimezone } from '../config/places.ts';
import { readGiven, readPlaces } from '../environment.ts';
import type { Command } from './command.ts';
import { createPrompts } from './init/prompts.ts';
import { runInit } from './init/run-init.ts';
import { InitError, type InitSurroundings } from './init/session.ts';
import { openCrms, quietLogger } from './open-crm.ts';

/** Reads a CRM and writes the journey map and `.env`. Asks in a terminal; with `--yes`, or without one, it takes what the environment says. */
export const init: Command = async ({ positionals: [named], options, print }) => {
  const asks = options.yes !== true && process.stdin.isTTY && process.stdout.isTTY;
  const out = typeof options.out === 'string' ? options.out : readPlaces(process.env).JOURNEY_CONFIG;
  const prompts = asks ? await createPrompts() : null;
  const timezone = localTimezone();
  return runInit(
    { named, out, envFile: '.env', force: options.force === true },
    {
      prompts,
      environment: process.env,
      print,
      openHistory: openerFor({ prompts, print, timezone }),
      probeSlack: (variables, channels) => {
        const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken = null, SLACK_API_URL: apiUrl = null } = readGiven(variables);
        return probeSlack({ botToken, appToken, apiUrl, logger: quietLogger }, channels);
      },
      newSecret: () => randomBytes(24).toString('base64url'),
      timezone,
    },
  );
};

/** Of a CSV file, columns that are not recognised are asked as well. */
function openerFor({ prompts, print, timezone }: Pick<InitSurroundings, 'prompts' | 'print' | 'timezone'>): InitSurroundings['openHistory'] {
  return async (target, variables) => {
    if (target.kind !== 'csv') return (await openCrms(readGiven(variables))).find(({ source }) => source === target.kind)?.history ?? null;
    const { openCsv } = await import('./csv/open-csv.ts');
    const opened = await openCsv({ file: target.file, map: null, timezone, clock: { now: Date.now }, prompts, knownDeals: null, print });
    if (!opened.ok) throw new InitError(opened.message);
    return opened.history;
  };
}
