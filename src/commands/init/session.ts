import type { CrmHistory, Probe } from '../../app/crm.ts';
import type { Prompts } from './prompts.ts';
import type { Target } from './targets.ts';

export type Variables = Record<string, string | undefined>;

/** What `journey init` needs of the world. */
export type InitSurroundings = {
  /** Null: nobody is asked anything. */
  prompts: Prompts | null;
  /** The environment with `.env` read; what is answered comes on top of it. */
  environment: Variables;
  print(line: string): void;
  /** Null: these variables do not open it. @throws Error that says why */
  openHistory(target: Target, environment: Variables): Promise<CrmHistory | null>;
  probeSlack(environment: Variables, channels: readonly string[]): Promise<Probe[]>;
  /** 32 random characters. */
  newSecret(): string;
  timezone: string;
};

/** What was answered so far: nothing of it is written before the end. */
export type Session = InitSurroundings & {
  /** New variables for `.env`. */
  given: Record<string, string>;
};

/** Why there can be no journey.yml; the message is for people. */
export class InitError extends Error {
  override readonly name = 'InitError';
}

/** A variable as it stands now; null where it has no value. */
export const variable = ({ environment, given }: Session, name: string): string | null => given[name] ?? (environment[name]?.trim() || null);

export const allVariables = ({ environment, given }: Session): Variables => ({ ...environment, ...given });
