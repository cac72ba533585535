/** Asks a person. Every question rejects with `StoppedError` when they stop (Ctrl-C). */
export type Prompts = {
  choose<Value extends string>(question: string, choices: readonly { value: Value; name: string }[], suggested?: Value): Promise<Value>;
  /** Trimmed; `problem` says why an answer is none. */
  text(question: string, options?: { suggested?: string; problem?: (answer: string) => string | null }): Promise<string>;
  /** As `text`, and never shown. */
  secret(question: string, problem?: (answer: string) => string | null): Promise<string>;
};

export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** Questions in the terminal. The library is loaded only where somebody is asked. */
export async function createPrompts(): Promise<Prompts> {
  const { input, password, select } = await import('@inquirer/prompts');
  const checked = (problem: (answer: string) => string | null) => (answer: string) => problem(answer.trim()) ?? true;
  const fine = (): null => null;
  return {
    choose: (question, choices, suggested) =>
      asked(select({ message: question, choices: [...choices], pageSize: 12, ...(suggested === undefined ? {} : { default: suggested }) })),
    text: async (question, { suggested, problem = fine } = {}) =>
      (await asked(input({ message: question, validate: checked(problem), ...(suggested === undefined ? {} : { default: suggested }) }))).trim(),
    secret: async (question, problem = fine) =>
      (await asked(password({ message: question, mask: true, toggleMask: false, validate: checked(problem) }))).trim(),
  };
}

async function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new StoppedError('stopped', { cause: error });
    throw error;
  }
}
