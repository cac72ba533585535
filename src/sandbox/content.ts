import type { IsPicture } from './block-kit/check.ts';
import { checkAttachments, checkMessageBlocks } from './block-kit/check-message.ts';
import { totalText } from './block-kit/total-text.ts';
import { withIds } from './block-kit/with-ids.ts';
import { refusal, SlackError } from './slack-error.ts';
import type { MessageMetadata, SandboxMessage } from './workspace.ts';

/** Slack cuts a post off there, and refuses an edit over 4,000 characters. */
export const maxPostText = 40_000;
export const maxEditText = 4000;
/** Found by others, not documented: the text of all blocks together. */
const maxBlocksText = 13_200;
const maxMetadataBytes = 16_384;
const maxAttachments = 100;

export type Content = Pick<SandboxMessage, 'text'> & Partial<Pick<SandboxMessage, 'blocks' | 'attachments' | 'metadata'>>;

export type RawContent = {
  text?: string | undefined;
  /** Parsed JSON; `unreadable` for what was none. */
  blocks?: unknown;
  attachments?: unknown;
  metadata?: unknown;
};

/** Stands for an argument that should be JSON and is not. */
export const unreadable = Symbol('unreadable');

export type ContentRules = { maxText: number; uniqueBlockIds: boolean; newId: () => string; isPicture: IsPicture };

/** What a message says, checked as Slack checks it. Throws SlackError. */
export function readContent(raw: RawContent, rules: ContentRules): Content {
  const text = raw.text ?? '';
  const blocks = readBlocks(raw.blocks, rules);
  const attachments = readAttachments(raw.attachments, rules);
  const metadata = readMetadata(raw.metadata);
  if (text === '' && !blocks?.length && !attachments?.length) throw new SlackError('no_text');
  if ([...text].length > rules.maxText) throw new SlackError('msg_too_long');
  return {
    text,
    ...(blocks?.length ? { blocks: withIds(blocks, rules.newId) } : {}),
    ...(attachments?.length ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
  };
}

function readBlocks(blocks: unknown, rules: ContentRules): unknown[] | undefined {
  if (blocks === undefined || blocks === null) return undefined;
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  const mistakes = checkMessageBlocks(blocks, rules);
  if (mistakes.length > 0) throw refusal('invalid_blocks', mistakes);
  if (totalText(blocks) > maxBlocksText) throw new SlackError('msg_blocks_too_long');
  return blocks;
}

function readAttachments(attachments: unknown, { isPicture }: ContentRules): unknown[] | undefined {
  if (attachments === undefined || attachments === null) return undefined;
  if (!Array.isArray(attachments)) throw new SlackError('invalid_attachments');
  if (attachments.length > maxAttachments) throw new SlackError('too_many_attachments');
  const mistakes = checkAttachments(attachments, isPicture);
  if (mistakes.length > 0) throw refusal('invalid_attachments', mistakes);
  return attachments;
}

function readMetadata(metadata: unknown): MessageMetadata | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (!isMetadata(metadata)) throw new SlackError('invalid_metadata_format');
  if (Buffer.byteLength(JSON.stringify(metadata)) > maxMetadataBytes) throw new SlackError('metadata_too_large');
  return metadata;
}

function isMetadata(value: unknown): value is MessageMetadata {
  if (typeof value !== 'object' || value === null || !('event_type' in value) || !('event_payload' in value)) return false;
  const { event_type: type, event_payload: payload } = value;
  return typeof type === 'string' && type !== '' && typeof payload === 'object' && payload !== null && !Array.isArray(payload);
}
