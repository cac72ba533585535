import { type Prompts, StoppedError } from '../../../src/commands/init/prompts.ts';

/** What a person answers to the first question that holds the words; `null`: Ctrl-C. */
export type Script = readonly (readonly [words: string, answer: string | null])[];

export type Scripted = { prompts: Prompts; asked: string[] };

/** Answers from a script, each line once; a question that no line holds takes what is suggested, and a secret without a line fails the test. */
export function scriptedPrompts(script: Script): Scripted {
  const open = [...script];
  const asked: string[] = [];
  const answerTo = (question: string): string | undefined => {
    asked.push(question);
    const index = open.findIndex(([words]) => question.includes(words));
    if (index < 0) return undefined;
    const [, answer] = open.splice(index, 1)[0] as Script[number];
    if (answer === null) throw new StoppedError('stopped');
    return answer;
  };
  const sound = (question: string, answer: string, problem: (answer: string) => string | null): string => {
    const why = problem(answer);
    if (why !== null) throw new Error(`${question}: ${answer} ${why}`);
    return answer;
  };
  return {
    asked,
    prompts: {
      async choose(question, choices, suggested) {
        const answer = answerTo(question) ?? suggested;
        const choice = choices.find(({ value }) => value === answer);
        if (choice === undefined) throw new Error(`${question}: there is no choice ${answer}`);
        return choice.value;
      },
      text: async (question, { suggested = '', problem = () => null } = {}) => sound(question, answerTo(question) ?? suggested, problem),
      secret: async (question, problem = () => null) => sound(question, answerTo(question) ?? '', problem),
    },
  };
}
