import { type Fields, isFields } from '../block-kit/check.ts';
import type { ActInput } from '../sandbox.ts';
import type { SandboxMessage } from '../workspace.ts';
import { findElement, interactiveElements, type Placed } from './interactive-elements.ts';

export type PlaceOnMessage = {
  placed: Placed;
  /** All blocks that an element may have been used in beside it. */
  blocks: unknown;
  /** How Slack names the place to the app: the message, or the app's own drawing of a link below a person's. */
  container: Fields;
  attached: Fields;
};

/** Finds an element in a message's blocks, or in those of its attachments. Throws when there is none, or more than one. */
export function placeOnMessage(message: SandboxMessage, { actionId, blockId }: Pick<ActInput, 'actionId' | 'blockId'>): PlaceOnMessage {
  const holds = (blocks: unknown): boolean =>
    interactiveElements(blocks).some(({ block, element }) => element.action_id === actionId && (blockId === undefined || block.block_id === blockId));
  const attachments = (message.attachments ?? []).filter(isFields);
  const index = holds(message.blocks) ? -1 : attachments.findIndex(({ blocks }) => holds(blocks));
  const attachment = attachments[index];
  if (attachment === undefined) {
    return { placed: findElement(message.blocks, actionId, blockId), blocks: message.blocks, container: { type: 'message' }, attached: {} };
  }
  const { blocks, is_app_unfurl, app_unfurl_url } = attachment;
  return {
    placed: findElement(blocks, actionId, blockId),
    blocks,
    container: { type: 'message_attachment', attachment_id: index + 1, ...(is_app_unfurl === true ? { is_app_unfurl, app_unfurl_url } : {}) },
    attached: is_app_unfurl === true ? { app_unfurl: { id: index + 1, ...attachment } } : {},
  };
}
