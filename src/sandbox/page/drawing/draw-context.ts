import type { SandboxChannel, SandboxUser } from '../../workspace.ts';

export type DrawnFile = { name: string; title: string; altText: string; address: string; isPicture: boolean };

/** What a drawing must know besides the thing drawn: who reads it, when, and the names behind the ids. */
export type DrawContext = {
  reader: SandboxUser;
  appName: string;
  /** Epoch milliseconds. */
  now: number;
  user(id: string): SandboxUser | undefined;
  channel(id: string): SandboxChannel | undefined;
  /** Where the page finds a picture that was uploaded; null for none. */
  picture(source: { id?: unknown; url?: unknown }): string | null;
  /** A file that a message shares; null when it was deleted. */
  file(id: string): DrawnFile | null;
  /** Those the reader may pick from, in the order of the menus. */
  people(): SandboxUser[];
  places(): SandboxChannel[];
};
