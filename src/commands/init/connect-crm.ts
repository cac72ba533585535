import type { CrmCatalogue, CrmHistory } from '../../app/crm.ts';
import { messageOf } from '../../app/errors.ts';
import { oneLine } from '../../config/propose/plain-text.ts';
import { hasSource } from '../../environment.ts';
import { probeAgain, readCatalogueAgain } from '../ask-again.ts';
import { probeLines } from '../probe-lines.ts';
import { askVariables, makeSecrets } from './ask-variable.ts';
import { StoppedError } from './prompts.ts';
import { allVariables, InitError, type Session, variable } from './session.ts';
import { readTarget, type Target, type TargetKind, targetNames, targets, variablesOf } from './targets.ts';

const nothingKnown: CrmCatalogue = { pipelines: [], owners: [], roles: [] };

/**
 * Which CRM: the one that was named, the one whose variables are there, or the one that somebody chooses.
 * @throws InitError where nobody says
 */
export async function chooseTarget(session: Session, named: string | undefined): Promise<Target> {
  if (named !== undefined) {
    const target = readTarget(named);
    if (target === null) throw new InitError(`${oneLine(named)}: expected hubspot, salesforce, pipedrive or a file such as deals.csv`);
    return target;
  }
  const ready = targets.find((kind) => variablesOf[kind].read.length > 0 && missing(session, kind).length === 0);
  if (session.prompts === null) {
    if (ready !== undefined && ready !== 'csv') return { kind: ready };
    throw new InitError(
      ['Which CRM? Say it: init hubspot, salesforce, pipedrive or a file such as deals.csv; and set what it is read with:', ...whatIsRead()].join(
        '\n',
      ),
    );
  }
  const kind = await session.prompts.choose(
    'Which CRM do your deals live in?',
    targets.map((value) => ({ value, name: targetNames[value] })),
    ready ?? 'hubspot',
  );
  if (kind !== 'csv') return { kind };
  return { kind, file: await session.prompts.text('Which file?', { problem: (answer) => (answer === '' ? 'is needed' : null) }) };
}

/**
 * Asks for what the CRM is read with, tries it, and reads what the map has to know. Where it fails, asks again as long as somebody wants to.
 * @throws InitError
 */
export async function readCatalogue(session: Session, target: Target): Promise<CrmCatalogue> {
  const { print, prompts, given } = session;
  const { read, live, made } = variablesOf[target.kind];
  print(target.kind === 'csv' ? `Reading ${oneLine(target.file, 200)}` : `Connecting ${targetNames[target.kind]}`);
  if (target.kind === 'signals') {
    makeSecrets(session, made);
    return nothingKnown;
  }
  for (;;) {
    await askVariables(session, read, { optional: false });
    const catalogue = await tried(session, target);
    if (typeof catalogue !== 'string') {
      if (live.length + made.length > 0) await askLive(session, live, made);
      // A bot with a file alone would not start: it wants to hear of what comes after it.
      if (target.kind === 'csv' && !hasSource(allVariables(session))) makeSecrets(session, variablesOf.signals.made);
      return catalogue;
    }
    const again = read.filter((name) => given[name] !== undefined);
    if (prompts === null || again.length === 0) throw new InitError(catalogue);
    print(catalogue);
    const next = await prompts.choose('And now?', [
      { value: 'again', name: `Give ${again.join(', ')} again` },
      { value: 'without', name: 'Go on without the CRM: the map of the template, to be filled in by hand' },
    ]);
    if (next === 'without') return nothingKnown;
    for (const name of again) delete given[name];
  }
}

/** What the CRM says; or, as a text, why it says nothing. */
async function tried(session: Session, target: Target): Promise<CrmCatalogue | string> {
  const lacking = missing(session, target.kind);
  if (lacking.length > 0) return `${targetNames[target.kind]} cannot be read without ${lacking.join(', ')}.`;
  let history: CrmHistory | null;
  try {
    history = await session.openHistory(target, allVariables(session));
    if (history === null) return `${targetNames[target.kind]} cannot be read yet.`;
    for (const line of probeLines(await probeAgain(history))) session.print(line);
    return await readCatalogueAgain(history);
  } catch (error) {
    if (error instanceof InitError || error instanceof StoppedError) throw error;
    return oneLine(messageOf(error), 1000);
  }
}

async function askLive(session: Session, live: readonly string[], made: readonly string[]): Promise<void> {
  if (session.prompts === null) return;
  session.print('  For what the CRM sends while the bot runs (docs/crm says where to put what):');
  await askVariables(session, live, { optional: true });
  // What is ours to make means nothing without the other half.
  if (live.every((name) => variable(session, name) !== null)) makeSecrets(session, made);
}

const missing = (session: Session, kind: TargetKind): string[] => variablesOf[kind].read.filter((name) => variable(session, name) === null);

const whatIsRead = (): string[] =>
  targets.flatMap((kind) => (variablesOf[kind].read.length === 0 ? [] : [`  ${targetNames[kind]}: ${variablesOf[kind].read.join(', ')}`]));
