import type { Ids } from '../ids.ts';
import { kindOfFile } from './file-kind.ts';

/** A file that the app uploads. It is in Slack when it was completed, and can be shown when it was processed. */
export type SandboxFile = {
  id: string;
  name: string;
  title: string;
  altText: string;
  /** What the app said it would send. */
  length: number;
  bytes: Buffer | undefined;
  createdAt: number;
  completedAt: number | undefined;
  isDeleted: boolean;
  /** Where it was posted. */
  channels: string[];
  /** How often it was asked for since it was completed. */
  looks: number;
};

/** How long Slack processes a new file: over after so many questions about it, or that long on the sandbox's clock. */
export type FileProcessing = { looks: number; ms: number };

export const defaultFileProcessing: FileProcessing = { looks: 1, ms: 3000 };

export type Files = {
  reserve(draft: { name: string; length: number; altText: string }): SandboxFile;
  find(id: string): SandboxFile | undefined;
  put(file: SandboxFile): void;
  /** Whether Slack can show it by now. */
  isProcessed(file: SandboxFile): boolean;
  /** Whether an image block may name it: a picture that is there, not deleted, and processed. */
  isPicture(source: { id?: unknown; url?: unknown }): boolean;
  /** The file behind a `slack_file`, by id or private address. */
  ofSource(source: { id?: unknown; url?: unknown }): SandboxFile | undefined;
};

export function createFiles({ now, ids, processing }: { now: () => number; ids: Ids; processing: FileProcessing }): Files {
  const files = new Map<string, SandboxFile>();

  const isProcessed = (file: SandboxFile): boolean =>
    file.completedAt !== undefined && (file.looks > processing.looks || processing.looks === 0 || now() - file.completedAt >= processing.ms);
  const ofSource: Files['ofSource'] = ({ id, url }) => files.get(typeof id === 'string' ? id : (idInAddress(url) ?? ''));

  return {
    reserve(draft) {
      const file: SandboxFile = {
        ...draft,
        id: ids.next('F'),
        title: draft.name,
        bytes: undefined,
        createdAt: now(),
        completedAt: undefined,
        isDeleted: false,
        channels: [],
        looks: 0,
      };
      files.set(file.id, file);
      return file;
    },
    find: (id) => files.get(id),
    put: (file) => void files.set(file.id, file),
    isProcessed,
    isPicture(source) {
      const file = ofSource(source);
      return file?.bytes !== undefined && !file.isDeleted && isProcessed(file) && kindOfFile(file.name, file.bytes).isPicture;
    },
    ofSource,
  };
}

function idInAddress(url: unknown): string | undefined {
  return typeof url === 'string' ? /\/files-pri\/\w+-(F\w+)\//.exec(url)?.[1] : undefined;
}
