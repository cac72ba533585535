import { aboutVariable, valueProblem } from '../../environment.ts';
import { type Session, variable } from './session.ts';
import { isShown } from './targets.ts';

/**
 * Asks for variables that have no value yet, and says of each what it is for and where it is found. `optional`: an empty answer leaves it and those
 * after it for later.
 */
export async function askVariables(session: Session, names: readonly string[], { optional }: { optional: boolean }): Promise<void> {
  const { prompts, print, given } = session;
  if (prompts === null) return;
  for (const name of names) {
    if (variable(session, name) !== null) {
      print(`  ${name} is set already.`);
      continue;
    }
    const about = aboutVariable(name);
    if (about !== null) print(`  ${name}: ${about.what}\n    ${about.where}`);
    const problem = (answer: string): string | null => {
      if (answer === '') return optional ? null : 'is needed';
      return valueProblem(name, answer);
    };
    const question = optional ? `${name} (empty: later)` : name;
    const answer = isShown(name) ? await prompts.text(question, { problem }) : await prompts.secret(question, problem);
    if (answer === '') return;
    given[name] = answer;
  }
}

/** Values that the other side takes from us. They go into `.env` and are not shown. */
export function makeSecrets({ given, newSecret, print, environment }: Session, names: readonly string[]): void {
  for (const name of names) {
    if ((environment[name] ?? '').trim() !== '' || given[name] !== undefined) continue;
    given[name] = newSecret();
    print(`  ${name}: made for you, it will stand in .env.`);
  }
}
