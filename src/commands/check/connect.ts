import { probeSlack } from '../../adapters/slack/probe-slack.ts';
import type { CrmHistory, Probe } from '../../app/crm.ts';
import { messageOf } from '../../app/errors.ts';
import { unknownToMap } from '../../config/compare-catalogue.ts';
import { oneLine } from '../../config/propose/plain-text.ts';
import { channelsOf } from '../../core/alerts/channels-of.ts';
import { counted } from '../../core/counted.ts';
import type { JourneyConfig } from '../../core/journey/journey-map.ts';
import { type Source, sourceTitle } from '../../core/journey/signal.ts';
import type { Environment } from '../../environment.ts';
import { probeAgain, readCatalogueAgain } from '../ask-again.ts';
import { openCrms, quietLogger } from '../open-crm.ts';
import { probeLines } from '../probe-lines.ts';

/** More than this of one kind are not listed one by one. */
const mostListed = 20;

/**
 * Tries Slack and every CRM that is configured, and compares what each CRM has with the map. Posts nothing and changes nothing. Resolves with whether
 * everything is there; what the map does not know is said, and is no failure: a team may want it so.
 */
export async function checkConnections(config: JourneyConfig, environment: Environment, print: (line: string) => void): Promise<boolean> {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken = null, SLACK_API_URL: apiUrl = null } = environment;
  const probes: Probe[] = [];
  const say = (found: readonly Probe[]): void => {
    probes.push(...found);
    for (const line of probeLines(found)) print(line);
  };
  print('Connections');
  say(botToken === '' ? [noSlack] : await probeSlack({ botToken, appToken, apiUrl, logger: quietLogger }, channelsOf(config)));
  const crms = await openCrms(environment);
  const reached: CrmHistory[] = [];
  for (const { source, webhooks, history } of crms) {
    if (webhooks !== null) say([doorOf(source)]);
    const tried = history === null ? [] : await probeAgain(history);
    say(tried);
    // Whoever lets nobody in would only say so once more.
    if (history !== null && tried.some(({ ok }) => ok)) reached.push(history);
  }
  for (const history of reached) say(await compare(config, history, print));
  const failed = probes.filter(({ ok }) => !ok).length;
  print(failed === 0 ? '\nEverything is there.' : `\n${counted(failed, 'thing is', 'things are')} missing: see ✗.`);
  return failed === 0;
}

const noSlack: Probe = { what: 'Slack', ok: false, detail: 'there is no SLACK_BOT_TOKEN yet', fix: 'docs/slack.md says where it is found.' };

/** Webhooks come to us: nothing of theirs can be tried from here. */
const doorOf = (source: Source): Probe => ({
  what: `${sourceTitle(source)}: webhooks`,
  ok: true,
  detail: 'on; whether they arrive shows journey_webhooks_total in /metrics',
  fix: null,
});

/** What the CRM has and the map does not know, with the lines to write. */
async function compare(config: JourneyConfig, history: CrmHistory, print: (line: string) => void): Promise<Probe[]> {
  const what = `${sourceTitle(history.source)}: pipelines, stages, lifecycle stages, roles and owners`;
  try {
    const unknown = Object.entries(unknownToMap(config, history.source, await readCatalogueAgain(history))).filter(([, lines]) => lines.length > 0);
    for (const [kind, lines] of unknown) {
      print(`\n${sourceTitle(history.source)} has ${kind} that the map does not know:`);
      for (const line of lines.slice(0, mostListed)) print(`  – ${line}`);
      if (lines.length > mostListed) print(`  … and ${lines.length - mostListed} more`);
    }
    return unknown.length === 0 ? [{ what, ok: true, detail: 'the map knows them all', fix: null }] : [];
  } catch (error) {
    return [{ what, ok: false, detail: oneLine(messageOf(error), 300), fix: 'Mend what is said above.' }];
  }
}
