/** A command of `npm run journey --`: resolves with the exit code. */
export type Command = (input: {
  positionals: string[];
  options: Record<string, string | boolean | undefined>;
  print(line: string): void;
}) => Promise<number>;
