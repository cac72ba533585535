import type { PictureStore } from '../../../../src/adapters/slack/pictures/uploads.ts';
import type { Change } from '../../../../src/core/change.ts';
import type { PictureFile } from '../../../../src/core/picture.ts';

/** What a store keeps of pictures, in memory; `committed`: all that was written. */
export function pictureMemory(): PictureStore & { pictures: Map<string, PictureFile>; committed: Change[] } {
  const pictures = new Map<string, PictureFile>();
  const meta = new Map<string, string>();
  const committed: Change[] = [];
  return {
    pictures,
    committed,
    picture: async (hash) => pictures.get(hash) ?? null,
    meta: async (key) => meta.get(key) ?? null,
    async commit(changes) {
      for (const change of changes) {
        committed.push(change);
        if (change.kind === 'picture.put') pictures.set(change.picture.hash, change.picture);
        if (change.kind === 'meta.put') meta.set(change.key, change.value);
      }
    },
  };
}
