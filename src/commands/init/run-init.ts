import { loadConfig } from '../../config/load-config.ts';
import { countriesOf, knownTimezone } from '../../config/places.ts';
import { formatProblems } from '../../config/problem.ts';
import { journeyYml } from '../../config/propose/journey-yml.ts';
import { type Proposal, sureFrom } from '../../config/propose/proposal.ts';
import { proposeJourney } from '../../config/propose/propose-journey.ts';
import { refusalToWrite, writeJourneyYml } from '../../config/write-journey-yml.ts';
import { counted } from '../../core/counted.ts';
import { detectors } from '../../core/detectors/index.ts';
import type { JourneyConfig } from '../../core/journey/journey-map.ts';
import { chooseTarget, readCatalogue } from './connect-crm.ts';
import { askChannels, type Channels, connectSlack } from './connect-slack.ts';
import { extendEnvFile } from './env-file.ts';
import { StoppedError } from './prompts.ts';
import { reviewProposal } from './review-proposal.ts';
import { InitError, type InitSurroundings, type Session } from './session.ts';
import { type Target, targetNames } from './targets.ts';

export type InitOptions = { named: string | undefined; out: string; envFile: string; force: boolean };

/**
 * From a CRM to a journey.yml that passes `check`, and an `.env` with what was asked for. Nothing is written before everything is known.
 * Resolves with the exit code.
 */
export async function runInit({ named, out, envFile, force }: InitOptions, surroundings: InitSurroundings): Promise<number> {
  const { print } = surroundings;
  const session: Session = { ...surroundings, given: {} };
  try {
    const replace = force || (await mayReplace(out, session));
    const target = await chooseTarget(session, named);
    const catalogue = await readCatalogue(session, target);
    await connectSlack(session);
    const proposed = proposeJourney(catalogue, target.kind);
    if (proposed.pipelines.length > 0) print('The map');
    const proposal = await reviewProposal(proposed, catalogue, session);
    const channels = await askChannels(session);
    const theirs = catalogue.timezone == null ? null : knownTimezone(catalogue.timezone);
    const timezone = theirs ?? surroundings.timezone;
    print(`Durations count in the time of ${timezone}, the zone of ${theirs === null ? 'this machine' : targetNames[target.kind]}.`);
    const { text, config } = await soundText(proposal, channels, timezone);
    const written = await writeJourneyYml(out, text, { force: replace });
    if (!written.ok) throw new InitError(written.why);
    print(`\n✓ ${out} is written and sound: ${inWords(config)}${written.kept === null ? '' : `. The one before is ${written.kept}`}`);
    const added = await extendEnvFile(envFile, session.given);
    if (added.length > 0) print(`✓ ${envFile} has ${added.join(', ')}`);
    for (const line of open(proposal, out)) print(line);
    for (const line of next(target)) print(line);
    return 0;
  } catch (error) {
    if (error instanceof StoppedError) {
      print(`\nStopped. Neither ${out} nor ${envFile} was written.`);
      return 130;
    }
    if (!(error instanceof InitError)) throw error;
    print(error.message);
    return 1;
  }
}

/** A file that is there is replaced only if somebody says so. @throws InitError */
async function mayReplace(out: string, { prompts }: Session): Promise<boolean> {
  const refusal = await refusalToWrite(out, { force: false });
  if (refusal === null) return false;
  const answer = await prompts?.choose(`${out} is there already.`, [
    { value: 'replace', name: 'Replace it; the one before is kept beside it' },
    { value: 'stop', name: 'Stop' },
  ]);
  if (answer !== 'replace') throw new InitError(refusal);
  return true;
}

/** The text with whatever of the place is known here: holidays of a country that the calendar knows, else none. */
async function soundText(proposal: Proposal, channels: Channels, timezone: string): Promise<{ text: string; config: JourneyConfig }> {
  let problems = '';
  for (const country of [...countriesOf(timezone), null]) {
    const text = journeyYml(proposal, { timezone, country, ...channels });
    const loaded = await loadConfig({ file: 'journey.yml', text }, { detectors });
    if (loaded.ok) return { text, config: loaded.config };
    problems = formatProblems(loaded.problems);
  }
  throw new InitError(`What the CRM says makes no sound journey.yml, which is a mistake of this program:\n${problems}`);
}

function inWords({ maps }: JourneyConfig): string {
  const stages = maps.reduce((sum, map) => sum + map.stages.length, 0);
  return `${counted(maps.length, 'map')}, ${counted(stages, 'stage')}`;
}

/** What a person should look at in the file. */
function open({ pipelines, roles, ownersWithoutEmail }: Proposal, file: string): string[] {
  const stages = pipelines.flatMap((pipeline) => pipeline.stages);
  const counts: [number, string][] = [
    [stages.filter(({ meaning, confidence }) => meaning.kind === 'stage' && confidence < sureFrom).length, 'stages that are a guess (A GUESS)'],
    [stages.filter(({ meaning }) => meaning.kind === 'none').length, 'stages on no map'],
    [roles.filter(({ role }) => role === null).length, 'unknown values of the role field'],
    [ownersWithoutEmail.filter(({ email }) => email === null).length, 'owners without an e-mail address'],
  ];
  const some = counts.filter(([count]) => count > 0).map(([count, what]) => `  ${what}: ${count}`);
  return some.length === 0 ? [] : [`Look into ${file}; comments there say which:`, ...some];
}

const next = (target: Target): string[] => {
  const source = target.kind === 'csv' ? target.file : target.kind;
  return [
    '\nNext:',
    '  npm run journey -- check --connect    tries Slack and the CRM, and says what is missing',
    ...(target.kind === 'signals' ? [] : [`  npm run journey -- import ${source}    takes in what the CRM remembers`]),
    '  npm start',
    ...(target.kind === 'signals' ? ['  docs/crm/generic.md    what to send, and how'] : []),
  ];
};
