import type { Prompts } from '../../../src/commands/init/prompts.ts';

/** Answers by what a question begins with; where none fits, what is suggested. Keeps what was asked. */
export function scriptedPrompts(answers: Record<string, string>): { prompts: Prompts; asked: { question: string; suggested: string | undefined }[] } {
  const asked: { question: string; suggested: string | undefined }[] = [];
  const unexpected = (question: string): never => {
    throw new Error(`nobody expected the question: ${question}`);
  };
  return {
    asked,
    prompts: {
      choose: async (question, choices, suggested) => {
        asked.push({ question, suggested });
        const said = Object.entries(answers).find(([beginning]) => question.startsWith(beginning))?.[1] ?? suggested;
        return choices.find(({ value }) => value === said)?.value ?? unexpected(question);
      },
      text: async (question) => unexpected(question),
      secret: async (question) => unexpected(question),
    },
  };
}
