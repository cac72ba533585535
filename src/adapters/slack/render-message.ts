import { DeliveryError } from '../../app/errors.ts';
import type { RenderedFor } from '../../app/notifier.ts';
import type { Mention } from '../../core/alerts/whom.ts';
import type { View, ViewBlock } from './views/blocks.ts';
import { cardView } from './views/card.ts';
import { digestView } from './views/digest.ts';
import { digestPartView } from './views/digest-part.ts';
import { importSummaryView } from './views/import-summary.ts';
import { noticeView } from './views/notice.ts';
import { overflowView } from './views/overflow.ts';
import type { Owner } from './views/owner.ts';
import { replyView } from './views/reply.ts';
import { welcomeView } from './views/welcome.ts';

/** @throws DeliveryError when a card has no content to show. */
export function renderMessage({ message, card }: RenderedFor, owner: Owner): View<ViewBlock> {
  switch (message.kind) {
    case 'card':
      if (card === null) throw new DeliveryError('a card without content', { kind: 'content', code: 'no_card' });
      return cardView(card.content, owner);
    case 'reply':
      return replyView(message, owner);
    case 'redraw':
    case 'links':
    case 'forget-picture':
      throw new DeliveryError('a message to be edited is drawn as what it is', { kind: 'content', code: 'not_drawn' });
    case 'overflow':
      return overflowView(message);
    case 'import-summary':
      return importSummaryView(message);
    case 'digest':
      return digestView(message.digest, message.late, message.details ?? 0);
    case 'digest-part':
      return digestPartView(message.detail);
    case 'notice':
      return noticeView(message);
    case 'welcome':
      return welcomeView(message);
  }
}

/** Whom a message shows and mentions: `notify` where its route says so. A clear card mentions nobody. */
export function ownerOf({ message, card }: RenderedFor): Pick<Owner, 'email' | 'notify'> & { mentions: readonly Mention[] } {
  if (message.kind === 'reply') return { email: message.ownerEmail, notify: message.notifyOwner, mentions: message.mentions ?? [] };
  if (message.kind !== 'card' || card === null) return { email: null, notify: false, mentions: [] };
  const { ownerEmail, notifyOwner, state, mentions = [] } = card.content;
  return { email: ownerEmail, notify: notifyOwner && state === 'active', mentions: state === 'active' ? mentions : [] };
}
