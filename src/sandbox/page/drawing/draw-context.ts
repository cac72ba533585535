import type { SandboxChannel, SandboxUser } from '../../workspace.ts';

/** What a drawing must know besides the thing drawn: who reads it, when, and the names behind the ids. */
export type DrawContext = {
  reader: SandboxUser;
  /** Epoch milliseconds. */
  now: number;
  user(id: string): SandboxUser | undefined;
  channel(id: string): SandboxChannel | undefined;
  /** Those the reader may pick from, in the order of the menus. */
  people(): SandboxUser[];
  places(): SandboxChannel[];
};
