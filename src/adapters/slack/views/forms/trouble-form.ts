import type { ModalView } from '@slack/types';
import { plainText } from '../blocks.ts';
import { md } from '../escape.ts';
import { limits } from '../limits.ts';
import { failureView, saidView } from '../said.ts';

/** In the place of a form that could not be taken in. */
export const failureForm = (reference: string): ModalView => trouble('Not done', failureView(reference).blocks);

/** While it takes longer than Slack waits. */
export const slowForm = (): ModalView =>
  trouble('One moment', saidView(md`This takes longer than usual. What became of it will stand here; it goes on if you close this.`).blocks);

const trouble = (title: string, blocks: ModalView['blocks']): ModalView => ({
  type: 'modal',
  title: plainText(title, limits.modalTitle),
  close: plainText('Close', limits.modalButton),
  blocks,
});
