/** Where in the file a value stands: `['maps', 'new-business', 'stages', 'decision']`. */
export type ConfigPath = readonly (string | number)[];

/** One mistake in journey.yml. `line` and `column` count from 1. */
export type ConfigProblem = {
  /** As the caller named the file. */
  file: string;
  line: number;
  column: number;
  /** `maps.new-business.stages.decision.rules.stalled.after`, `routes[0].channel`; empty: the file as a whole. */
  path: string;
  message: string;
  /** What was probably meant. */
  suggestion: string | null;
};

/** Every problem on its own line: ``journey.yml:41:9 maps.sales.stages.decision.expects.roles[0]: unknown role `byer` (did you mean `buyer`?)`` */
export const formatProblems = (problems: readonly ConfigProblem[]): string => problems.map(formatProblem).join('\n');

export const formatPath = (path: ConfigPath): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

function formatProblem({ file, line, column, path, message, suggestion }: ConfigProblem): string {
  const place = `${file}:${line}:${column}${path === '' ? '' : ` ${path}`}`;
  return `${place}: ${message}${suggestion === null ? '' : ` (did you mean \`${suggestion}\`?)`}`;
}
